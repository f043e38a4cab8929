/**
 * The rank bound: no squared error below the tail of the eigenvalues of Σ_y = E[y yᵀ].
 *
 * ŷ = W_out a(x) lies in the span of W_out's columns, at most h dimensions, whatever a is; so
 * L ≥ (1/n) Σ_{k>h} λ_k(Σ_y). Proof, conditions and what is not covered: docs/theory/rank-bound.md.
 */
import { labelSecondMoment } from "../evaluate/label-moment.ts";
import { density, isSignSymmetric } from "../evaluate/moments.ts";
import type { LossParts } from "../evaluate/relu-linear-loss.ts";
import { type Baseline, type Problem, withExactlyOne } from "./problem.ts";
import { eigenvalueTail, evenBound, linearBound } from "./split-bounds.ts";

/**
 * `lossPerP`: the rank bound. `linear`, `even`: the bounds of the two parts, for bias-free ReLU nets alone; their sum
 * never exceeds `lossPerP`, and equals it for exactly one active feature.
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
  "no output bias, no output nonlinearity, no bypass around the neurons",
  "inputs are drawn from the stated distribution, no feature twice in a sample",
  "the linear and even bounds hold for one layer of ReLU neurons without biases",
];

/** The rank bound and both bounds of the split, for the problem's inputs and for exactly one active feature. */
export function rankBound(problem: Problem): RankBound {
  return {
    ...boundsOf(problem),
    exactlyOne: boundsOf(withExactlyOne(problem)),
    conditions: rankBoundConditions,
  };
}

function boundsOf(problem: Problem): LossParts {
  const { features, neurons, mixing, distribution } = problem;
  const tail = eigenvalueTail(labelSecondMoment(mixing, distribution, features), neurons);
  const split = isSignSymmetric(distribution);
  return {
    lossPerP: tail / (features * density(distribution, features)),
    linear: split ? linearBound(problem) : null,
    even: split ? evenBound(problem) : null,
  };
}
