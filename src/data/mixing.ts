/**
 * Mixing matrices M of the labels y = relu(x) + M x. Drawn in float64 from the stream `mixing` of the mixing's own
 * seed, so that models of different seeds can share one M; rounded to float32.
 *
 * Every random kind is scaled so that the root mean square of its entries is σ (`std`); the embeddings have 1/√width.
 */
import { combine, type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { qr } from "../numeric/qr.ts";
import { normals, randomStream } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";

type Mixing = Spec["labels"]["mixing"];
type Float64Matrix = Matrix<Float64Array>;

function gaussian(seed: number, rows: number, columns: number): Float64Matrix {
  return matrix(rows, columns, normals(randomStream(seed, "mixing"), rows * columns));
}

const scaled = (factor: number, a: Float64Matrix): Float64Matrix => combine(factor, a, 0, a);

/** The upper triangle, mirrored: every entry has variance 1. */
function mirrored(a: Float64Matrix): Float64Matrix {
  const [n] = a.shape;
  const result = matrix(n, n, a.data);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) result.data[i * n + j] = a.data[j * n + i]!;
  return result;
}

/** (A + Aᵀ)/√2: entries off the diagonal have variance 1, those on it 2. */
function averaged(a: Float64Matrix): Float64Matrix {
  return combine(Math.SQRT1_2, a, Math.SQRT1_2, transpose(a));
}

function withZeroDiagonal(a: Float64Matrix): Float64Matrix {
  const [n] = a.shape;
  const result = matrix(n, n, a.data);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 0;
  return result;
}

/** EᵀE − I for E [width, n] with columns of unit norm: the overlaps of the embedding, zero on the diagonal. */
function overlaps(seed: number, width: number, n: number): Float64Matrix {
  const E = gaussian(seed, width, n);
  for (let j = 0; j < n; j++) {
    let square = 0;
    for (let i = 0; i < width; i++) square += E.data[i * n + j]! * E.data[i * n + j]!;
    for (let i = 0; i < width; i++) E.data[i * n + j]! /= Math.sqrt(square);
  }
  return withZeroDiagonal(multiply(transpose(E), E));
}

/** Q [n, rank] with orthonormal columns, from the QR decomposition of normal numbers. */
const orthonormal = (seed: number, n: number, rank: number): Float64Matrix => qr(gaussian(seed, n, rank)).q;

/** Q D Qᵀ with eigenvalues +1 and −1 in turn. */
function flatSpectrum(seed: number, n: number): Float64Matrix {
  const Q = orthonormal(seed, n, n);
  const signed = Q.data.map((value, at) => ((at % n) % 2 === 0 ? value : -value));
  return multiply(matrix(n, n, signed), transpose(Q));
}

/** A diagonal matrix of normal numbers: its eigenvectors are the features' own axes. */
function axisAligned(seed: number, n: number): Float64Matrix {
  const result = matrix(n, n);
  gaussian(seed, 1, n).data.forEach((value, i) => {
    result.data[i * n + i] = value;
  });
  return result;
}

function checkedFile(file: Matrix | undefined, n: number, path: string): Float64Matrix {
  if (file === undefined) {
    throw new Error(`labels.mixing: need the matrix of ${path}, got none. Read the file and hand it in.`);
  }
  const [rows, columns] = file.shape;
  if (rows !== n || columns !== n) {
    throw new Error(
      `labels.mixing: ${path} must hold a [${n}, ${n}] matrix, got [${rows}, ${columns}]. Set model.features or change the file.`,
    );
  }
  const at = file.data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at >= 0) {
    throw new Error(
      `labels.mixing: ${path} must hold finite float32 numbers, got ${file.data[at]} in row ${Math.floor(at / n)}, column ${at % n}. Mend the file.`,
    );
  }
  return matrix(n, n, file.data);
}

function drawn(
  mixing: Exclude<Mixing, { kind: "none" }>,
  n: number,
  file: Matrix | undefined,
): Float64Matrix {
  switch (mixing.kind) {
    case "symmetric": {
      const a = gaussian(mixing.seed, n, n);
      return scaled(mixing.std, mixing.convention === "mirrored" ? mirrored(a) : averaged(a));
    }
    case "asymmetric":
      return scaled(mixing.std, gaussian(mixing.seed, n, n));
    case "embedding":
      return scaled(-1, overlaps(mixing.seed, mixing.width, n));
    case "embedding-published-sign":
      return overlaps(mixing.seed, mixing.width, n);
    case "low-rank": {
      const Q = orthonormal(mixing.seed, n, mixing.rank);
      return scaled((mixing.std * n) / Math.sqrt(mixing.rank), multiply(Q, transpose(Q)));
    }
    case "flat-spectrum":
      return scaled(mixing.std * Math.sqrt(n), flatSpectrum(mixing.seed, n));
    case "neuron-aligned":
      return scaled(mixing.std * Math.sqrt(n), axisAligned(mixing.seed, n));
    case "file":
      return checkedFile(file, n, mixing.path);
  }
}

/**
 * The mixing matrix of a spec, or null for clean labels.
 *
 * @param features n
 * @param file the content of `mixing.path`, for mixing of kind `file` only
 * @returns [n, n]
 * @throws when the file's matrix is missing, of another size or not finite.
 * @example mixingMatrix(preset("cc-symmetric").labels.mixing, 100)
 */
export function mixingMatrix(mixing: Mixing, features: number, file?: Matrix): Matrix<Float32Array> | null {
  if (mixing.kind === "none") return null;
  const M = drawn(mixing, features, file);
  const kept = "diagonal" in mixing && mixing.diagonal === "zero" ? withZeroDiagonal(M) : M;
  return { data: Float32Array.from(kept.data), shape: [features, features] };
}
