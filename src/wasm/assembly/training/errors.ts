// Errors of the walked rows, formed densely: unlike the Gram form of the loss, nothing cancels near zero loss.
// Outputs in float32; squares are summed in float64.
import {
  A, CHUNK, E, Mt, W_in, W_out, W_outT, entries, hVectors, hasMixing, n, nStride, nVectors, outputSums, rowEnds,
  rowSums, rows, stride,
} from "./memory";
import { multiply } from "./chunk";

// @ts-ignore: decorator
@inline
function addScaled(target: usize, source: usize, x: f32, bytes: usize): void {
  const factor = f32x4.splat(x);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(factor, v128.load(source + at))));
  }
}

/** A = relu(z), or |z| for the even part; z = W_in x. */
function hiddenOfRows(begin: usize, end: usize, even: bool): void {
  memory.fill(A, 0, (end - begin) * stride);
  let entry = usize(load<u32>(rowEnds + (begin << 2) - 4));
  for (let r = begin; r < end; r++) {
    const row = A + (r - begin) * stride;
    const last = usize(load<u32>(rowEnds + (r << 2)));
    for (; entry < last; entry++) {
      const x = load<f32>(entries + (entry << 4), 8);
      addScaled(row, W_in + load<u32>(entries + (entry << 4)), x, stride);
    }
    for (let at = row; at < row + stride; at += 16) {
      const z = v128.load(at);
      v128.store(at, even ? f32x4.abs(z) : f32x4.pmax(f32x4.splat(0), z));
    }
  }
}

function transposeReadOut(): void {
  const size = hVectors << 2;
  memory.fill(W_outT, 0, size * nStride);
  for (let i: usize = 0; i < n; i++) {
    for (let j: usize = 0; j < size; j++) {
      store<f32>(W_outT + j * nStride + (i << 2), load<f32>(W_out + i * stride + (j << 2)));
    }
  }
}

/** E −= relu(x) + M x, or |x| for the even part. */
function subtractLabels(begin: usize, end: usize, even: bool): void {
  let entry = usize(load<u32>(rowEnds + (begin << 2) - 4));
  for (let r = begin; r < end; r++) {
    const row = E + (r - begin) * nStride;
    const last = usize(load<u32>(rowEnds + (r << 2)));
    for (; entry < last; entry++) {
      const feature = usize(load<u32>(entries + (entry << 4))) / stride;
      const x = load<f32>(entries + (entry << 4), 8);
      const at = row + (feature << 2);
      if (even || x > 0) store<f32>(at, load<f32>(at) - abs(x));
      if (hasMixing && !even) addScaled(row, Mt + feature * nStride, -x, nStride);
    }
  }
}

function addSquares(begin: usize, end: usize): void {
  let total: f64 = 0;
  let ofSquares: f64 = 0;
  for (let r = begin; r < end; r++) {
    const row = E + (r - begin) * nStride;
    let sum = f64x2.splat(0);
    for (let at: usize = 0; at < nStride; at += 16) {
      const e = v128.load(row + at);
      const first = f64x2.promote_low_f32x4(e);
      const second = f64x2.promote_low_f32x4(v128.shuffle<i32>(e, e, 2, 3, 2, 3));
      const firstSquares = f64x2.mul(first, first);
      const secondSquares = f64x2.mul(second, second);
      sum = f64x2.add(sum, f64x2.add(firstSquares, secondSquares));
      const into = outputSums + (at << 1);
      v128.store(into, f64x2.add(v128.load(into), firstSquares));
      v128.store(into, f64x2.add(v128.load(into, 16), secondSquares), 16);
    }
    const ofRow = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    total += ofRow;
    ofSquares += ofRow * ofRow;
  }
  store<f64>(rowSums, load<f64>(rowSums) + total);
  store<f64>(rowSums, load<f64>(rowSums, 8) + ofSquares, 8);
}

/**
 * Σ ‖e‖², Σ ‖e‖⁴ (rowSums) and Σ e_i² (outputSums) of the walked rows, for e = W_out relu(W_in x) − relu(x) − M x
 * or, even, e = W_out |W_in x| − |x|, which is twice the error's even part.
 */
export function sumErrors(even: bool): void {
  memory.fill(outputSums, 0, nVectors << 5);
  memory.fill(rowSums, 0, 16);
  transposeReadOut();
  for (let begin: usize = 0; begin < rows; begin += CHUNK) {
    const end = min(begin + CHUNK, rows);
    hiddenOfRows(begin, end, even);
    memory.fill(E, 0, (end - begin) * nStride);
    multiply(E, nStride, A, stride, 4, W_outT, nStride, end - begin, hVectors << 2, nVectors);
    subtractLabels(begin, end, even);
    addSquares(begin, end);
  }
}
