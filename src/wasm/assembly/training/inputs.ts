// A chunk of 64 rows of the batch as drawn, as dense rows X with marks of the signs of their elements.
import { addMarked, markSigns, transposeMasks } from "./chunk";
import {
  CHUNK, X, Xt, active, columns, count, featureWords, hVectors, n, nStride, nVectors, negative, positive, rowOf, stride,
  values,
} from "./memory";

/** Entry of the batch that the next chunk starts with. */
let nextEntry: usize = 0;

/** Writes X and its transpose, of which only marked elements are current. Chunks come in order, from row 0. */
function expand(begin: usize, end: usize): void {
  if (begin == 0) nextEntry = 0;
  memory.fill(X, 0, CHUNK * nStride);
  for (; nextEntry < count; nextEntry++) {
    const row = usize(load<u32>(rowOf + (nextEntry << 2)));
    if (row >= end) return;
    const column = usize(load<u32>(columns + (nextEntry << 2)));
    const x = load<f32>(values + (nextEntry << 2));
    store<f32>(X + (row - begin) * nStride + (column << 2), x);
    store<f32>(Xt + (column << 8) + ((row - begin) << 2), x);
  }
}

/** Reads rows begin … end−1, and marks which inputs are positive, negative, and either. */
export function readInputs(begin: usize, end: usize): void {
  expand(begin, end);
  markSigns(positive, X, nStride, nVectors, false);
  markSigns(negative, X, nStride, nVectors, true);
  for (let at: usize = 0; at < featureWords << 9; at += 16) {
    v128.store(active + at, v128.or(v128.load(positive + at), v128.load(negative + at)));
  }
}

/** From one word of marks a row and 64 features, to one a feature: what multiplyTransposedInputs needs. */
export function transposeMarks(): void {
  transposeMasks(positive, 3 * featureWords);
}

/** C += X B over the marked inputs, for C [size, h'] and B [n, h']. */
export function multiplyInputs(c: usize, marks: usize, b: usize, size: usize): void {
  for (let word: usize = 0; word < featureWords; word++) {
    for (let r: usize = 0; r < size; r++) {
      const row = X + r * nStride + (word << 8);
      addMarked(c + r * stride, marks + (word << 9) + (r << 3), row, b + (word << 6) * stride, stride, hVectors);
    }
  }
}

/** C += Xᵀ B over the marked inputs, for C [n, 4·vectors] and B [CHUNK, 4·vectors]. */
export function multiplyTransposedInputs(
  c: usize, cRow: usize, marks: usize, b: usize, bRow: usize, vectors: usize,
): void {
  for (let i: usize = 0; i < n; i++) addMarked(c + i * cRow, marks + (i << 3), Xt + (i << 8), b, bRow, vectors);
}
