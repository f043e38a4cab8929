/**
 * The rank bound: no squared error below the tail of the eigenvalues of Σ_y = E[y yᵀ].
 *
 * ŷ = W_out a(x) lies in the span of W_out's columns, at most h dimensions, whatever a is; so
 * L ≥ (1/n) Σ_{k>h} λ_k(Σ_y). With an output bias ŷ lies in an affine space, and Cov(y) takes the place of Σ_y. Proof,
 * conditions and what is not covered: docs/theory/rank-bound.md.
 */
import { labelSecondMoment } from "../evaluate/label-moment.ts";
import { density, hasMoments, isSignSymmetric } from "../evaluate/moments.ts";
import { isPlain } from "../evaluate/network.ts";
import type { LossParts } from "../evaluate/relu-linear-loss.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { type Baseline, type Problem, withExactlyOne } from "./problem.ts";
import { eigenvalueTail, evenBound, linearBound } from "./split-bounds.ts";

/**
 * `lossPerP`: the rank bound. `linear`, `even`: the bounds of the two parts, for bias-free ReLU nets and labels
 * relu(x) + M x alone, null for others; their sum never exceeds `lossPerP`, and equals it for exactly one active feature.
 */
export interface RankBound extends Baseline {
  /** When `lossPerP` is a lower bound, one sentence a condition. */
  readonly conditions: readonly string[];
}

/** What the proof assumes, for people to read beside the number. */
export const rankBoundConditions: readonly string[] = [
  "squared error, every output weighted alike",
  "the output is W_out times the activations of h neurons in all, with a W_out that does not depend on the input",
  "any activation, neuron biases and any number of layers are allowed",
  "no output nonlinearity, no bypass around the neurons, and no output bias unless the architecture has one",
  "inputs are drawn from the stated distribution, no feature twice in a sample",
  "the linear and even bounds hold for one layer of ReLU neurons without biases",
];

/** What the bound is of, where it is not the plain squared error. */
export interface RankBoundOptions {
  /** Importance I of every output, ≥ 0, [features]: the bound is then of the loss whose errors are weighted by it. */
  readonly importance?: Float64Array;
}

/**
 * The rank bound and both bounds of the split, for the problem's inputs and for exactly one active feature.
 * @throws where {@link whyNoRankBound} says why
 */
export function rankBound(problem: Problem, { importance }: RankBoundOptions = {}): RankBound {
  const why = whyNoRankBound(problem);
  if (why !== null) throw new Error(`rankBound: ${why}`);
  const narrow = { ...problem, neurons: Math.min(problem.neurons, problem.width ?? problem.neurons) };
  return {
    ...boundsOf(narrow, importance),
    exactlyOne: boundsOf(withExactlyOne(narrow), importance),
    conditions: rankBoundConditions,
  };
}

/** Why a problem has no rank bound in closed form, a sentence with what to use instead; null: it has one. */
export function whyNoRankBound({ architecture, labels, distribution }: Problem): string | null {
  const output = architecture?.output ?? "identity";
  if (output !== "identity") {
    return `need model.output identity, got ${output}: its outputs are confined to no h dimensions. Set model.output=identity for a bound.`;
  }
  if (labels === "and" || labels === "xor") {
    return `need labels of single features, got ${labels}, of pairs. Use sampledRankBound, which samples them.`;
  }
  return hasMoments(distribution)
    ? null
    : `need data.kind bernoulli or exactly, got ${distribution.kind}: groups of features have no closed form. Use --p or --exactly, or data of another kind.`;
}

function boundsOf(problem: Problem, importance: Float64Array | undefined): LossParts {
  const { features, neurons, mixing, distribution, labels, coefficients, architecture } = problem;
  const moment = labelSecondMoment(mixing, distribution, features, {
    ...(labels === undefined ? {} : { labels }),
    ...(coefficients === undefined ? {} : { coefficients }),
    centred: architecture !== undefined && architecture.bias.output !== "none",
  });
  const weighted = importance === undefined ? moment : weightedBy(moment, importance);
  const split = isSignSymmetric(distribution) && isPlain(problem) && importance === undefined;
  return {
    lossPerP: eigenvalueTail(weighted, neurons) / (features * density(distribution, features)),
    linear: split ? linearBound(problem) : null,
    even: split ? evenBound(problem) : null,
  };
}

/** I^{½} Σ I^{½}. @throws unless there is one importance ≥ 0 an output */
function weightedBy({ data, shape: [n] }: Matrix, importance: Float64Array): Matrix<Float64Array> {
  if (importance.length !== n || !importance.every((value) => value >= 0 && value < Infinity)) {
    throw new Error(
      `rankBound: need ${n} importances ≥ 0, one an output, got ${importance.length}. Correct the list.`,
    );
  }
  const root = importance.map(Math.sqrt);
  return matrix(
    n,
    n,
    Float64Array.from(data, (value, at) => value * root[Math.floor(at / n)]! * root[at % n]!),
  );
}
