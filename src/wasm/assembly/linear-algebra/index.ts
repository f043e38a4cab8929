/**
 * Dense float64 decompositions, SIMD128. Addresses are bytes, chosen by the caller (src/numeric/kernels.ts); vectors live
 * in panels, [panel][row][8]. Entries must be of size about 1: callers scale.
 */
import { identityPanel, reflectPanel, transposePanels } from "./reflectors";
import { applySweeps, Rotation, Sweeps } from "./rotations";
import { diagonalise } from "./symmetric";
import { tridiagonalise } from "./tridiagonal";
import { at, panelWidth } from "./vectors";

/** First free byte of the memory, 16-aligned. */
export function heapStart(): usize {
  return (__heap_base + 15) & ~15;
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
  const panelCount = (n + panelWidth - 1) / panelWidth;
  tridiagonalise(a, stride, n, d, e, tau, at(work, 2 * stride));
  accumulate(spare, panelCount, a, stride, n, tau);
  transposePanels(vectors, spare, n);
  log.panels = vectors;
  log.panelCount = panelCount;
  log.rows = n;
  log.used = 0;
  log.sweeps = 0;
  const converged = diagonalise(d, e, n, log, changetype<Rotation>(at(work, 2 * stride)));
  applySweeps(log);
  return converged;
}
