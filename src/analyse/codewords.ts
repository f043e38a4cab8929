/**
 * Codewords: which neurons each feature drives, W_in[k, i] above a threshold (da Silva & Heimersheim, arXiv 2607.04800).
 *
 * Limit: the threshold is absolute, and a neuron may be rescaled without a change of the network. The paper's networks
 * have on-values near 0.9 and off-values near −0.04 in all neurons, so its threshold 0.05 separates them.
 */
import { type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";

/** The binary code of a network's input weights. */
export interface Codewords {
  readonly threshold: number;
  /** 1 where W_in[k, i] > threshold, else 0, [neurons, features] */
  readonly code: Matrix<Float64Array>;
  /** Neurons in each feature's codeword, [features] */
  readonly sizes: Int32Array;
  /** Features that each neuron serves, [neurons] */
  readonly degrees: Int32Array;
  /** Pairs of features whose codewords share m neurons, at place m, [neurons + 1] */
  readonly overlaps: Int32Array;
}

/**
 * The codewords of input weights.
 *
 * @param W_in [neurons, features]
 * @throws on a threshold that is not finite.
 */
export function codewords(
  W_in: Matrix,
  { threshold = 0.05 }: { readonly threshold?: number } = {},
): Codewords {
  if (!Number.isFinite(threshold)) {
    throw new Error(`codewords: need a finite threshold, got ${threshold}. Try 0.05.`);
  }
  const [neurons, features] = W_in.shape;
  const code = matrix(
    neurons,
    features,
    Float64Array.from(W_in.data, (w) => (w > threshold ? 1 : 0)),
  );
  const shared = multiply(transpose(code), code).data;
  const degrees = new Int32Array(neurons);
  code.data.forEach((bit, at) => {
    degrees[Math.floor(at / features)]! += bit;
  });
  const overlaps = new Int32Array(neurons + 1);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < i; j++) overlaps[shared[i * features + j]!]! += 1;
  }
  const sizes = Int32Array.from({ length: features }, (_, i) => shared[i * (features + 1)]!);
  return { threshold, code, sizes, degrees, overlaps };
}
