/** The Moore–Penrose pseudoinverse through the singular values, so that rank is decided by size, not by luck. */
import { type Matrix, multiply, transpose } from "./matrix.ts";
import { svd } from "./svd.ts";

/**
 * A⁺ = V diag(1/s) Uᵀ over the singular values above relativeTolerance times the largest; the others count as zero.
 * @param a [m, n] @param relativeTolerance default max(m, n) ε, the rounding error of the singular values
 * @returns [n, m]
 * @throws RangeError when a is not finite, the tolerance is negative or NaN, or 1/s overflows.
 * @example pseudoinverse(matrix(1, 2, [3, 4])).data // [3/25, 4/25]
 */
export function pseudoinverse(
  a: Matrix,
  relativeTolerance: number = Math.max(...a.shape) * 2 ** -52,
): Matrix<Float64Array> {
  if (!(relativeTolerance >= 0)) {
    throw new RangeError(
      `pseudoinverse: relativeTolerance must be 0 or more, got ${relativeTolerance}. Leave it out for the default.`,
    );
  }
  const { u, s, v } = svd(a);
  const cut = relativeTolerance * (s[0] ?? 0);
  const inverse = s.map((value) => (value > cut ? 1 / value : 0));
  if (inverse.includes(Infinity)) {
    throw new RangeError(
      `pseudoinverse: need singular values above 5.6e-309, got ${s.findLast((value) => value > cut)}. Scale the matrix up first.`,
    );
  }
  const scaled = v.data.map((value, at) => value * inverse[at % s.length]!);
  return multiply({ data: scaled, shape: v.shape }, transpose(u));
}
