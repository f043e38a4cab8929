/**
 * W_out W_in, the linear part of a bias-free ReLU net, beside the labels' mixing matrix.
 *
 * ½ W_out W_in is exactly the odd part of the output, and ½ (I + 2M) that of the labels (docs/theory/odd-even-split.md),
 * so a net that uses M must copy it: off the diagonal W_out W_in follows M with a slope near 2 (Bhagat et al. 2026,
 * arXiv 2606.14673, measure 1.86), though not entry by entry, since its rank is at most the number of neurons.
 */
import { type Network, requirePlain } from "../evaluate/network.ts";
import { linearMap, oddTarget } from "../evaluate/odd-even-split.ts";
import { type Matrix, matrix, multiply, squaredNorm, transpose } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";
import { fitLine, type LineFit } from "./line-fit.ts";

/** How close one matrix A comes to a target T. */
export interface MatrixComparison {
  /** ⟨A, T⟩ / ‖A‖ ‖T‖, 0 when either is zero */
  readonly cosine: number;
  /** The s that makes ‖A − s T‖ least; 0 when T is zero */
  readonly bestScale: number;
  /** ‖A − T‖² / ‖T‖² */
  readonly residual: number;
}

/** W_out W_in against M and against I + 2M. */
export interface LinearMapComparison {
  /** Entries off the diagonal of W_out W_in as a line in those of M; null when M's do not vary. */
  readonly offDiagonal: LineFit | null;
  /** Diagonal entries of W_out W_in as a line in those of M; null when M's do not vary. */
  readonly diagonal: LineFit | null;
  /** a and b of the best fit W_out W_in ≈ a I + b M over all entries; b is null on clean labels. */
  readonly identityAndMixing: {
    readonly identity: number;
    readonly mixing: number | null;
    readonly residual: number;
  };
  /** Against I + 2M, what the squared error asks of W_out W_in. */
  readonly oddTarget: MatrixComparison;
  /** Against the best approximation of I + 2M that the net's rank allows. */
  readonly bestOfRank: MatrixComparison;
  /** ‖T_h − T‖²/‖T‖² for T = I + 2M and its best approximation T_h: the least `oddTarget.residual` of this width. */
  readonly leastResidual: number;
}

/** Compares the net's linear map with its labels' mixing matrix. */
export function compareLinearMap(network: Network): LinearMapComparison {
  requirePlain("compareLinearMap", network);
  const map = linearMap(network);
  const [neurons, features] = network.W_in.shape;
  const target = oddTarget(network.M, features);
  const truncated = truncate(target, neurons);
  return {
    ...fitsToMixing(map, network.M),
    identityAndMixing: fitIdentityAndMixing(map, network.M),
    oddTarget: compareMatrices(map, target),
    bestOfRank: compareMatrices(map, truncated),
    leastResidual: compareMatrices(truncated, target).residual,
  };
}

/** How close A comes to T, both of one shape. */
export function compareMatrices(a: Matrix, target: Matrix): MatrixComparison {
  const inner = innerProduct(a, target);
  const aa = squaredNorm(a);
  const tt = squaredNorm(target);
  const difference = matrix(
    a.shape[0],
    a.shape[1],
    Float64Array.from(a.data, (v, i) => v - target.data[i]!),
  );
  return {
    cosine: aa === 0 || tt === 0 ? 0 : inner / Math.sqrt(aa * tt),
    bestScale: tt === 0 ? 0 : inner / tt,
    residual: squaredNorm(difference) / tt,
  };
}

/** The best approximation of A with at most `rank` dimensions (Eckart & Young 1936). */
export function truncate(a: Matrix, rank: number): Matrix<Float64Array> {
  const { u, s, v } = svd(a);
  const scaled = transpose(transpose(u));
  for (let i = 0; i < scaled.data.length; i++) {
    const k = i % s.length;
    scaled.data[i]! *= k < rank ? s[k]! : 0;
  }
  return multiply(scaled, transpose(v));
}

function fitsToMixing(map: Matrix, mixing: Matrix | null) {
  if (mixing === null) return { offDiagonal: null, diagonal: null };
  const [size] = map.shape;
  const entries = (onDiagonal: boolean, a: Matrix) =>
    Float64Array.from(a.data.filter((_, i) => (i % (size + 1) === 0) === onDiagonal));
  return {
    offDiagonal: fitLine(entries(false, mixing), entries(false, map)),
    diagonal: fitLine(entries(true, mixing), entries(true, map)),
  };
}

/** Least squares of A on I and M: the 2 × 2 normal equations. */
function fitIdentityAndMixing(map: Matrix, mixing: Matrix | null) {
  const [size] = map.shape;
  const traceA = trace(map);
  const total = squaredNorm(map);
  const relative = (explained: number) => (total === 0 ? 0 : Math.max(0, 1 - explained / total));
  const alone = { identity: traceA / size, mixing: null, residual: relative((traceA * traceA) / size) };
  if (mixing === null) return alone;
  const [traceM, mm, am] = [trace(mixing), squaredNorm(mixing), innerProduct(map, mixing)];
  const determinant = size * mm - traceM * traceM;
  if (!(determinant > 0)) return alone;
  const a = (traceA * mm - am * traceM) / determinant;
  const b = (am * size - traceA * traceM) / determinant;
  return { identity: a, mixing: b, residual: relative(a * traceA + b * am) };
}

function innerProduct(a: Matrix, b: Matrix): number {
  let total = 0;
  for (let i = 0; i < a.data.length; i++) total += a.data[i]! * b.data[i]!;
  return total;
}

function trace(a: Matrix): number {
  let total = 0;
  for (let i = 0; i < a.shape[0]; i++) total += a.data[i * a.shape[1] + i]!;
  return total;
}
