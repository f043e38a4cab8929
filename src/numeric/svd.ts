/**
 * Singular value decomposition in float64, without forming AᵀA: QR where A is not square, Householder bidiagonalisation, then
 * implicit QR (Golub, Kahan 1965; Demmel, Kahan 1990). Computed in WebAssembly, with the same bits on every host.
 *
 * Backward stable: with ε = 2^-52 and N = max(m, n), the error of every singular value, ‖A − U S Vᵀ‖ and |UᵀU − I|, |VᵀV − I| stay
 * below 16 √N ε (times ‖A‖ for the first two; held by the tests). Squaring A would leave √ε instead.
 */
import { factorHouseholder } from "./householder.ts";
import { openWorkspace } from "./kernels.ts";
import { type Matrix, transpose } from "./matrix.ts";
import { gatherColumns, panelSize, positiveSign } from "./panels.ts";
import { largestMagnitude, requireFinite, scaleToOne } from "./scaling.ts";

/** A = U diag(s) Vᵀ. */
export interface SingularValues {
  /** [m, k], orthonormal columns. */
  readonly u: Matrix<Float64Array>;
  /** [k], descending, never negative. */
  readonly s: Float64Array;
  /** [n, k], orthonormal columns. */
  readonly v: Matrix<Float64Array>;
}

/**
 * Singular values and vectors of any matrix. The sign of a pair of vectors is fixed by v: of the entries within one part in a
 * million of its largest magnitude, the first is positive (by u instead where m < n). Within repeated singular values the basis is
 * arbitrary, but always the same one.
 * @param a [m, n]; k = min(m, n)
 * @throws RangeError when a is not finite.
 * @example svd(matrix(2, 2, [0, 2, 1, 0])).s // [2, 1]
 */
export function svd(a: Matrix): SingularValues {
  requireFinite("svd", a);
  const [rows, columns] = a.shape;
  if (rows < columns) {
    const { u, s, v } = svd(transpose(a));
    return { u: v, s, v: u };
  }
  if (rows === columns) return decomposeSquare(a);
  const { r, applyQ } = factorHouseholder("svd", a);
  const { u, s, v } = decomposeSquare(r);
  return { u: applyQ(u), s, v };
}

function decomposeSquare(a: Matrix): SingularValues {
  const n = a.shape[0];
  const scale = scaleToOne(largestMagnitude(a));
  const { values, left, right } = runKernel(a, scale);
  const order = Array.from(values.keys()).sort((i, j) => Math.abs(values[j]!) - Math.abs(values[i]!));
  const signs = order.map((j) => positiveSign(right, n, j));
  const leftSigns = order.map((j, rank) => (values[j]! < 0 ? -signs[rank]! : signs[rank]!));
  return {
    u: gatherColumns(left, n, order, leftSigns),
    s: Float64Array.from(order, (j) => Math.abs(values[j]!) / scale),
    v: gatherColumns(right, n, order, signs),
  };
}

/** The decomposition of scale · A as the kernel leaves it: unordered, the values' signs not yet in the left vectors. */
function runKernel(a: Matrix, scale: number) {
  const n = a.shape[0];
  const stride = n + 2 - (n % 2);
  const size = panelSize(n, n);
  const { kernels, allocate, allocateSweeps, view } = openWorkspace();
  const input = allocate((n + 1) * stride);
  const spare = allocate(Math.max(size, n * stride));
  const [values, left, right] = [allocate(n), allocate(size), allocate(size)];
  const work = allocate(9 * stride);
  const [leftSweeps, rightSweeps] = [allocateSweeps(n), allocateSweeps(n)];
  const padded = view(input, n * stride);
  for (let at = 0; at < a.data.length; at++) {
    padded[Math.floor(at / n) * stride + (at % n)] = scale * a.data[at]!;
  }
  const converged = kernels.singularValues(
    input,
    stride,
    n,
    spare,
    values,
    left,
    right,
    work,
    leftSweeps,
    rightSweeps,
  );
  if (converged === 0) {
    throw new Error(
      `svd: need convergence in 100 sweeps a value, got none for this [${n}, ${n}] matrix. Please report the matrix.`,
    );
  }
  return {
    values: view(values, n).slice(),
    left: view(left, size).slice(),
    right: view(right, size).slice(),
  };
}
