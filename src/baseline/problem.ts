/** What baselines and bounds are asked about: sizes, labels and inputs, without a trained model. */

import type { Architecture, LabelName } from "../engine/shape.ts";
import { hasMoments, type InputDistribution } from "../evaluate/moments.ts";
import type { Network } from "../evaluate/network.ts";
import { type LossParts, reluLinearLoss } from "../evaluate/relu-linear-loss.ts";
import { combine, type Matrix, matrix } from "../numeric/matrix.ts";

/** Labels y = c ⊙ f(x) + M x, relu(x) + M x unless told, for inputs of a distribution, to be met by `neurons` neurons. */
export interface Problem {
  readonly features: number;
  /** h, of all layers together */
  readonly neurons: number;
  /** M, [features, features]; null: clean labels */
  readonly mixing: Matrix | null;
  readonly distribution: InputDistribution;
  /** f; relu unless told. */
  readonly labels?: LabelName;
  /** c, [features]; all 1 unless told. */
  readonly coefficients?: Float64Array;
  /** What the bounds are to hold for; one hidden ReLU layer without biases unless told. */
  readonly architecture?: Architecture;
  /** d of an embedding that the neurons read and write through: no more than d dimensions are. */
  readonly width?: number;
}

/** A loss of the spec's inputs, and the same for exactly one active feature. */
export interface Baseline extends LossParts {
  readonly exactlyOne: LossParts;
}

/** A baseline that a bias-free ReLU net attains, with that net; its M is the problem's. */
export interface NetworkBaseline extends Baseline {
  readonly network: Network;
}

/** Why the hand-built nets and the bounds of the split are not for a problem, a sentence; null: they are. */
export function whyNoNets({ labels = "relu", coefficients, distribution }: Problem): string | null {
  if (labels !== "relu" || coefficients !== undefined) {
    const got = labels === "relu" ? "coefficients" : labels;
    return `need labels relu(x) + M x, got ${got}: these nets are made for those. Compare with the rank bound.`;
  }
  return hasMoments(distribution)
    ? null
    : `need data.kind bernoulli or exactly, got ${distribution.kind}: groups of features have no closed form. Evaluate the net with evaluateLoss, which samples.`;
}

/** @throws where {@link whyNoNets} says why. */
export function requireNets(where: string, problem: Problem): void {
  const why = whyNoNets(problem);
  if (why !== null) throw new Error(`${where}: ${why}`);
}

/** The same problem with exactly one active feature, each equally likely. */
export function withExactlyOne(problem: Problem): Problem {
  return { ...problem, distribution: { kind: "exactly", k: 1, values: problem.distribution.values } };
}

/** The same problem with clean labels. */
export function withCleanLabels(problem: Problem): Problem {
  return { ...problem, mixing: null };
}

/**
 * The exact loss of the output ŷ = P relu(x) + Q x, for the problem's inputs and for exactly one active feature.
 *
 * @param relus P, [features, features]; null: 0
 * @param inputs Q, [features, features]; null: 0
 */
export function outputLoss(problem: Problem, relus: Matrix | null, inputs: Matrix | null = null): Baseline {
  requireNets("baseline", problem);
  const { features, mixing, distribution } = problem;
  const zero = matrix(features, features);
  const unit = scaledIdentity(features, 1);
  const P = combine(1, relus ?? zero, -1, unit);
  const Q = combine(1, inputs ?? zero, -1, mixing ?? zero);
  return {
    ...reluLinearLoss(P, Q, distribution),
    exactlyOne: reluLinearLoss(P, Q, withExactlyOne(problem).distribution),
  };
}

/** s I, [size, size]. */
export function scaledIdentity(size: number, scale: number): Matrix<Float64Array> {
  const result = matrix(size, size);
  for (let i = 0; i < size; i++) result.data[i * size + i] = scale;
  return result;
}
