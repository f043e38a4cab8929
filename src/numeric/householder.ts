/**
 * A = Q R by Householder's reflectors, with Q kept as reflectors: what qr.ts makes explicit and svd.ts applies.
 * Golub, Van Loan, Matrix Computations, 5.2. Float64, in WebAssembly.
 */
import { openWorkspace } from "./kernels.ts";
import type { Matrix } from "./matrix.ts";
import { fromPanels, panelCount, panelSize, toPanels } from "./panels.ts";
import { largestMagnitude, requireFinite, scaleToOne } from "./scaling.ts";

/** A = Q R for A [m, n], k = min(m, n). */
export interface Factored {
  /** [k, n], zero below the diagonal; diagonal of either sign. */
  readonly r: Matrix<Float64Array>;
  /** Q X for X [k, c], giving [m, c]. `isTriangular` promises that X is zero below its diagonal, and saves time. */
  applyQ(x: Matrix, isTriangular?: boolean): Matrix<Float64Array>;
}

/**
 * Factors a matrix.
 * @param where the caller's name, for errors @param a [m, n]
 * @throws RangeError when a is not finite.
 */
export function factorHouseholder(where: string, a: Matrix): Factored {
  requireFinite(where, a);
  const [rows, columns] = a.shape;
  const rank = Math.min(rows, columns);
  const scale = scaleToOne(largestMagnitude(a));
  const { kernels, allocate, view } = openWorkspace();
  const reflectors = allocate(rank * rows);
  const tau = allocate(rank);
  const size = panelSize(rows, columns);
  const input = allocate(size);
  toPanels(view(input, size), rows, a, scale);
  kernels.factor(input, rows, columns, reflectors, rows, tau);
  const r = fromPanels(view(input, size), rows, [rank, columns]);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < columns; j++) r.data[i * columns + j] = j < i ? 0 : r.data[i * columns + j]! / scale;
  }
  const applyQ = (x: Matrix, isTriangular = false) => {
    const width = x.shape[1];
    const panels = allocate(panelSize(rows, width));
    toPanels(view(panels, panelSize(rows, width)), rows, x);
    kernels.applyReflectors(panels, panelCount(width), rows, reflectors, rows, 0, rank, tau, isTriangular);
    return fromPanels(view(panels, panelSize(rows, width)), rows, [rows, width]);
  };
  return { r, applyQ };
}
