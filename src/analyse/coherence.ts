/**
 * How far feature directions are from orthogonal: |cos| between the columns of a matrix, beside Welch's bound.
 *
 * Welch 1974: for N unit vectors in h < N dimensions the root mean square of |cos| over pairs, and so the largest, is at
 * least √((N − h)/(h(N − 1))). The mean attains it for tight frames, the largest for equiangular tight frames alone.
 */
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { sum } from "../numeric/statistics.ts";

/** Coherence of the columns of a matrix; columns of zeros are left out. */
export interface Coherence {
  /** Largest |cos| between two columns; 0 when fewer than two are not zero */
  readonly coherence: number;
  /** The two columns, or null when there are none */
  readonly pair: readonly [number, number] | null;
  /** Root mean square of |cos| over pairs; 0 when there are none */
  readonly rootMeanSquare: number;
  /** No set of as many vectors has less of either; 0 when they fit in orthogonally */
  readonly welchBound: number;
  /** Columns that are not zero */
  readonly columns: number;
}

/** The coherence of the columns. @param W [dimensions, features], such as W_in */
export function coherence(W: Matrix): Coherence {
  const { present, cosines } = cosinesOf(W);
  const largest = cosines.reduce((best, cosine, at) => (cosine > cosines[best]! ? at : best), 0);
  const columns = present.length;
  const excess = Math.max(0, columns - W.shape[0]);
  return {
    coherence: cosines[largest] ?? 0,
    pair: columns < 2 ? null : pairAt(present, largest),
    rootMeanSquare: columns < 2 ? 0 : Math.sqrt(sum(cosines.map((c) => c * c)) / cosines.length),
    welchBound: excess === 0 ? 0 : Math.sqrt(excess / (W.shape[0] * (columns - 1))),
    columns,
  };
}

/**
 * |cos| between every two columns that are not zero, [columns (columns − 1)/2]: the first with all later ones, then the
 * second with all later ones, and so on.
 * @param W [dimensions, features], such as W_in
 */
export function columnCosines(W: Matrix): Float64Array {
  return cosinesOf(W).cosines;
}

function cosinesOf(W: Matrix): { readonly present: readonly number[]; readonly cosines: Float64Array } {
  const features = W.shape[1];
  const { data } = multiply(transpose(W), W);
  const lengths = Float64Array.from({ length: features }, (_, i) => Math.sqrt(data[i * (features + 1)]!));
  const present = Array.from(lengths.keys()).filter((i) => lengths[i]! > 0);
  const cosines = new Float64Array((present.length * (present.length - 1)) / 2);
  let at = 0;
  present.forEach((i, rank) => {
    for (const j of present.slice(rank + 1)) {
      cosines[at++] = Math.abs(data[i * features + j]!) / (lengths[i]! * lengths[j]!);
    }
  });
  return { present, cosines };
}

/** The columns of entry `at` of the cosines. */
function pairAt(present: readonly number[], at: number): readonly [number, number] {
  let [first, left] = [0, at];
  for (let later = present.length - 1; left >= later; later--) {
    left -= later;
    first += 1;
  }
  return [present[first]!, present[first + 1 + left]!];
}
