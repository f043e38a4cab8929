/**
 * Effective rank: exp of the entropy of the singular values, normalised to sum 1 (Roy & Vetterli 2007).
 *
 * Between 1 and the rank; equals the rank when all non-zero singular values are equal. Float64, portable bits.
 */
import { exp, log } from "../numeric/elementary.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";

/** The effective rank of a matrix; 0 for a matrix of zeros. @example effectiveRank(identity(5)) // 5 */
export function effectiveRank(a: Matrix): number {
  return effectiveRankOf(svd(a).s);
}

/** The effective rank that goes with these singular values (any order, none negative). */
export function effectiveRankOf(singularValues: Float64Array): number {
  const total = singularValues.reduce((sum, value) => sum + value, 0);
  if (total === 0) return 0;
  const entropy = singularValues.reduce((sum, value) => sum - xLogX(value / total), 0);
  return exp(entropy);
}

/** x ln x, continued by 0 at x = 0. */
function xLogX(x: number): number {
  return x > 0 ? x * log(x) : 0;
}
