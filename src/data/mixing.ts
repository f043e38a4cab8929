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
import { drawEmbedding, overlaps, withZeroDiagonal } from "./embedding.ts";

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

/** A matrix of the caller's. @param path where it is from; null: from code */
function checkedMatrix(M: Matrix, n: number, path: string | null): Float64Matrix {
  const [subject, source] = path === null ? ["the given matrix", "matrix"] : [path, "file"];
  const [rows, columns] = M.shape;
  if (rows !== n || columns !== n) {
    throw new Error(
      `labels.mixing: ${subject} must hold a [${n}, ${n}] matrix, got [${rows}, ${columns}]. Set model.features or change the ${source}.`,
    );
  }
  const at = M.data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at >= 0) {
    throw new Error(
      `labels.mixing: ${subject} must hold finite float32 numbers, got ${M.data[at]} in row ${Math.floor(at / n)}, column ${at % n}. Mend the ${source}.`,
    );
  }
  return matrix(n, n, M.data);
}

function drawn(mixing: Exclude<Mixing, { kind: "none" | "file" }>, n: number): Float64Matrix {
  switch (mixing.kind) {
    case "symmetric": {
      const a = gaussian(mixing.seed, n, n);
      return scaled(mixing.std, mixing.convention === "mirrored" ? mirrored(a) : averaged(a));
    }
    case "asymmetric":
      return scaled(mixing.std, gaussian(mixing.seed, n, n));
    case "embedding":
      return scaled(-1, overlaps(drawEmbedding(mixing.seed, mixing.width, n)));
    case "embedding-published-sign":
      return overlaps(drawEmbedding(mixing.seed, mixing.width, n));
    case "low-rank": {
      const Q = orthonormal(mixing.seed, n, mixing.rank);
      return scaled((mixing.std * n) / Math.sqrt(mixing.rank), multiply(Q, transpose(Q)));
    }
    case "flat-spectrum":
      return scaled(mixing.std * Math.sqrt(n), flatSpectrum(mixing.seed, n));
    case "neuron-aligned":
      return scaled(mixing.std * Math.sqrt(n), axisAligned(mixing.seed, n));
  }
}

/**
 * The mixing matrix of a spec, or null for clean labels; with a learned scale, the one that training starts from.
 *
 * @param features n
 * @param given a matrix [n, n] to use in place of the spec's own; for mixing of kind `file`, what the file holds
 * @returns [n, n]
 * @throws when the matrix of a file is missing, or a given one is of another size or not finite.
 * @example mixingMatrix(preset("cc-symmetric").labels.mixing, 100)
 */
export function mixingMatrix(mixing: Mixing, features: number, given?: Matrix): Matrix<Float32Array> | null {
  if (given !== undefined) {
    return float32(checkedMatrix(given, features, mixing.kind === "file" ? mixing.path : null));
  }
  if (mixing.kind === "none") return null;
  if (mixing.kind === "file") {
    const need = `need the matrix of ${mixing.path}, got none. Read the file and hand it in.`;
    throw new Error(`labels.mixing: ${need}`);
  }
  const M = drawn(mixing, features);
  return float32("diagonal" in mixing && mixing.diagonal === "zero" ? withZeroDiagonal(M) : M);
}

const float32 = ({ data, shape }: Matrix): Matrix<Float32Array> => ({
  data: Float32Array.from(data),
  shape,
});
