/**
 * Matrices as plain records, row-major, without views. Values are float32 or float64; every result is float64.
 */
import { multiplyInKernel } from "./product.ts";

type Values = Float32Array | Float64Array;

/** From this many multiplications on, copying into WebAssembly costs less than it saves. */
const worthTheKernel = 2 ** 15;

/** A dense matrix: entry (i, j) is data[i · columns + j]. */
export interface Matrix<Data extends Float32Array | Float64Array = Float32Array | Float64Array> {
  readonly data: Data;
  readonly shape: readonly [rows: number, columns: number];
}

/**
 * A float64 matrix of zeros, or of the given row-major values (copied).
 * @throws when `values` does not hold rows × columns numbers.
 */
export function matrix(rows: number, columns: number, values?: ArrayLike<number>): Matrix<Float64Array> {
  if (values !== undefined && values.length !== rows * columns) {
    throw new Error(
      `matrix: need ${rows} × ${columns} = ${rows * columns} values, got ${values.length}. Check the shape.`,
    );
  }
  const data = new Float64Array(rows * columns);
  if (values !== undefined) data.set(values);
  return { data, shape: [rows, columns] };
}

/** The identity, [size, size]. */
export function identity(size: number): Matrix<Float64Array> {
  const result = matrix(size, size);
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1;
  return result;
}

/** Aᵀ. @param a [m, n] @returns [n, m] */
export function transpose(a: Matrix): Matrix<Float64Array> {
  const [rows, columns] = a.shape;
  const result = matrix(columns, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result.data[j * rows + i] = a.data[i * columns + j]!;
  }
  return result;
}

/** A B, accumulated in float64. @param a [m, k] @param b [k, n] @returns [m, n] */
export function multiply(a: Matrix, b: Matrix): Matrix<Float64Array> {
  const [rows, inner] = a.shape;
  const [innerB, columns] = b.shape;
  if (inner !== innerB) {
    throw new Error(
      `multiply: inner sizes differ, a is [${a.shape.join(", ")}], b is [${b.shape.join(", ")}]. Transpose one of them?`,
    );
  }
  const c = matrix(rows, columns);
  const large = rows * inner * columns >= worthTheKernel;
  (large ? multiplyInKernel : multiplyInto)(c.data, a.data, b.data, rows, inner, columns);
  return c;
}

/** C = A B by the plain loop; `multiplyInKernel` gives the same bits. C must be zero. */
function multiplyInto(c: Float64Array, a: Values, b: Values, rows: number, inner: number, columns: number) {
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const value = a[i * inner + k]!;
      for (let j = 0; j < columns; j++) c[i * columns + j]! += value * b[k * columns + j]!;
    }
  }
}

/** s A + t B, element by element. @param a [m, n] @param b [m, n] @returns [m, n] */
export function combine(s: number, a: Matrix, t: number, b: Matrix): Matrix<Float64Array> {
  if (a.shape[0] !== b.shape[0] || a.shape[1] !== b.shape[1]) {
    throw new Error(
      `combine: shapes differ, a is [${a.shape.join(", ")}], b is [${b.shape.join(", ")}]. They must be equal.`,
    );
  }
  const result = matrix(a.shape[0], a.shape[1]);
  for (let i = 0; i < result.data.length; i++) result.data[i] = s * a.data[i]! + t * b.data[i]!;
  return result;
}

/** ‖A‖_F², accumulated in float64. */
export function squaredNorm(a: Matrix): number {
  let sum = 0;
  for (const value of a.data) sum += value * value;
  return sum;
}
