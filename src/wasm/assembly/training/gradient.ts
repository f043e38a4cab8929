// Gradient of the squared error by the Gram path: neither outputs nor labels are formed.
//   a = relu(W_in x), K = W_outᵀ W_out, G = Σ a aᵀ, S± = Σ x aᵀ over x > 0 and x < 0
//   da = K a − W_outᵀ relu(x) − (W_outᵀ M) x,         dW_in = 2/(Bn) Σ (da ⊙ [a > 0]) xᵀ
//   R = Σ y aᵀ = S₊ + M (S₊ + S₋),                    dW_out = 2/(Bn) (W_out G − R)
// An active feature i with x > 0 adds x (W_outᵀ + W_outᵀ M) e_i to W_outᵀ y, one with x < 0 only x W_outᵀ M e_i:
// the two tables, so that the label costs one row of a table an entry.
import { forwardChunk, gramChunk, mirror, narrowWidth, wideWidth } from "./chunk";
import {
  A, B, CHUNK, G, K, M, Mt, S, W_in, W_out, X, columns, count, dA, dW_in, dW_out, hVectors, hasMixing, n, nStride, rowOf,
  rows, stride, sumOfS, tables, values, words,
} from "./memory";
import { ADD, SET, SUBTRACT, gemm, gemmT, productRows, scatterRows } from "./panels.generated";

function clearSums(): void {
  memory.fill(dW_in, 0, n * stride);
  memory.fill(S, 0, 2 * n * stride);
  memory.fill(G, 0, (hVectors << 2) * stride);
}

function prepare(): void {
  for (let panel: usize = 0; panel < hVectors; panel += 1) {
    // Rows 4·panel … of K, from the diagonal's vector to the right.
    const diagonal = panel << 4;
    gemmT(
      K + (panel << 2) * stride + diagonal, stride, W_out + diagonal, stride, W_out + diagonal, stride,
      4, n, hVectors - panel, SET,
    );
  }
  mirror(K);
  const negative = tables + n * stride;
  if (hasMixing) gemmT(negative, stride, M, nStride, W_out, stride, n, n, hVectors, SET);
  else memory.fill(negative, 0, n * stride);
  for (let at: usize = 0; at < n * stride; at += 16) {
    v128.store(tables + at, f32x4.add(v128.load(W_out + at), v128.load(negative + at)));
  }
}

function finish(): void {
  gemm(dW_out, stride, W_out, stride, G, stride, n, hVectors << 2, hVectors, SET);
  for (let at: usize = 0; at < n * stride; at += 16) {
    const positive = v128.load(S + at);
    v128.store(sumOfS + at, f32x4.add(positive, v128.load(S + n * stride + at)));
    v128.store(dW_out + at, f32x4.sub(v128.load(dW_out + at), positive));
  }
  if (hasMixing) gemmT(dW_out, stride, Mt, nStride, sumOfS, stride, n, n, hVectors, SUBTRACT);
  scale(dW_in);
  scale(dW_out);
}

function scale(gradient: usize): void {
  const factor = f32x4.splat(f32(2.0 / (f64(B) * f64(n))));
  for (let at: usize = 0; at < n * stride; at += 16) {
    v128.store(gradient + at, f32x4.mul(factor, v128.load(gradient + at)));
  }
}

/** dA = K a for the rows of a chunk, over live neurons only. */
function multiplyLive(count: usize): void {
  memory.fill(dA, 0, count * stride);
  for (let word: usize = 0; word < words; word++) {
    for (let panel: usize = 0; panel < hVectors; ) {
      const width = wideWidth(panel);
      productRows(width, count, word, panel);
      panel += width;
    }
  }
}

/** From the walked rows: work follows active entries and live neurons. */
export function gradientOfRows(): void {
  clearSums();
  prepare();
  for (let begin: usize = 0; begin < rows; begin += CHUNK) {
    const end = min(begin + CHUNK, rows);
    forwardChunk(begin, end);
    multiplyLive(end - begin);
    for (let panel: usize = 0; panel < hVectors; ) {
      const width = narrowWidth(panel);
      scatterRows(width, begin, end, panel);
      panel += width;
    }
    gramChunk();
  }
  mirror(G);
  finish();
}

/** Entry of the batch that the next chunk starts with. */
let nextEntry: usize = 0;

/** The inputs of rows before `end` as dense rows: positive parts, then negative parts. */
export function expand(begin: usize, end: usize): void {
  if (begin == 0) nextEntry = 0;
  memory.fill(X, 0, 2 * CHUNK * nStride);
  for (; nextEntry < count; nextEntry++) {
    const row = usize(load<u32>(rowOf + (nextEntry << 2)));
    if (row >= end) return;
    const x = load<f32>(values + (nextEntry << 2));
    const at = X + (row - begin) * nStride + (usize(load<u32>(columns + (nextEntry << 2))) << 2);
    store<f32>(x < 0 ? at + CHUNK * nStride : at, x);
  }
}

function rectify(size: usize): void {
  for (let at: usize = 0; at < size * stride; at += 16) {
    v128.store(A + at, f32x4.pmax(f32x4.splat(0), v128.load(A + at)));
  }
}

function maskDead(size: usize): void {
  for (let at: usize = 0; at < size * stride; at += 16) {
    v128.store(dA + at, v128.and(v128.load(dA + at), f32x4.gt(v128.load(A + at), f32x4.splat(0))));
  }
}

/** From the batch as drawn, by dense panels: pays when most features are active. */
export function gradientOfDenseRows(): void {
  clearSums();
  prepare();
  const negativeX = X + CHUNK * nStride;
  const negativeTable = tables + n * stride;
  const negativeS = S + n * stride;
  for (let begin: usize = 0; begin < B; begin += CHUNK) {
    const size = min(CHUNK, B - begin);
    expand(begin, begin + size);
    gemm(A, stride, X, nStride, W_in, stride, size, n, hVectors, SET);
    gemm(A, stride, negativeX, nStride, W_in, stride, size, n, hVectors, ADD);
    rectify(size);
    gemm(dA, stride, A, stride, K, stride, size, hVectors << 2, hVectors, SET);
    gemm(dA, stride, X, nStride, tables, stride, size, n, hVectors, SUBTRACT);
    if (hasMixing) gemm(dA, stride, negativeX, nStride, negativeTable, stride, size, n, hVectors, SUBTRACT);
    maskDead(size);
    gemmT(S, stride, X, nStride, A, stride, n, size, hVectors, ADD);
    if (hasMixing) gemmT(negativeS, stride, negativeX, nStride, A, stride, n, size, hVectors, ADD);
    gemmT(dW_in, stride, X, nStride, dA, stride, n, size, hVectors, ADD);
    gemmT(dW_in, stride, negativeX, nStride, dA, stride, n, size, hVectors, ADD);
    gemmT(G, stride, A, stride, A, stride, hVectors << 2, size, hVectors, ADD);
  }
  finish();
}
