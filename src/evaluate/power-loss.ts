/**
 * The loss mean |ŷ − y|^q with exactly one active feature, for any exponent q, in closed form.
 *
 * A bias-free ReLU net is positively homogeneous: for x = ±|v| e_i the error is |v| times the one for ±e_i, so the loss
 * is E|v|^q, 1/(q + 1) for uniform values, times Σ |e_k|^q over 2n fixed vectors. At q = 4 and clean labels this is
 * the loss of da Silva & Heimersheim (arXiv 2607.04800) as p → 0.
 */
import type { ValueKind } from "../engine/engine.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { absolutePower } from "../numeric/power.ts";
import { coefficientOfVariation } from "../numeric/statistics.ts";
import { signedErrors } from "./exactly-one.ts";
import { sum } from "./moment.ts";
import { valueMoments } from "./moments.ts";
import { type Network, requirePlain, sizesOf } from "./network.ts";

/** The exact mean of |ŷ − y|^q for exactly one active feature, divided by p = 1/n. */
export interface PowerLoss {
  /** q */
  readonly exponent: number;
  /** The mean over samples and outputs, divided by p = 1/n. */
  readonly lossPerP: number;
  /** Σ over outputs of the mean |e|^q while feature i is the active one, [features]; its mean is `lossPerP`. */
  readonly perInput: Float64Array;
  /** Mean |e|^q of output i, divided by p = 1/n, [features]; its mean is `lossPerP`. */
  readonly perOutput: Float64Array;
  /** Standard deviation over mean of `perInput`: near 0 when all features are treated alike, 1 for naive at h = n/2. */
  readonly variation: number;
}

/**
 * The L^q loss per p for exactly one active feature.
 *
 * @param exponent q > 0
 * @param values how the active value is drawn
 * @throws RangeError on an exponent that is not above 0; Error on a network or labels that are not plain.
 * @example powerLoss(naive, 4).lossPerP // (n − h)/(10 n): 0.05 for 50 neurons and 100 features
 */
export function powerLoss(network: Network, exponent: number, values: ValueKind = "symmetric"): PowerLoss {
  const { features } = sizesOf(network);
  requirePlain("powerLoss", network, "Use evaluateLoss with an exponent, which samples.");
  const { positive, negative } = powerMoments(exponent, values);
  const parts = [{ errors: signedErrors(network, +1), weight: positive }];
  if (negative > 0) parts.push({ errors: signedErrors(network, -1), weight: negative });
  const perInput = new Float64Array(features);
  const perOutput = new Float64Array(features);
  for (const { errors, weight } of parts) addPowers(perInput, perOutput, errors, weight, exponent);
  const lossPerP = sum(perInput) / features;
  return { exponent, lossPerP, perInput, perOutput, variation: coefficientOfVariation(perInput) };
}

/**
 * E|v|^q over positive values and over negative ones, each times the probability of that sign.
 *
 * @param exponent q > 0
 * @throws RangeError on another exponent.
 * @example powerMoments(4, "symmetric") // { positive: 1/10, negative: 1/10 }
 */
export function powerMoments(exponent: number, values: ValueKind): { positive: number; negative: number } {
  if (!(exponent > 0 && exponent < Infinity)) {
    throw new RangeError(`powerLoss: need an exponent above 0, got ${exponent}. Squared error is 2.`);
  }
  const size = values === "sign" || values === "binary" ? 1 : 1 / (exponent + 1);
  const share = valueMoments(values).mean === 0 ? 1 / 2 : 1;
  return { positive: share * size, negative: (1 - share) * size };
}

function addPowers(
  perInput: Float64Array,
  perOutput: Float64Array,
  { data, shape: [, features] }: Matrix,
  weight: number,
  exponent: number,
): void {
  const power = absolutePower(exponent);
  for (let i = 0; i < data.length; i++) {
    const value = weight * power(data[i]!);
    perOutput[Math.floor(i / features)]! += value;
    perInput[i % features]! += value;
  }
}
