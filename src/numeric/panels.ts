/**
 * The kernels' layout of a matrix: panel p holds columns 8p … 8p + 7, row by row, and the last panel is filled up with zeros.
 * Eigenvectors and singular vectors come as the rows of such a matrix, so that a rotation of two neighbouring vectors works on
 * contiguous memory.
 */
import { type Matrix, matrix } from "./matrix.ts";

const width = 8;
/** Entries this close to the largest magnitude count as largest, so that rounding does not choose the sign. */
const tie = 1 - 1e-6;

/** How many panels hold that many columns. */
export function panelCount(columns: number): number {
  return Math.ceil(columns / width);
}

/** Numbers in the panels of a rows × columns matrix. */
export function panelSize(rows: number, columns: number): number {
  return panelCount(columns) * width * rows;
}

/** Where row i, column j lies in a matrix of that many rows. */
function place(rows: number, i: number, j: number): number {
  return ((j >> 3) * rows + i) * width + (j & 7);
}

/** Writes scale · A at the top of panels of `rows` rows, the rest of which must be zero. */
export function toPanels(out: Float64Array, rows: number, a: Matrix, scale = 1): void {
  const [height, columns] = a.shape;
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < columns; j++) out[place(rows, i, j)] = scale * a.data[i * columns + j]!;
  }
}

/** The entries of panels of `rows` rows with i < shape[0], j < shape[1]. */
export function fromPanels(
  panels: Float64Array,
  rows: number,
  [height, columns]: readonly [rows: number, columns: number],
): Matrix<Float64Array> {
  const result = matrix(height, columns);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < columns; j++) result.data[i * columns + j] = panels[place(rows, i, j)]!;
  }
  return result;
}

/** 1 or −1, whichever makes the first of the largest entries of vector j positive. */
export function positiveSign(panels: Float64Array, n: number, j: number): 1 | -1 {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(panels[place(n, j, i)]!));
  for (let i = 0; i < n; i++) {
    const value = panels[place(n, j, i)]!;
    if (Math.abs(value) >= largest * tie) return value < 0 ? -1 : 1;
  }
  return 1;
}

/** The vectors order[0], order[1], … times their signs, as columns. @returns [n, n] */
export function gatherColumns(
  panels: Float64Array,
  n: number,
  order: readonly number[],
  signs: readonly number[],
): Matrix<Float64Array> {
  const result = matrix(n, n);
  for (let i = 0; i < n; i++) {
    // "+ 0" turns −0 into 0.
    for (let r = 0; r < n; r++) result.data[i * n + r] = signs[r]! * panels[place(n, order[r]!, i)]! + 0;
  }
  return result;
}
