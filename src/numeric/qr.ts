/** QR decomposition, A = Q R with orthonormal columns in Q and R upper triangular. Householder; limits in householder.ts. */
import { factorHouseholder } from "./householder.ts";
import { identity, type Matrix } from "./matrix.ts";

/**
 * The reduced QR decomposition of any matrix, with a diagonal of R that is never negative (so it is unique where A has full
 * rank). |QᵀQ − I| and ‖A − Q R‖/‖A‖ stay below 16 √max(m, n) ε, also where A has not full rank.
 * @param a [m, n] @returns q [m, k], r [k, n] with k = min(m, n)
 * @throws RangeError when a is not finite.
 * @example qr(matrix(2, 1, [3, 4])).r.data[0] // 5
 */
export function qr(a: Matrix): { q: Matrix<Float64Array>; r: Matrix<Float64Array> } {
  const { r, applyQ } = factorHouseholder("qr", a);
  const [rank, columns] = r.shape;
  const q = applyQ(identity(rank), true);
  for (let k = 0; k < rank; k++) {
    if (!(r.data[k * columns + k]! < 0)) continue;
    for (let j = k; j < columns; j++) r.data[k * columns + j] = -r.data[k * columns + j]! + 0;
    for (let i = k; i < q.data.length; i += rank) q.data[i] = -q.data[i]! + 0;
  }
  return { q, r };
}
