/**
 * Second moments of inputs, kept as what they are: a diagonal matrix plus one of rank one, diag(d) + s w wᵀ.
 *
 * Features are active independently, or alike in pairs, so every moment off the diagonal is a product; n numbers stand
 * for n², and products with a moment cost n² instead of n³.
 */
import { type Matrix, matrix } from "../numeric/matrix.ts";

/** diag(diagonal) + weight · vector vectorᵀ, [n, n], symmetric. */
export interface Moment {
  /** d, [n] */
  readonly diagonal: Float64Array;
  /** s ≥ 0 */
  readonly weight: number;
  /** w, [n] */
  readonly vector: Float64Array;
}

/** The moment written out, [n, n]. */
export function denseMoment({ diagonal, weight, vector }: Moment): Matrix<Float64Array> {
  const n = diagonal.length;
  const dense = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) dense.data[i * n + j] = weight * vector[i]! * vector[j]!;
    dense.data[i * n + i]! += diagonal[i]!;
  }
  return dense;
}

/** A Σ. @param a [m, n] @param moment Σ, [n, n] @returns [m, n] */
export function timesMoment(a: Matrix, { diagonal, weight, vector }: Moment): Matrix<Float64Array> {
  const [rows, columns] = a.shape;
  const product = matrix(rows, columns);
  const along = weight === 0 ? new Float64Array(rows) : apply(a, vector);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const own = a.data[i * columns + j]! * diagonal[j]!;
      product.data[i * columns + j] = own + weight * along[i]! * vector[j]!;
    }
  }
  return product;
}

/**
 * (A Σ Bᵀ)_ii for every row i: E (A z)_i (B z)_i where Σ = E[z zᵀ].
 *
 * @param a [m, n] @param b [m, n]
 * @returns [m]
 */
export function expectedProducts(a: Matrix, b: Matrix, moment: Moment): Float64Array {
  const [rows, columns] = a.shape;
  const weighted = timesMoment(a, moment);
  const products = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      products[i]! += weighted.data[i * columns + j]! * b.data[i * columns + j]!;
  }
  return products;
}

/** A x. @param a [m, n] @param x [n] @returns [m] */
export function apply(a: Matrix, x: ArrayLike<number>): Float64Array {
  const [rows, columns] = a.shape;
  const result = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[i]! += a.data[i * columns + j]! * x[j]!;
  }
  return result;
}

/** Σ_i x_i. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
