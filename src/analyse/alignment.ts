/**
 * Which directions the net's linear map W_out W_in keeps: cosines along eigenvectors and singular vectors.
 *
 * Trained nets live in the top-h eigenspace of Σ_y = E[y yᵀ] (for a symmetric M nearly that of M): Bhagat et al. 2026
 * (arXiv 2606.14673) find cos(v, W_out W_in v) ≈ .98 for the first 35 of 100 eigenvectors and ≤ .3 past the 60th.
 */
import { labelSecondMoment } from "../evaluate/label-moment.ts";
import type { InputDistribution } from "../evaluate/moments.ts";
import { type Network, requirePlain } from "../evaluate/network.ts";
import { linearMap, oddTarget } from "../evaluate/odd-even-split.ts";
import { symmetricEigen } from "../numeric/eigen.ts";
import { combine, identity, type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";

/** One basis, strongest direction first. */
export interface Alignment {
  /** Eigenvalues or singular values, descending, [features] */
  readonly values: Float64Array;
  /** cos(u_k, W_out W_in v_k), with u_k = v_k for eigenvectors; 0 where W_out W_in v_k = 0, [features] */
  readonly cosines: Float64Array;
  /** u_kᵀ W_out W_in v_k for unit vectors: to be compared with the singular values, [features] */
  readonly gains: Float64Array;
}

/** The net's linear map in the four bases that the labels suggest; those of M are null on clean labels. */
export interface Alignments {
  /** Eigenvectors of Σ_y. On clean labels all but one eigenvalue coincide, and so the basis is arbitrary. */
  readonly labels: Alignment;
  /** Eigenvectors of (M + Mᵀ)/2. */
  readonly mixing: Alignment | null;
  /** Singular vectors of I + M. */
  readonly identityPlusMixing: Alignment | null;
  /** Singular vectors of I + 2M, what the linear part of the loss compares W_out W_in with. */
  readonly oddTarget: Alignment | null;
}

/** Aligns W_out W_in with the eigenvectors and singular vectors of the labels of a distribution. */
export function alignments(network: Network, distribution: InputDistribution): Alignments {
  requirePlain("alignments", network);
  const { M } = network;
  const features = network.W_in.shape[1];
  const map = linearMap(network);
  const labels = alignWithEigenvectors(map, labelSecondMoment(M, distribution, features));
  if (M === null) return { labels, mixing: null, identityPlusMixing: null, oddTarget: null };
  return {
    labels,
    mixing: alignWithEigenvectors(map, combine(0.5, M, 0.5, transpose(M))),
    identityPlusMixing: alignWithSingularVectors(map, combine(1, identity(features), 1, M)),
    oddTarget: alignWithSingularVectors(map, oddTarget(M, features)),
  };
}

/** cos(v_k, A v_k) for the eigenvectors v_k of a symmetric matrix. @param map A, [n, n] @param symmetric [n, n] */
export function alignWithEigenvectors(map: Matrix, symmetric: Matrix): Alignment {
  const { values, vectors } = symmetricEigen(symmetric);
  return { values, ...alignColumns(vectors, map, vectors) };
}

/** cos(u_k, A v_k) for the singular vectors u_k, v_k of a target. @param map A, [n, n] @param target [n, n] */
export function alignWithSingularVectors(map: Matrix, target: Matrix): Alignment {
  const { u, s, v } = svd(target);
  return { values: s, ...alignColumns(u, map, v) };
}

/** For every column k of unit vectors u and v: the cosine and the product of u_k and A v_k. */
function alignColumns(u: Matrix, map: Matrix, v: Matrix): { cosines: Float64Array; gains: Float64Array } {
  const [rows, columns] = u.shape;
  const image = multiply(map, v);
  const gains = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      const value = image.data[i * columns + k]!;
      gains[k]! += u.data[i * columns + k]! * value;
      squares[k]! += value * value;
    }
  }
  const cosines = gains.map((gain, k) => (squares[k] === 0 ? 0 : gain / Math.sqrt(squares[k]!)));
  return { cosines, gains };
}
