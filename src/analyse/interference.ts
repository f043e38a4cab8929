/**
 * How long each feature's direction is, and how much of the others lies along it: ‖W_i‖ and Σ_{j≠i} (Ŵ_i·W_j)², Ŵ_i the
 * column W_i at unit length. Elhage et al. 2022 (arXiv 2209.10652) draw features so: a feature is represented when its
 * norm is near 1, and in superposition when its interference is not 0.
 *
 * Limit: as in src/analyse/capacity.ts, W's rows count by their size; D_i = ‖W_i‖²/(‖W_i‖² + interference).
 */
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { sum } from "../numeric/statistics.ts";

/** Norms and interferences of all features. */
export interface Interference {
  /** ‖W_i‖, [features] */
  readonly norms: Float64Array;
  /** Σ_{j≠i} (Ŵ_i·W_j)², [features]; 0 for a column of zeros */
  readonly interference: Float64Array;
}

/**
 * Norm and interference of every column.
 * @param W [dimensions, features], such as W_in
 * @example interference(matrix(1, 2, [1, -1])).interference // 1, 1: an antipodal pair
 */
export function interference(W: Matrix): Interference {
  const [, features] = W.shape;
  const { data } = multiply(transpose(W), W);
  const own = (i: number) => data[i * features + i]!;
  return {
    norms: Float64Array.from({ length: features }, (_, i) => Math.sqrt(own(i))),
    interference: Float64Array.from({ length: features }, (_, i) => {
      if (own(i) === 0) return 0;
      const row = data.subarray(i * features, (i + 1) * features);
      return sum(row.map((product, j) => (j === i ? 0 : product * product))) / own(i);
    }),
  };
}
