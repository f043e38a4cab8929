/** How far any network's ANDs are off, at given inputs of 0 and 1; where those are all inputs, worst cases are exact. */
import type { BinaryInputs } from "../evaluate/binary-inputs.ts";
import { forwardOf } from "../evaluate/function-model.ts";
import type { Network } from "../evaluate/network.ts";
import { allPairs, pairsOf } from "../evaluate/pairs.ts";

/** The errors of a network's ANDs at inputs; pairs in the order (0, 1), (0, 2), … */
export interface PairErrors {
  /** Share of all inputs with s features on that was gone through; 1: worst cases are exact. */
  readonly coverage: number;
  /** Over inputs and pairs. */
  readonly meanSquare: number;
  /** The largest absolute error, [pairs] */
  readonly worst: Float64Array;
  /** Mean over inputs and pairs with both features on, one, none; null where no input has such a pair. */
  readonly mean: { readonly both: number | null; readonly one: number | null; readonly none: number | null };
}

/**
 * The errors of ANDs at inputs: read-off minus AND.
 * @throws when the network has other labels or another number of features.
 */
export function pairErrors(network: Network, inputs: BinaryInputs): PairErrors {
  const { features } = inputs;
  if (network.labels !== "and" || network.W_in.shape[1] !== features) {
    throw new Error(
      `pairErrors: need labels and over ${features} features, got ${network.labels ?? "relu"} over ${network.W_in.shape[1]}. Train with labels.function=and.`,
    );
  }
  const forward = forwardOf(network);
  const pairs = allPairs(features);
  const worst = new Float64Array(pairs.length);
  const sums = [0, 0, 0];
  const counts = [0, 0, 0];
  let squares = 0;
  for (const on of inputs.inputs) {
    const x = new Float64Array(features);
    for (const i of on) x[i] = 1;
    const errors = forward(x);
    for (const pair of pairsOf(on, features)) errors[pair]! -= 1;
    pairs.forEach(([i, j], pair) => {
      const e = errors[pair]!;
      const seen = x[i]! + x[j]!;
      sums[seen]! += e;
      counts[seen]!++;
      squares += e * e;
      worst[pair] = Math.max(worst[pair]!, Math.abs(e));
    });
  }
  const [none, one, both] = sums.map((sum, seen) => (counts[seen] === 0 ? null : sum / counts[seen]!));
  return {
    coverage: inputs.coverage,
    meanSquare: squares / (inputs.inputs.length * worst.length),
    worst,
    mean: { both: both!, one: one!, none: none! },
  };
}

/** How many ANDs are within ε at every input that was looked at: the computations of the strict definition. */
export function countWithin(worst: Float64Array, epsilon: number): number {
  return worst.reduce((count, error) => count + (error <= epsilon ? 1 : 0), 0);
}
