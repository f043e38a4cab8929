/**
 * Dense float64 decompositions, SIMD128. Addresses are bytes, chosen by the caller (src/numeric/kernels.ts); vectors live
 * in panels, [panel][row][8]. Entries must be of size about 1: callers scale.
 */
import { bidiagonalise } from "./bidiagonal";
import { applyReflectors, identityPanel, reflectPanel, transposePanels } from "./reflectors";
import { applySweeps, openSweeps, Rotation, Sweeps } from "./rotations";
import { diagonaliseBidiagonal } from "./singular";
import { diagonalise } from "./symmetric";
import { tridiagonalise } from "./tridiagonal";
import { at, panelWidth } from "./vectors";

export { multiply } from "./product";
export { applyReflectors, factor } from "./reflectors";

/** First free byte of the memory, 16-aligned. */
export function heapStart(): usize {
  return (__heap_base + 15) & ~15;
}

function panelsFor(columns: i32): i32 {
  return (columns + panelWidth - 1) / panelWidth;
}

/** Q = H_{n−1} … H_1 in panels of columns. Column j meets only the H_k with k > j. */
function accumulate(panels: usize, panelCount: i32, a: usize, stride: i32, n: i32, tau: usize): void {
  for (let p = 0; p < panelCount; p++) {
    const panel = at(panels, p * n * panelWidth);
    identityPanel(panel, n, p * panelWidth);
    for (let k = max(1, p * panelWidth + 1); k < n; k++) {
      reflectPanel(panel, at(a, k * stride), k, load<f64>(at(tau, k)));
    }
  }
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix.
 * @param a [n, stride] lower triangle used, destroyed; stride even, ≥ n
 * @param d [n] eigenvalues, unordered
 * @param vectors panels: row j is the eigenvector of d[j], panel p its components 8p … 8p + 7
 * @param spare like vectors
 * @param work 6 vectors of `stride` numbers
 * @param log an uninitialised Sweeps; pairs, capacity, headers, sweepCapacity set
 * @returns whether it converged
 */
export function symmetricEigen(
  a: usize, stride: i32, n: i32, d: usize, vectors: usize, spare: usize, work: usize, log: Sweeps,
): bool {
  const e = work;
  const tau = at(work, stride);
  const panelCount = panelsFor(n);
  tridiagonalise(a, stride, n, d, e, tau, at(work, 2 * stride));
  accumulate(spare, panelCount, a, stride, n, tau);
  transposePanels(vectors, spare, n);
  openSweeps(log, vectors, n);
  const converged = diagonalise(d, e, n, log, changetype<Rotation>(at(work, 2 * stride)));
  applySweeps(log);
  return converged;
}

/**
 * Singular values and vectors of a square matrix.
 * @param a [n + 1, stride] destroyed, last row and padding zero; stride even, ≥ n + 1
 * @param spare [n, stride], and room for panels
 * @param d [n] singular values, unordered, with signs that belong to the left vectors
 * @param left panels of the left vectors @param right of the right ones, both as in symmetricEigen
 * @param work 9 vectors of `stride` numbers
 * @returns whether it converged
 */
export function singularValues(
  a: usize, stride: i32, n: i32, spare: usize, d: usize, left: usize, right: usize, work: usize,
  leftLog: Sweeps, rightLog: Sweeps,
): bool {
  const e = work;
  const tauLeft = at(work, stride);
  const tauRight = at(work, 2 * stride);
  bidiagonalise(a, stride, n, spare, d, e, tauLeft, tauRight, at(work, 3 * stride));
  // The right panels serve as room for the left columns, and the left reflectors' room for the right columns.
  columnsOf(right, n, spare, stride, 0, n, tauLeft);
  transposePanels(left, right, n);
  columnsOf(spare, n, a, stride, 1, n - 1, tauRight);
  transposePanels(right, spare, n);
  openSweeps(leftLog, left, n);
  openSweeps(rightLog, right, n);
  const scratch = changetype<Rotation>(at(work, 3 * stride));
  const converged = diagonaliseBidiagonal(d, e, n, leftLog, rightLog, scratch);
  applySweeps(leftLog);
  applySweeps(rightLog);
  return converged;
}

/** The product of reflectors as a matrix, in panels of columns. */
function columnsOf(
  panels: usize, n: i32, reflectors: usize, stride: i32, offset: i32, count: i32, tau: usize,
): void {
  for (let p = 0; p < panelsFor(n); p++) identityPanel(at(panels, p * n * panelWidth), n, p * panelWidth);
  applyReflectors(panels, panelsFor(n), n, reflectors, stride, offset, count, tau, true);
}
