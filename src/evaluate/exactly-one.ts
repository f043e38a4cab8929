/**
 * The loss with exactly one active feature ("maximally sparse"), in closed form.
 *
 * A bias-free ReLU net is positively homogeneous, so for x = ±|v| e_i the error is |v| times a fixed vector:
 *   x = +|v| e_i: W_out relu(w_i) − e_i − M_i;    x = −|v| e_i: W_out relu(−w_i) + M_i,
 * with w_i and M_i the columns of W_in and M. See docs/theory/complementary-semi-nmf.md.
 */

import type { ValueKind } from "../engine/engine.ts";
import { combine, type Matrix, matrix, multiply, squaredNorm } from "../numeric/matrix.ts";
import { sum } from "./moment.ts";
import { valueMoments } from "./moments.ts";
import { type Network, requirePlain, sizesOf } from "./network.ts";
import { linearMap, oddTarget } from "./odd-even-split.ts";
import type { LossParts, SplitLoss } from "./relu-linear-loss.ts";
import { rectified } from "./response-heatmap.ts";

/** The exact loss for exactly one active feature; p = 1/n. */
export interface ExactlyOneLoss extends LossParts {
  /** Σ over outputs of the mean squared error while feature i is the active one, [features]; its mean is `lossPerP`. */
  readonly perInput: Float64Array;
  /** Mean squared error of output i, divided by p = 1/n, [features]; its mean is `lossPerP`. */
  readonly perOutput: Float64Array;
}

/**
 * L/p for exactly one active feature, exact, with its linear and even parts.
 *
 * @param values how the active value is drawn; for `positive` the parts are null
 * @example exactlyOneLoss(naive).lossPerP // (n − h)/(6n): 0.0833 for 50 neurons and 100 features
 */
export function exactlyOneLoss(network: Network, values?: "symmetric" | "sign"): ExactlyOneLoss & SplitLoss;
export function exactlyOneLoss(network: Network, values: ValueKind): ExactlyOneLoss;
export function exactlyOneLoss(network: Network, values: ValueKind = "symmetric"): ExactlyOneLoss {
  const { features } = sizesOf(network);
  requirePlain("exactlyOneLoss", network);
  const { square, mean } = valueMoments(values);
  const positive = signedErrors(network, +1);
  if (mean !== 0) return { ...collect([positive], square, features), linear: null, even: null };
  const whole = collect([positive, signedErrors(network, -1)], square / 2, features);
  const linear =
    (square / (4 * features)) * squaredDistance(linearMap(network), oddTarget(network.M, features));
  const even = (square / (4 * features)) * squaredNorm(evenErrors(network));
  return { ...whole, linear, even };
}

/** The error for x = sign · e_i in column i, [features, features]. */
export function signedErrors(network: Network, sign: 1 | -1): Matrix<Float64Array> {
  const { features } = sizesOf(network);
  const errors = multiply(network.W_out, rectified(network.W_in, sign));
  for (let i = 0; i < errors.data.length; i++) errors.data[i]! -= sign * (network.M?.data[i] ?? 0);
  if (sign === 1) subtractIdentity(errors, features);
  return errors;
}

/** W_out |W_in| − I: the even part's error for |x| = e_i in column i, twice over. */
function evenErrors(network: Network): Matrix<Float64Array> {
  const errors = multiply(network.W_out, absolute(network.W_in));
  subtractIdentity(errors, errors.shape[0]);
  return errors;
}

function collect(parts: readonly Matrix[], weight: number, features: number) {
  const perInput = new Float64Array(features);
  const perOutput = new Float64Array(features);
  for (const { data } of parts) {
    for (let i = 0; i < data.length; i++) {
      const square = weight * data[i]! * data[i]!;
      perOutput[Math.floor(i / features)]! += square;
      perInput[i % features]! += square;
    }
  }
  return { lossPerP: sum(perInput) / features, perInput, perOutput };
}

function squaredDistance(a: Matrix, b: Matrix): number {
  return squaredNorm(combine(1, a, -1, b));
}

function absolute(a: Matrix): Matrix<Float64Array> {
  return matrix(a.shape[0], a.shape[1], Float64Array.from(a.data, Math.abs));
}

function subtractIdentity(a: Matrix<Float64Array>, size: number): void {
  for (let i = 0; i < size; i++) a.data[i * size + i]! -= 1;
}
