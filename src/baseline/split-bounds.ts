/**
 * Lower bounds of the two parts of the odd/even split. Proofs: docs/theory/odd-even-split.md.
 *
 * Both parts are squared distances to vectors in a space of at most `rank` dimensions (the columns of W_out), so
 * neither can be less than the tail of the eigenvalues of what it approximates:
 *   linear ≥ Σ_{k>h} λ_k((I+2M) E[x xᵀ] (I+2M)ᵀ) / 4np,   which is E v² Σ_{k>h} σ_k²(I+2M) / 4n at equal activity,
 *   even ≥ Σ_{k>h} λ_k(E|x||x|ᵀ) / 4np,   whatever M is.
 */
import { checkMixing } from "../evaluate/label-moment.ts";
import { denseMoment, type Moment, sum, timesMoment } from "../evaluate/moment.ts";
import { density, inputMoments } from "../evaluate/moments.ts";
import { oddTarget, requireSignSymmetry } from "../evaluate/odd-even-split.ts";
import { symmetricEigen } from "../numeric/eigen.ts";
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { type Problem, requireNets } from "./problem.ts";

/** The least linear part of L/p that `neurons` bias-free ReLU neurons can have. @throws on `positive` values. */
export function linearBound(problem: Problem): number {
  requireNets("linearBound", problem);
  const { features, neurons, mixing, distribution } = problem;
  requireSignSymmetry(distribution);
  if (mixing !== null) checkMixing(mixing, features);
  const target = oddTarget(mixing, features);
  const { inputs } = inputMoments(distribution, features);
  const moment = multiply(timesMoment(target, inputs), transpose(target));
  return eigenvalueTail(moment, neurons) / (4 * features * density(distribution, features));
}

/** The least even part of L/p that `neurons` bias-free ReLU neurons can have. @throws on `positive` values. */
export function evenBound(problem: Problem): number {
  requireNets("evenBound", problem);
  const { features, neurons, distribution } = problem;
  requireSignSymmetry(distribution);
  const { absolutes } = inputMoments(distribution, features);
  return momentTail(absolutes, neurons) / (4 * features * density(distribution, features));
}

/** The eigenvalue tail of a moment, in closed form where all features are alike: d + s n w² once, and d otherwise. */
function momentTail(moment: Moment, rank: number): number {
  const { diagonal, vector } = moment;
  const alike = diagonal.every((d) => d === diagonal[0]) && vector.every((w) => w === vector[0]);
  if (!alike) return eigenvalueTail(denseMoment(moment), rank);
  return Math.max(diagonal.length - rank, 0) * Math.max(diagonal[0]!, 0);
}

/**
 * Σ_{k > rank} λ_k of a positive semidefinite matrix, descending: E‖z − P z‖² for the best projector P of that rank.
 * Exactly 0 when `rank` reaches the size; rounding below zero counts as zero.
 */
export function eigenvalueTail(moment: Matrix, rank: number): number {
  if (rank >= moment.shape[0]) return 0;
  const { values } = symmetricEigen(moment);
  return sum(values.slice(rank).map((value) => Math.max(value, 0)));
}
