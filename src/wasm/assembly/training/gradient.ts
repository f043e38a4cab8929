// Gradient of the squared error by the Gram path: neither outputs nor labels are formed.
//   a = relu(W_in x), K = W_outᵀ W_out, G = Σ a aᵀ, S± = Σ x aᵀ over x > 0 and x < 0
//   da = K a − W_outᵀ relu(x) − (W_outᵀ M) x,         dW_in = 2/(Bn) Σ (da ⊙ [a > 0]) xᵀ
//   R = Σ y aᵀ = S₊ + M (S₊ + S₋),                    dW_out = 2/(Bn) (W_out G − R)
// An active feature i with x > 0 adds x (W_outᵀ + W_outᵀ M) e_i to W_outᵀ y, one with x < 0 only x W_outᵀ M e_i:
// the two tables, negated, so that the label costs one row of a table an entry. K, the tables, G and S± carry the
// factor 2/(Bn).
import { complete, forwardChunk, gramChunk, markSigns, multiply, multiplyLive, scatterChunk } from "./chunk";
import { multiplyInputs, multiplyTransposedInputs, readInputs, transposeMarks } from "./inputs";
import {
  A, B, CHUNK, G, K, M, Mt, S, W_in, W_out, active, dA, dW_in, dW_out, hVectors, hasMixing, masks, n, nStride, negative,
  positive, rows, stride, sumOfS, tables,
} from "./memory";

function clearSums(): void {
  memory.fill(dW_in, 0, n * stride);
  memory.fill(S, 0, 2 * n * stride);
  memory.fill(G, 0, (hVectors << 2) * stride);
}

// @ts-ignore: decorator
@inline
function meanFactor(): f32 {
  return f32(2.0 / (f64(B) * f64(n)));
}

function prepare(): void {
  const factor = f32x4.splat(meanFactor());
  memory.fill(K, 0, (hVectors << 2) * stride);
  for (let v: usize = 0; v < hVectors; v++) {
    // Rows 4v … of K, from the diagonal's vector to the right.
    const diagonal = v << 4;
    multiply(
      K + (v << 2) * stride + diagonal, stride, W_out + diagonal, 4, stride, W_out + diagonal, stride, 4, n, hVectors - v,
    );
  }
  complete(K, meanFactor());
  const mixed = tables + n * stride;
  memory.fill(mixed, 0, n * stride);
  if (hasMixing) multiply(mixed, stride, M, 4, nStride, W_out, stride, n, n, hVectors);
  for (let at: usize = 0; at < n * stride; at += 16) {
    const minus = f32x4.neg(f32x4.mul(factor, v128.load(mixed + at)));
    v128.store(mixed + at, minus);
    v128.store(tables + at, f32x4.sub(minus, f32x4.mul(factor, v128.load(W_out + at))));
  }
}

function finish(): void {
  const factor = f32x4.splat(meanFactor());
  for (let at: usize = 0; at < n * stride; at += 16) {
    const minus = f32x4.neg(f32x4.mul(factor, v128.load(S + at)));
    v128.store(dW_out + at, minus);
    v128.store(sumOfS + at, f32x4.sub(minus, f32x4.mul(factor, v128.load(S + n * stride + at))));
  }
  if (hasMixing) multiply(dW_out, stride, Mt, 4, nStride, sumOfS, stride, n, n, hVectors);
  multiply(dW_out, stride, W_out, stride, 4, G, stride, n, hVectors << 2, hVectors);
}

/** From the walked rows: work follows active entries and live neurons. */
export function gradientOfRows(): void {
  clearSums();
  prepare();
  for (let begin: usize = 0; begin < rows; begin += CHUNK) {
    const end = min(begin + CHUNK, rows);
    forwardChunk(begin, end);
    multiplyLive(end - begin);
    scatterChunk(begin, end);
    gramChunk();
  }
  complete(G, meanFactor());
  finish();
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

/** From the batch as drawn, by chunks of dense rows: pays when many features are active. */
export function gradientOfDenseRows(): void {
  clearSums();
  prepare();
  for (let begin: usize = 0; begin < B; begin += CHUNK) {
    const size = min(CHUNK, B - begin);
    readInputs(begin, begin + size);
    memory.fill(A, 0, CHUNK * stride);
    memory.fill(dA, 0, CHUNK * stride);
    multiplyInputs(A, active, W_in, size);
    rectify(size);
    markSigns(masks, A, stride, hVectors, false);
    multiplyInputs(dA, positive, tables, size);
    if (hasMixing) multiplyInputs(dA, negative, tables + n * stride, size);
    multiplyLive(size);
    maskDead(size);
    transposeMarks();
    multiplyTransposedInputs(dW_in, stride, active, dA, stride, hVectors);
    multiplyTransposedInputs(S, stride, positive, A, stride, hVectors);
    if (hasMixing) multiplyTransposedInputs(S + n * stride, stride, negative, A, stride, hVectors);
    gramChunk();
  }
  complete(G, meanFactor());
  finish();
}
