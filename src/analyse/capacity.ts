/**
 * How much of the hidden space each feature has for itself: C_i = (W_i·W_i)² / Σ_j (W_i·W_j)², W_i the columns of W.
 *
 * Scherlis et al. 2022 (arXiv 2210.01892); the same as the dimensionality D_i of Elhage et al. 2022 (arXiv 2209.10652).
 * Σ C_i is at most the rank of W: 1 for a feature alone in its direction, 1/2 for each of an antipodal pair.
 * Limit: W's rows count by their size, so a rescaled ReLU neuron changes capacities, though not the network.
 */
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { sum } from "../numeric/statistics.ts";

/** Capacities of all features. */
export interface Capacity {
  /** C_i, 0 to 1, [features]; 0 for a column of zeros */
  readonly perFeature: Float64Array;
  /** Σ C_i ≤ `dimensions` */
  readonly total: number;
  /** Rows of W. */
  readonly dimensions: number;
}

/** The capacity of every column. @param W [dimensions, features], such as W_in */
export function capacity(W: Matrix): Capacity {
  const [dimensions, features] = W.shape;
  const { data } = multiply(transpose(W), W);
  const perFeature = Float64Array.from({ length: features }, (_, i) => {
    const row = data.subarray(i * features, (i + 1) * features);
    const own = row[i]! * row[i]!;
    return own === 0 ? 0 : own / sum(row.map((product) => product * product));
  });
  return { perFeature, total: sum(perFeature), dimensions };
}
