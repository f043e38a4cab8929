/**
 * Eigendecomposition of symmetric matrices in float64: Householder tridiagonalisation, then implicit QR with Wilkinson's
 * shift (Parlett 1980, The Symmetric Eigenvalue Problem). Computed in WebAssembly, with the same bits on every host.
 *
 * Backward stable: with ε = 2^-52, ‖A v − λ v‖ and the error of each λ stay below 16 √n ε ‖A‖, and |VᵀV − I| below
 * 16 √n ε (held by the tests). An eigenvalue far below ε ‖A‖ has no correct digits.
 */
import { openWorkspace } from "./kernels.ts";
import { type Matrix, matrix } from "./matrix.ts";
import { gatherColumns, panelSize, positiveSign } from "./panels.ts";
import { largestMagnitude, requireFinite, scaleToOne } from "./scaling.ts";

/** Rounding may make a product like B S Bᵀ unsymmetric by this share of its largest entry. */
const symmetryTolerance = 2 ** -40;

/** A = V diag(values) Vᵀ. */
export interface SymmetricEigen {
  /** [n], descending. */
  readonly values: Float64Array;
  /** [n, n], column j is the unit eigenvector of values[j]. */
  readonly vectors: Matrix<Float64Array>;
}

/**
 * Eigenvalues, descending, and eigenvectors of a symmetric matrix. The sign of a vector is fixed: of the entries within
 * one part in a million of its largest magnitude, the first is positive. Within a repeated eigenvalue the basis is
 * arbitrary, but always the same one.
 * @param a [n, n]; entries that differ by rounding from their mirror images are averaged with them
 * @throws RangeError when a is not square, not finite or not symmetric.
 * @example symmetricEigen(matrix(2, 2, [2, 1, 1, 2])).values // [3, 1]
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = requireSquare(a);
  requireFinite("symmetricEigen", a);
  const largest = largestMagnitude(a);
  requireSymmetric(a, largest * symmetryTolerance);
  if (n === 0) return { values: new Float64Array(0), vectors: matrix(0, 0) };
  const scale = scaleToOne(largest);
  const { values, panels } = decompose(a, scale);
  const order = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]!);
  const signs = order.map((j) => positiveSign(panels, n, j));
  return {
    values: Float64Array.from(order, (j) => values[j]! / scale),
    vectors: gatherColumns(panels, n, order, signs),
  };
}

/** Eigenvalues and vectors of scale · A as the kernel leaves them: unordered, vectors in panels. */
function decompose(a: Matrix, scale: number): { values: Float64Array; panels: Float64Array } {
  const n = a.shape[0];
  const stride = n + (n % 2);
  const { kernels, allocate, allocateSweeps, view } = openWorkspace();
  const input = allocate(n * stride);
  const values = allocate(n);
  const vectors = allocate(panelSize(n, n));
  const spare = allocate(panelSize(n, n));
  const work = allocate(6 * stride);
  const sweeps = allocateSweeps(n);
  const lower = view(input, n * stride);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      lower[i * stride + j] = 0.5 * scale * a.data[i * n + j]! + 0.5 * scale * a.data[j * n + i]!;
    }
  }
  const converged = kernels.symmetricEigen(input, stride, n, values, vectors, spare, work, sweeps);
  if (converged === 0) {
    throw new Error(
      `symmetricEigen: need convergence in 60 sweeps an eigenvalue, got none for this [${n}, ${n}] matrix. Please report the matrix.`,
    );
  }
  return { values: view(values, n).slice(), panels: view(vectors, panelSize(n, n)) };
}

function requireSquare(a: Matrix): number {
  const [rows, columns] = a.shape;
  if (rows === columns) return rows;
  throw new RangeError(
    `symmetricEigen: need a square matrix, got [${rows}, ${columns}]. Use svd for a rectangular one.`,
  );
}

function requireSymmetric(a: Matrix, tolerance: number): void {
  const n = a.shape[0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [lower, upper] = [a.data[i * n + j]!, a.data[j * n + i]!];
      if (Math.abs(lower - upper) <= tolerance) continue;
      throw new RangeError(
        `symmetricEigen: need a symmetric matrix, got ${lower} at [${i}, ${j}] and ${upper} at [${j}, ${i}]. Average it with its transpose, or use svd.`,
      );
    }
  }
}
