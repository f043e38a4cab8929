/**
 * Random embeddings E [width, n] with columns of unit norm, drawn in float64 from the stream `mixing` of their own seed:
 * a network's embedding and the mixing kinds `embedding…` of equal seed and width are made of one and the same E.
 */
import { type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { normals, randomStream } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";

/** E in float64, [width, n]. */
export function drawEmbedding(seed: number, width: number, n: number): Matrix<Float64Array> {
  const E = matrix(width, n, normals(randomStream(seed, "mixing"), width * n));
  for (let j = 0; j < n; j++) {
    let square = 0;
    for (let i = 0; i < width; i++) square += E.data[i * n + j]! * E.data[i * n + j]!;
    for (let i = 0; i < width; i++) E.data[i * n + j]! /= Math.sqrt(square);
  }
  return E;
}

/** EᵀE − I for columns of unit norm, so with zeros on the diagonal. @param E [width, n] @returns [n, n] */
export function overlaps(E: Matrix): Matrix<Float64Array> {
  return withZeroDiagonal(multiply(transpose(E), E));
}

/** A copy with zeros on the diagonal. @param a [n, n] */
export function withZeroDiagonal(a: Matrix): Matrix<Float64Array> {
  const [n] = a.shape;
  const result = matrix(n, n, a.data);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 0;
  return result;
}

/** The embedding W_E of a network, [width, features]; null for a network that reads the features themselves. */
export function embeddingMatrix({ embedding, features }: Spec["model"]): Matrix<Float32Array> | null {
  if (embedding.kind === "none") return null;
  const { data, shape } = drawEmbedding(embedding.seed, embedding.width, features);
  return { data: Float32Array.from(data), shape };
}
