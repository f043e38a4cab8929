/**
 * The point of a subspace that is nearest in a q-norm, q ≥ 2: min_v Σ_k |t_k − (B v)_k|^q, by damped Newton steps.
 *
 * With e = t − B v, ψ = |e|^{q−1} sign e and W = |e|^{q−2}, the step is (Bᵀ W B)⁻¹ Bᵀ ψ / (q − 1). The problem is
 * convex, and each answer carries its own proof: z = ψ − B Bᵀ ψ is orthogonal to the subspace, so by Hölder
 * ‖t − B v‖_q ≥ ⟨z, t⟩ / ‖z‖_q' for every v, 1/q + 1/q' = 1. Derived in docs/theory/lq-certificates.md.
 */
import { pow } from "./elementary.ts";
import { type Matrix, matrix } from "./matrix.ts";
import { absolutePower } from "./power.ts";
import { svd } from "./svd.ts";

/** The nearest point that was found, and a proof of how near it is. */
export interface NearestPoint {
  /** v, coordinates of the point in the basis, [dimensions] */
  readonly coordinates: Float64Array;
  /** e = t − B v, [rows] */
  readonly residual: Float64Array;
  /** ‖e‖_q: no less than the distance. */
  readonly distance: number;
  /** No more than the distance, whatever the steps did, but for rounding. */
  readonly lowerBound: number;
  readonly steps: number;
}

/** Steps stop when the relative gap between `distance` and `lowerBound` is below this. */
const smallGap = 1e-10;
const mostSteps = 200;
/** Share of the mean diagonal that is added to Bᵀ W B, which is singular where most of e is 0. */
const ridge = 1e-13;

/**
 * The distance of t from the span of B's columns in the q-norm.
 *
 * @param basis B, [rows, dimensions], orthonormal columns
 * @param target t, [rows]
 * @param exponent q ≥ 2
 * @throws RangeError when q < 2, or the sizes differ.
 */
export function distanceToSpan(basis: Matrix, target: ArrayLike<number>, exponent: number): NearestPoint {
  checkArguments(basis, target, exponent);
  const power = absolutePower(exponent);
  let coordinates = project(basis, target);
  let residual = subtractImage(target, basis, coordinates);
  let total = sumOf(residual, power);
  let bound = 0;
  let steps = 0;
  for (; steps < mostSteps; steps++) {
    const distance = pow(total, 1 / exponent);
    bound = Math.max(bound, dualBound(basis, target, residual, exponent));
    if (distance - bound <= smallGap * distance) break;
    const next = lineSearch(coordinates, newtonStep(basis, residual, exponent), (v) =>
      sumOf(subtractImage(target, basis, v), power),
    );
    if (!(next.total < total)) break;
    ({ coordinates, total } = next);
    residual = subtractImage(target, basis, coordinates);
  }
  const distance = pow(total, 1 / exponent);
  return { coordinates, residual, distance, lowerBound: Math.min(bound, distance), steps };
}

/** Orthonormal columns that span those of a matrix, up to its rounding error. @param a [m, n] @returns [m, rank] */
export function orthonormalBasis(a: Matrix): Matrix<Float64Array> {
  const { u, s } = svd(a);
  const [rows, columns] = u.shape;
  const least = Math.max(...a.shape) * 2 ** -52 * (s[0] ?? 0);
  const rank = s.filter((value) => value > least).length;
  const basis = matrix(rows, rank);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rank; k++) basis.data[i * rank + k] = u.data[i * columns + k]!;
  }
  return basis;
}

function checkArguments({ shape: [rows] }: Matrix, target: ArrayLike<number>, exponent: number): void {
  if (!(exponent >= 2 && exponent < Infinity)) {
    throw new RangeError(
      `distanceToSpan: need an exponent from 2, got ${exponent}. Below it, bounds differ.`,
    );
  }
  if (target.length !== rows) {
    throw new RangeError(
      `distanceToSpan: need a target of ${rows} numbers, one a row of the basis, got ${target.length}. Transpose the basis?`,
    );
  }
}

