/** Matrices for tests: reproducible, and independent of the random streams that the tests may be about. */
import { type Matrix, matrix } from "../../src/numeric/matrix.ts";

/** A generator of uniforms in [0, 1): a 32-bit Weyl sequence with a multiplicative finaliser. */
export function uniformsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return ((word ^ (word >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Entries uniform in ±scale. @returns [rows, columns] */
export function randomMatrix(seed: number, rows: number, columns: number, scale = 1): Matrix<Float64Array> {
  const uniform = uniformsOf(seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => scale * (2 * uniform() - 1)),
  );
}
