/**
 * What no network goes below when the loss is mean |ŷ − y|^q and labels are clean: the rank bound's kin for q ≠ 2.
 *
 * n features, h neurons, q' = q/(q − 1). For one positive label the bound is φ times its moment, with
 *   φ = [1 + (n−1)^{1−q'/2} (h/(n−h))^{q'/2}]^{1−q} for q ≥ 2 (attained by equiangular tight frames),
 *   φ = (n − h)/n for q ≤ 2 (attained by naive: there no code can win);
 * for m ≥ 2 positive labels, q ≥ 2, it is n^{1−q/2} ((n−h)/(n−1))^{q/2} E[(‖y‖² − (Σy)²/n)^{q/2}]. Proofs, conditions and
 * what is not covered: docs/theory/lq-certificates.md.
 */

import { density, hasMoments } from "../evaluate/moments.ts";
import { powerMoments } from "../evaluate/power-loss.ts";
import { pow } from "../numeric/elementary.ts";
import { expectedSpread, type SpreadSampling } from "./expected-spread.ts";
import { positiveCounts, positiveShare } from "./positive-counts.ts";
import { type Problem, withExactlyOne } from "./problem.ts";

/** A lower bound of the L^q loss per p of the problem's inputs, and of the same for exactly one active feature. */
export interface PowerBound {
  /** q */
  readonly exponent: number;
  readonly lossPerP: number;
  /** Standard error of `lossPerP` from sampling an expectation; 0 when exact, as at q = 2 and q = 4. */
  readonly stderr: number;
  readonly exactlyOne: {
    readonly lossPerP: number;
    /** n^{1−q/2} ((n−h)/n)^{q/2} in place of φ: weaker for q > 2, with a proof of two lines; null for q < 2. */
    readonly simpler: number | null;
  };
  /** When `lossPerP` is a lower bound, one sentence a condition. */
  readonly conditions: readonly string[];
}

/** The exponent, and how what has no closed form is sampled. */
export interface PowerBoundOptions extends SpreadSampling {
  /** q > 0 */
  readonly exponent: number;
  /** Whether the outputs have biases; they count as one neuron more. As the problem's architecture has it unless told. */
  readonly outputBias?: boolean;
}

/** What the proofs assume, for people to read beside the number. */
export const powerBoundConditions: readonly string[] = [
  "clean labels, y = relu(x), every output weighted alike",
  "every feature equally likely, values drawn alike and independently",
  "the output is W_out times the activations of h neurons in all, with a W_out that does not depend on the input",
  "any activation, neuron biases and any number of layers are allowed",
  "no output nonlinearity, no bypass around the neurons; output biases only where said",
  "for q < 2 inputs with two or more positive labels count as free of loss",
];

/**
 * The bound of a problem with clean labels.
 *
 * @throws on other labels than relu(x), an output nonlinearity, groups, unequal p, and an exponent that is not above 0.
 * @example powerBound({ features: 100, neurons: 50, … }, { exponent: 4 }).exactlyOne.lossPerP // .000562
 */
export function powerBound(problem: Problem, options: PowerBoundOptions): PowerBound {
  const why = whyNoPowerBound(problem);
  if (why !== null) throw new Error(`powerBound: ${why}`);
  const { features, distribution } = problem;
  const { exponent, outputBias = (problem.architecture?.bias.output ?? "none") !== "none" } = options;
  const rank = Math.min(problem.neurons, problem.width ?? problem.neurons);
  const neurons = Math.min(features, rank + (outputBias ? 1 : 0));
  const once = withExactlyOne(problem).distribution;
  const moment = powerMoments(exponent, once.values).positive;
  const share = leastShare(features, neurons, exponent);
  const weak = exponent < 2 ? null : simplerShare(features, neurons, exponent);
  const counts = positiveCounts(distribution, features);
  const perP = 1 / (features * density(distribution, features));
  // Given a positive value, its moment is that of all values over the chance of the sign.
  const single = (counts[1]! * moment * share) / positiveShare(distribution.values);
  const several = expectedSpread(distribution.values, counts, exponent, options);
  const factor =
    exponent < 2
      ? 0
      : pow(features, 1 - exponent / 2) * pow((features - neurons) / Math.max(1, features - 1), exponent / 2);
  return {
    exponent,
    lossPerP: perP * (single + factor * several.mean),
    stderr: perP * factor * several.stderr,
    exactlyOne: { lossPerP: moment * share, simpler: weak === null ? null : moment * weak },
    conditions: powerBoundConditions,
  };
}

/** φ: the least mean over features of dist_q(e_i, V)^q that any V of so many dimensions has. */
function leastShare(features: number, neurons: number, exponent: number): number {
  if (neurons >= features) return 0;
  if (exponent <= 2) return (features - neurons) / features;
  const half = exponent / (exponent - 1) / 2; // q'/2
  const leak = pow(features - 1, 1 - half) * pow(neurons / (features - neurons), half);
  return pow(1 + leak, 1 - exponent);
}

function simplerShare(features: number, neurons: number, exponent: number): number {
  return pow(features, 1 - exponent / 2) * pow((features - neurons) / features, exponent / 2);
}

/** Why a problem has no such bound, a sentence; null: it has one. */
export function whyNoPowerBound(problem: Problem): string | null {
  const { mixing, distribution, labels = "relu", coefficients, architecture } = problem;
  const output = architecture?.output ?? "identity";
  if (labels !== "relu") return `need labels relu(x), got ${labels}. Set labels.function=relu.`;
  if (coefficients !== undefined) return "need labels relu(x), got coefficients. Leave them out.";
  if (mixing !== null) return "need clean labels, got a mixing matrix. Set labels.mixing.kind=none.";
  if (output !== "identity") {
    return `need model.output identity, got ${output}: its outputs are confined to no h dimensions. Set model.output=identity for a bound.`;
  }
  if (distribution.kind === "bernoulli" && typeof distribution.p !== "number") {
    return "need one p for all features, got a list. Features must be exchangeable.";
  }
  return hasMoments(distribution)
    ? null
    : `need data.kind bernoulli or exactly, got ${distribution.kind}. Features must be exchangeable.`;
}
