/**
 * How far feature directions are from orthogonal: the largest |cos| between two columns, beside Welch's bound.
 *
 * Welch 1974: N unit vectors in h < N dimensions have a largest |cos| of at least √((N − h)/(h(N − 1))), attained by
 * equiangular tight frames alone.
 */
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";

/** Coherence of the columns of a matrix; columns of zeros are left out. */
export interface Coherence {
  /** Largest |cos| between two columns; 0 when fewer than two are not zero */
  readonly coherence: number;
  /** The two columns, or null when there are none */
  readonly pair: readonly [number, number] | null;
  /** No set of as many vectors has less; 0 when they fit in orthogonally */
  readonly welchBound: number;
  /** Columns that are not zero */
  readonly columns: number;
}

/** The coherence of the columns. @param W [dimensions, features], such as W_in */
export function coherence(W: Matrix): Coherence {
  const [dimensions, features] = W.shape;
  const { data } = multiply(transpose(W), W);
  const lengths = Float64Array.from({ length: features }, (_, i) => Math.sqrt(data[i * (features + 1)]!));
  const present = Array.from(lengths.keys()).filter((i) => lengths[i]! > 0);
  let largest = 0;
  let pair: readonly [number, number] | null = null;
  for (const i of present) {
    for (const j of present) {
      if (j <= i) continue;
      const cosine = Math.abs(data[i * features + j]!) / (lengths[i]! * lengths[j]!);
      if (pair !== null && cosine <= largest) continue;
      largest = cosine;
      pair = [i, j];
    }
  }
  const columns = present.length;
  const excess = Math.max(0, columns - dimensions);
  const welchBound = excess === 0 ? 0 : Math.sqrt(excess / (dimensions * (columns - 1)));
  return { coherence: largest, pair, welchBound, columns };
}
