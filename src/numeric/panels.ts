/**
 * The kernels' layout of a list of vectors: panel p holds the components 8p … 8p + 7 of all of them, one vector a row, so
 * that a rotation of neighbouring vectors works on contiguous memory.
 */
import { type Matrix, matrix } from "./matrix.ts";

const width = 8;
/** Entries this close to the largest magnitude count as largest, so that rounding does not choose the sign. */
const tie = 1 - 1e-6;

/** Numbers in the panels of `n` vectors of `n` components. */
export function panelSize(n: number): number {
  return Math.ceil(n / width) * width * n;
}

/** Where component i of vector j lies, among n vectors. */
function place(n: number, j: number, i: number): number {
  return (Math.floor(i / width) * n + j) * width + (i % width);
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
