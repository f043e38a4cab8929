/**
 * The linear part of the odd/even split: exact, for every bias-free ReLU net and every sign-symmetric input.
 *
 * relu(z) = (z + |z|)/2 splits the error e = ŷ − y into an odd part, ½ [W_out W_in − (I + 2M)] x, and an even part,
 * ½ [W_out |W_in x| − |x|]. Where x and −x are equally likely, the cross term has mean 0 and
 *   n L = ¼ E‖[W_out W_in − (I + 2M)] x‖² + ¼ E‖W_out |W_in x| − |x|‖².
 * Proof and limits: docs/theory/odd-even-split.md.
 */
import { combine, identity, type Matrix, multiply } from "../numeric/matrix.ts";
import { expectedProducts, sum } from "./moment.ts";
import { density, type InputDistribution, inputMoments, isSignSymmetric } from "./moments.ts";
import { type Network, requirePlain, sizesOf } from "./network.ts";

/** I + 2M, twice the odd part of the labels as a linear map. @returns [features, features] */
export function oddTarget(mixing: Matrix | null, features: number): Matrix<Float64Array> {
  return mixing === null ? identity(features) : combine(1, identity(features), 2, mixing);
}

/** W_out W_in, twice the odd part of the output as a linear map. @returns [features, features] */
export function linearMap(network: Network): Matrix<Float64Array> {
  return multiply(network.W_out, network.W_in);
}

/**
 * The linear part of L/p, exact. Its mean over outputs is `linearPart`.
 *
 * @returns ¼ E([W_out W_in − (I + 2M)] x)_i² / p for every output i, [features]
 * @throws on values that are not sign-symmetric, where the split does not hold
 */
export function linearPartPerOutput(network: Network, distribution: InputDistribution): Float64Array {
  const { features } = sizesOf(network);
  requirePlain("linearPart", network);
  requireSignSymmetry(distribution);
  const residual = combine(1, linearMap(network), -1, oddTarget(network.M, features));
  const squares = expectedProducts(residual, residual, inputMoments(distribution, features).inputs);
  const perP = 1 / (4 * density(distribution, features));
  return squares.map((square) => perP * square);
}

/**
 * The linear part of L/p, exact: ¼ (1/n) E v² ‖W_out W_in − (I + 2M)‖_F² when all features are equally likely.
 *
 * @throws on values that are not sign-symmetric, where the split does not hold
 */
export function linearPart(network: Network, distribution: InputDistribution): number {
  const parts = linearPartPerOutput(network, distribution);
  return sum(parts) / parts.length;
}

/** @throws unless x and −x are equally likely. */
export function requireSignSymmetry(distribution: InputDistribution): void {
  if (isSignSymmetric(distribution)) return;
  throw new Error(
    `odd-even split: need values symmetric or sign, got ${distribution.values}. The split needs x and −x equally likely; use the whole loss.`,
  );
}