/** Bᵀ t. */
function project({ data, shape: [rows, columns] }: Matrix, t: ArrayLike<number>): Float64Array {
  const result = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) result[k]! += data[i * columns + k]! * t[i]!;
  }
  return result;
}

/** t − B v. */
function subtractImage(t: ArrayLike<number>, { data, shape }: Matrix, v: Float64Array): Float64Array {
  const columns = shape[1];
  return Float64Array.from(t, (value, i) => {
    let rest = value;
    for (let k = 0; k < columns; k++) rest -= data[i * columns + k]! * v[k]!;
    return rest;
  });
}

function sumOf(values: Float64Array, of: (value: number) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}

/** ψ = |e|^{q−1} sign e, the direction in which the loss grows. */
function slopes(residual: Float64Array, exponent: number): Float64Array {
  const power = absolutePower(exponent - 1);
  return residual.map((e) => Math.sign(e) * power(e));
}

/** ⟨z, t⟩ / ‖z‖_q' for the part z of ψ that is orthogonal to B. */
function dualBound(
  basis: Matrix,
  target: ArrayLike<number>,
  residual: Float64Array,
  exponent: number,
): number {
  const psi = slopes(residual, exponent);
  const z = subtractImage(psi, basis, project(basis, psi));
  const inner = z.reduce((total, value, i) => total + value * target[i]!, 0);
  const dual = exponent / (exponent - 1);
  const norm = pow(sumOf(z, absolutePower(dual)), 1 / dual);
  return norm > 0 ? Math.max(0, inner / norm) : 0;
}

function newtonStep(basis: Matrix, residual: Float64Array, exponent: number): Float64Array {
  const weights = residual.map(absolutePower(exponent - 2));
  const gradient = project(basis, slopes(residual, exponent));
  const step = solvePositive(weightedGram(basis, weights), gradient);
  return step.map((value) => value / (exponent - 1));
}

/** Bᵀ W B with a ridge, lower triangle, [k, k]. */
function weightedGram({ data, shape: [rows, k] }: Matrix, weights: Float64Array): Float64Array {
  const gram = new Float64Array(k * k);
  for (let i = 0; i < rows; i++) {
    for (let a = 0; a < k; a++) {
      const scaled = weights[i]! * data[i * k + a]!;
      for (let b = 0; b <= a; b++) gram[a * k + b]! += scaled * data[i * k + b]!;
    }
  }
  let trace = 0;
  for (let a = 0; a < k; a++) trace += gram[a * k + a]!;
  for (let a = 0; a < k; a++) gram[a * k + a]! += (ridge * trace) / k;
  return gram;
}

/** A⁻¹ b for a positive definite A given by its lower triangle, by Cholesky's decomposition in place. */
function solvePositive(a: Float64Array, b: Float64Array): Float64Array {
  const k = b.length;
  const x = b.slice();
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let value = a[i * k + j]!;
      for (let l = 0; l < j; l++) value -= a[i * k + l]! * a[j * k + l]!;
      // A pivot that rounding has made negative belongs to a direction that does not matter: it is not walked.
      a[i * k + j] = i === j ? (value > 0 ? Math.sqrt(value) : Infinity) : value / a[j * k + j]!;
    }
    for (let l = 0; l < i; l++) x[i]! -= a[i * k + l]! * x[l]!;
    x[i]! /= a[i * k + i]!;
  }
  for (let i = k - 1; i >= 0; i--) {
    for (let l = i + 1; l < k; l++) x[i]! -= a[l * k + i]! * x[l]!;
    x[i]! /= a[i * k + i]!;
  }
  return x;
}

/** The first of the steps 1, ½, ¼ … that lowers the total; the smallest, if none does. */
function lineSearch(from: Float64Array, step: Float64Array, totalAt: (v: Float64Array) => number) {
  const start = totalAt(from);
  let coordinates = from;
  let total = start;
  for (let share = 1; share > 1e-9 && !(total < start); share /= 2) {
    coordinates = from.map((value, k) => value + share * step[k]!);
    total = totalAt(coordinates);
  }
  return { coordinates, total };
}
