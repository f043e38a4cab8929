/** What the tests of every decomposition measure. */
import { type Matrix, matrix, multiply, transpose } from "../../src/numeric/matrix.ts";

/** Spacing of float64 at 1. */
export const epsilon = 2 ** -52;

/** max |a_ij − b_ij|, NaN if any difference is; 0 for empty matrices. */
export function distance(a: Matrix, b: Matrix): number {
  if (a.shape.join() !== b.shape.join()) throw new Error(`shapes differ: [${a.shape}] and [${b.shape}]`);
  return Float64Array.from(a.data, (value, i) => Math.abs(value - b.data[i]!)).reduce(
    (x, y) => Math.max(x, y),
    0,
  );
}

/** max |AᵀA − I|: how far the columns are from orthonormal. */
export function orthogonalityError(a: Matrix): number {
  const gram = multiply(transpose(a), a);
  const size = a.shape[1];
  return gram.data.reduce(
    (largest, value, i) => Math.max(largest, Math.abs(value - (i % (size + 1) === 0 ? 1 : 0))),
    0,
  );
}

/** A diag(values): column j times values[j]. */
export function scaleColumns(a: Matrix, values: ArrayLike<number>): Matrix<Float64Array> {
  const [rows, columns] = a.shape;
  return matrix(
    rows,
    columns,
    Float64Array.from(a.data, (value, i) => value * values[i % columns]!),
  );
}

/** Square matrix with the given diagonal. */
export function diagonalMatrix(values: ArrayLike<number>): Matrix<Float64Array> {
  const result = matrix(values.length, values.length);
  for (let i = 0; i < values.length; i++) result.data[i * values.length + i] = values[i]!;
  return result;
}
