// A chunk of walked rows through the network: z = W_in x + b_in (+ what earlier layers add), a = σ₁(z), and a W_outᵀ.
// The form of the weights is that of src/engine/shape.ts, held as memory.ts says.
import { activated } from "./activation";
import { addMarked, markSigns, multiply, widthOf } from "./chunk";
import {
  A, activation, b_in, b_out, C, Ct, E, entries, h, hVectors, layers, m, masks, mStride, mVectors, n, NO_BIAS,
  ofW_out, outputBias, parameters, RELU, rowEnds, stride, W_in, W_out, W_outT, width, Z,
} from "./memory";

import { sumRows } from "./panels.generated";

/** target += x · source, over whole vectors. */
// @ts-ignore: decorator
@inline
export function addScaled(target: usize, source: usize, x: f32, bytes: usize): void {
  const factor = f32x4.splat(x);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(factor, v128.load(source + at))));
  }
}

/** The first entry of a row. */
// @ts-ignore: decorator
@inline
export function firstEntry(row: usize): usize {
  return entries + (usize(load<u32>(rowEnds + (row << 2) - 4)) << 4);
}

/** The end of a row's entries. */
// @ts-ignore: decorator
@inline
export function lastEntry(row: usize): usize {
  return entries + (usize(load<u32>(rowEnds + (row << 2))) << 4);
}

/** Z = W_in x + b_in, which is 0 where there is none, for rows begin … end−1, with −x for x where `sign` is −1. */
export function readRows(begin: usize, end: usize, sign: f32): void {
  for (let panel: usize = 0; panel < hVectors; ) {
    const width = widthOf(hVectors - panel);
    sumRows(width, begin, end, panel, sign);
    panel += width;
  }
}

/** A = σ₁(Z), layer by layer: activations of a layer add to what later ones see. */
export function activateRows(size: usize): void {
  if (layers == 1) {
    for (let at: usize = 0; at < size * stride; at += 16) v128.store(A + at, activated(activation, v128.load(Z + at)));
    return;
  }
  const ofLayer = h / layers;
  for (let r: usize = 0; r < size; r++) {
    const z = Z + r * stride;
    const a = A + r * stride;
    for (let first: usize = 0; first < h; first += ofLayer) {
      // Neurons of this vector that belong to later layers are computed again when their layer comes.
      for (let at = (first >> 2) << 4; at < stride; at += 16) v128.store(a + at, activated(activation, v128.load(z + at)));
      if (first + ofLayer >= h) break;
      for (let j = first; j < first + ofLayer; j++) {
        const value = load<f32>(a + (j << 2));
        if (value != 0) addScaled(z, Ct + j * stride, value, stride);
      }
    }
  }
}

/** Sets to 0 every entry of a matrix [h', h'] but those from a layer, its row, to a later one, its column. */
export function keepLaterLayers(matrix: usize): void {
  const ofLayer = h / layers;
  for (let j: usize = 0; j < hVectors << 2; j++) {
    const later = min(h, (j / ofLayer + 1) * ofLayer);
    memory.fill(matrix + j * stride, 0, later << 2);
  }
}

/** Ct and C from the parameters at their full width. */
function prepareLayers(): void {
  const rows = hVectors << 2;
  const inner = width == 0 ? n : width;
  memory.fill(Ct, 0, rows * stride);
  multiply(Ct, stride, parameters + ofW_out, 4, stride, parameters, stride, rows, inner, hVectors);
  keepLaterLayers(Ct);
  transposeSquare(C, Ct);
}

/** target = sourceᵀ, both [h', h']. */
export function transposeSquare(target: usize, source: usize): void {
  const size = hVectors << 2;
  for (let i: usize = 0; i < size; i++) {
    for (let j: usize = 0; j < size; j++) {
      store<f32>(target + j * stride + (i << 2), load<f32>(source + i * stride + (j << 2)));
    }
  }
}

/** W_outT = W_outᵀ, [h', m']. */
export function transposeReadOut(): void {
  const size = hVectors << 2;
  memory.fill(W_outT, 0, size * mStride);
  for (let i: usize = 0; i < m; i++) {
    for (let j: usize = 0; j < size; j++) {
      store<f32>(W_outT + j * mStride + (i << 2), load<f32>(W_out + i * stride + (j << 2)));
    }
  }
}

/** What the rows of a batch share: once before they are walked, after the weights have changed. */
export function prepareNetwork(): void {
  transposeReadOut();
  if (layers > 1) prepareLayers();
}

/** E = A W_outᵀ + b_out, over live neurons where the others are 0. */
export function readOutRows(size: usize): void {
  if (outputBias == NO_BIAS) memory.fill(E, 0, size * mStride);
  else for (let r: usize = 0; r < size; r++) memory.copy(E + r * mStride, b_out, mStride);
  if (activation != RELU) {
    multiply(E, mStride, A, stride, 4, W_outT, mStride, size, hVectors << 2, mVectors);
    return;
  }
  markSigns(masks, A, stride, hVectors, false);
  for (let word: usize = 0; word << 6 < h; word++) {
    for (let r: usize = 0; r < size; r++) {
      const live = masks + (word << 9) + (r << 3);
      addMarked(E + r * mStride, live, A + r * stride + (word << 8), W_outT + (word << 6) * mStride, mStride, mVectors);
    }
  }
}
