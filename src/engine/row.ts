/** Products with one row. Inputs and activations are mostly zero, so they walk the columns whose factor is not. */
import type { Matrix } from "../numeric/matrix.ts";

type Row = Float64Array;

/** A v, for A [m, n] and v [n]. */
export function apply(a: Matrix, v: Row): Row {
  const [rows, columns] = a.shape;
  const result = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    if (v[j] === 0) continue;
    for (let i = 0; i < rows; i++) result[i]! += a.data[i * columns + j]! * v[j]!;
  }
  return result;
}

/** Aᵀ v, for A [m, n] and v [m]; 0 in the columns whose `wanted` is 0, which cost nothing. */
export function applyTransposed(a: Matrix, v: Row, wanted: Row): Row {
  const [rows, columns] = a.shape;
  return wanted.map((weight, j) => {
    if (weight === 0) return 0;
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += a.data[i * columns + j]! * v[i]!;
    return sum;
  });
}

/** A += s u vᵀ, for A [m, n], u [m], v [n]. */
export function addOuter(a: Matrix, s: number, u: Row, v: Row): void {
  const [rows, columns] = a.shape;
  for (let j = 0; j < columns; j++) {
    if (v[j] === 0) continue;
    for (let i = 0; i < rows; i++) a.data[i * columns + j]! += s * u[i]! * v[j]!;
  }
}

/** u += s v */
export function addScaled(u: Row, s: number, v: Row): void {
  for (let i = 0; i < u.length; i++) u[i]! += s * v[i]!;
}
