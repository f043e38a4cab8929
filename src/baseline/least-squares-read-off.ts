/**
 * The read-off of every AND with the least mean squared error, for given neurons: W_out and b_out by linear regression of
 * the ANDs on the activations, over given inputs. Inputs count alike, so most of what it fits is pairs that are off.
 */
import type { BinaryInputs } from "../evaluate/binary-inputs.ts";
import { pairCount, pairsOf } from "../evaluate/pairs.ts";
import { type Matrix, matrix, multiply } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { type AndNetwork, architectureWith } from "./universal-and.ts";

/** Neurons that read features of 0 and 1. */
export interface HiddenLayer {
  /** [neurons, features] */
  readonly W_in: Matrix;
  /** [neurons] */
  readonly b_in: ArrayLike<number>;
}

/**
 * The network of these neurons whose read-offs, with a constant, have the least mean squared error at the inputs.
 * @throws when the inputs have another number of features.
 */
export function leastSquaresReadOff({ W_in, b_in }: HiddenLayer, inputs: BinaryInputs): AndNetwork {
  const [neurons, features] = W_in.shape;
  if (inputs.features !== features) {
    throw new Error(
      `leastSquaresReadOff: need inputs of ${features} features, got ${inputs.features}. Use binaryInputs(${features}, …).`,
    );
  }
  const { gram, cross } = momentsOf({ W_in, b_in }, inputs);
  const readOff = multiply(cross, pseudoinverse(gram));
  const pairs = readOff.shape[0];
  const W_out = matrix(pairs, neurons);
  const b_out = new Float64Array(pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const row = readOff.data.subarray(pair * (neurons + 1), (pair + 1) * (neurons + 1));
    W_out.data.set(row.subarray(0, neurons), pair * neurons);
    b_out[pair] = row[neurons]!;
  }
  return {
    ...{ W_in: matrix(neurons, features, W_in.data), b_in: Float64Array.from(b_in), W_out, b_out, M: null },
    ...{ labels: "and", architecture: architectureWith("fixed") },
  };
}

/** Σ ã ãᵀ, [h + 1, h + 1], and Σ y ãᵀ, [pairs, h + 1], with ã = (a, 1). */
function momentsOf(layer: HiddenLayer, { inputs, features }: BinaryInputs) {
  const width = layer.W_in.shape[0] + 1;
  const gram = matrix(width, width);
  const cross = matrix(pairCount(features), width);
  for (const on of inputs) {
    const a = activationsOf(layer, on);
    const live = [...a.keys()].filter((k) => a[k] !== 0);
    for (const k of live) for (const l of live) gram.data[k * width + l]! += a[k]! * a[l]!;
    for (const pair of pairsOf(on, features)) for (const k of live) cross.data[pair * width + k]! += a[k]!;
  }
  return { gram, cross };
}

/** (relu(W_in x + b_in), 1), [neurons + 1] @param on the features that are 1 */
function activationsOf({ W_in, b_in }: HiddenLayer, on: readonly number[]): Float64Array {
  const [neurons, features] = W_in.shape;
  const a = new Float64Array(neurons + 1).fill(1);
  for (let k = 0; k < neurons; k++) {
    let z = b_in[k]!;
    for (const i of on) z += W_in.data[k * features + i]!;
    a[k] = Math.max(0, z);
  }
  return a;
}
