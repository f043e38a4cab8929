// A trained scale σ of the labels, y = relu(x) + (F + σ T) x: M = F + σ T before a step, and dL/dσ after it.
//   dL/dσ = −2/(Bn) ⟨T, Σ e xᵀ⟩,   Σ e xᵀ = W_out Σ a xᵀ − Σ relu(x) xᵀ − M Σ x xᵀ
// The last two terms are a product of Q± = Σ x± xᵀ, by the sign of the feature in the row of Q, with fixed matrices:
//   ⟨T, Σ relu(x) xᵀ⟩ = ⟨T, Q₊⟩,   ⟨T, M Σ x xᵀ⟩ = ⟨FᵀT + σ TᵀT, Q₊ + Q₋⟩
// so that a step costs one product of matrices, TᵀW_out. Collapsing rows keeps Σ x², and with it Q.
import { multiply } from "./chunk";
import { multiplyTransposedInputs, readInputs, transposeMarks } from "./inputs";
import {
  B, CHUNK, F, Ft, FtT, M, Mt, Q, T, TW, Tt, TtT, W_out, X, entries, hVectors, n, nStride, nVectors, negative, positive,
  rowEnds, rows, stride, sumOfS,
} from "./memory";

// @ts-ignore: decorator
@inline
function addScaled(into: usize, fixed: usize, scaled: usize, sigma: f32): void {
  const factor = f32x4.splat(sigma);
  for (let at: usize = 0; at < n * nStride; at += 16) {
    v128.store(into + at, f32x4.add(v128.load(fixed + at), f32x4.mul(factor, v128.load(scaled + at))));
  }
}

/** M = F + σ T, and its transpose. */
export function mix(sigma: f64): void {
  addScaled(M, F, T, f32(sigma));
  addScaled(Mt, Ft, Tt, f32(sigma));
}

/** What does not change with σ; once, after F and T are written. */
export function prepareScale(): void {
  memory.fill(FtT, 0, n * nStride);
  memory.fill(TtT, 0, n * nStride);
  multiply(FtT, nStride, F, 4, nStride, T, nStride, n, n, nVectors);
  multiply(TtT, nStride, T, 4, nStride, T, nStride, n, n, nVectors);
}

/** Q₊ and Q₋ from the walked rows. */
function momentsOfRows(): void {
  memory.fill(Q, 0, 2 * n * nStride);
  for (let r: usize = 0; r < rows; r++) {
    const first = entries + (usize(load<u32>(rowEnds + (r << 2) - 4)) << 4);
    const last = entries + (usize(load<u32>(rowEnds + (r << 2))) << 4);
    for (let i = first; i < last; i += 16) {
      const x = load<f32>(i, 8);
      const row = Q + (usize(load<u32>(i, 12)) + (x < 0 ? n : 0)) * nStride;
      for (let k = first; k < last; k += 16) {
        const at = row + (usize(load<u32>(k, 12)) << 2);
        store<f32>(at, load<f32>(at) + x * load<f32>(k, 8));
      }
    }
  }
}

/** Q₊ and Q₋ from the batch as drawn, by chunks of dense rows. */
function momentsOfDenseRows(): void {
  memory.fill(Q, 0, 2 * n * nStride);
  for (let begin: usize = 0; begin < B; begin += CHUNK) {
    readInputs(begin, min(begin + CHUNK, B));
    transposeMarks();
    multiplyTransposedInputs(Q, nStride, positive, X, nStride, nVectors);
    multiplyTransposedInputs(Q + n * nStride, nStride, negative, X, nStride, nVectors);
  }
}

/** Σ a b over `bytes` of float32, in float64. */
function dot(a: usize, b: usize, bytes: usize): f64 {
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const u = v128.load(a + at);
    const v = v128.load(b + at);
    sum = f64x2.add(sum, f64x2.mul(f64x2.promote_low_f32x4(u), f64x2.promote_low_f32x4(v)));
    const uHigh = f64x2.promote_low_f32x4(v128.shuffle<i32>(u, u, 2, 3, 2, 3));
    const vHigh = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.mul(uHigh, vHigh));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** dL/dσ, right after the gradient of the weights, whose sums of x aᵀ it reads. */
export function gradientOfScale(sigma: f64, dense: bool): f64 {
  if (dense) momentsOfDenseRows();
  else momentsOfRows();
  const size = n * nStride;
  const negativeQ = Q + size;
  memory.fill(TW, 0, n * stride);
  multiply(TW, stride, T, 4, nStride, W_out, stride, n, n, hVectors);
  // sumOfS carries −2/(Bn) already.
  const ofOutputs = dot(TW, sumOfS, n * stride);
  const ofFixed = dot(FtT, Q, size) + dot(FtT, negativeQ, size);
  const ofScaled = dot(TtT, Q, size) + dot(TtT, negativeQ, size);
  const ofLabels = dot(T, Q, size) + ofFixed + sigma * ofScaled;
  return ofOutputs + (2 / (f64(B) * f64(n))) * ofLabels;
}
