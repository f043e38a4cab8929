// Gradient of any loss of any network of the spec, from dense outputs of the walked rows. Exponents, weights and labels
// are in outputs.ts, the way forward in network.ts; here is the way back:
//   dW_out += g aᵀ, db_out += g;  dz = (W_outᵀ g + λ sign a, and Cᵀ dz of later layers) ⊙ σ₁′(z);  dW_in += dz xᵀ, db_in += dz
import { timesSign, timesSlope } from "./activation";
import { addMarked, multiply, transposeMasks, widthOf } from "./chunk";
import {
  A, activation, At, B, C, CHUNK, dA, db_in, db_out, dC, dCt, dW_in, dW_out, dW_outT, E, emptyRows, Et, exponent,
  gradients, h, hiddenBias, hVectors, l1, layers, LEARNED_BIAS, m, masks, mStride, mVectors, n, ofW_out, onesWeight,
  outputActivation, outputBias, outputMasks, outputWords, parameters, RELU, rows, stride, W_out, W_outT, weightBytes,
  width, words, Z,
} from "./memory";
import {
  activateRows, addScaled, keepLaterLayers, prepareNetwork, readOutRows, readRows, transposeSquare,
} from "./network";
import {
  activateOutputs, differentiateErrors, keepLabels, scaleTerm, subtractLabels, throughOutputs,
} from "./outputs";
import { spreadRows } from "./panels.generated";
import { setPower } from "./power";

/** −dL/dσ of the last gradient. */
export let ofScale: f64 = 0;

/** E = ŷ − y for rows begin … end−1. */
export function errorsOfChunk(begin: usize, end: usize, sign: f32): void {
  readRows(begin, end, sign);
  activateRows(end - begin);
  readOutRows(end - begin);
  activateOutputs(end - begin);
  if (onesWeight == 1) subtractLabels(E, begin, end, sign);
  else keepLabels(begin, end, sign);
}

/** target [columns, CHUNK] = sourceᵀ for source [CHUNK, columns], four by four. */
function transposeRows(target: usize, source: usize, rowBytes: usize): void {
  for (let r: usize = 0; r < CHUNK; r += 4) {
    const row = source + r * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const a = v128.load(row + at);
      const b = v128.load(row + rowBytes + at);
      const c = v128.load(row + 2 * rowBytes + at);
      const d = v128.load(row + 3 * rowBytes + at);
      const abLow = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const abHigh = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cdLow = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const cdHigh = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const into = target + (at << 6) + (r << 2);
      v128.store(into, v128.shuffle<i32>(abLow, cdLow, 0, 1, 4, 5));
      v128.store(into, v128.shuffle<i32>(abLow, cdLow, 2, 3, 6, 7), CHUNK << 2);
      v128.store(into, v128.shuffle<i32>(abHigh, cdHigh, 0, 1, 4, 5), CHUNK << 3);
      v128.store(into, v128.shuffle<i32>(abHigh, cdHigh, 2, 3, 6, 7), 3 * (CHUNK << 2));
    }
  }
}

/** Rows of a chunk past its last are 0. */
function clearRest(size: usize): void {
  memory.fill(A + size * stride, 0, (CHUNK - size) * stride);
  memory.fill(E + size * mStride, 0, (CHUNK - size) * mStride);
}

/** Marks of outputs whose gradient is not 0, [outputWords, CHUNK]. */
function markOutputs(): void {
  for (let r: usize = 0; r < CHUNK; r++) {
    for (let word: usize = 0; word < outputWords; word++) {
      let bits: u64 = 0;
      const last = min(mVectors, (word + 1) << 4);
      for (let v = last; v > word << 4; ) {
        v--;
        const g = v128.load(E + r * mStride + (v << 4));
        bits = (bits << 4) | u64(i32x4.bitmask(f32x4.ne(g, f32x4.splat(0))));
      }
      store<u64>(outputMasks + (word << 9) + (r << 3), bits);
    }
  }
}

/** dA = W_outᵀ g and dW_out += g aᵀ, over the outputs with a gradient: a rectified output has one where it is above 0. */
function backThroughLiveOutputs(size: usize): void {
  markOutputs();
  for (let word: usize = 0; word < outputWords; word++) {
    for (let r: usize = 0; r < size; r++) {
      const mark = outputMasks + (word << 9) + (r << 3);
      addMarked(dA + r * stride, mark, E + r * mStride + (word << 8), W_out + (word << 6) * stride, stride, hVectors);
    }
  }
  transposeRows(Et, E, mStride);
  transposeMasks(outputMasks, outputWords);
  for (let i: usize = 0; i < m; i++) {
    addMarked(dW_out + i * stride, outputMasks + (i << 3), Et + (i << 8), A, stride, hVectors);
  }
}

/** The same over all outputs. */
function backThroughOutputs(size: usize): void {
  multiply(dA, stride, E, mStride, 4, W_out, stride, size, m, hVectors);
  multiply(dW_out, stride, E, 4, mStride, A, stride, m, size, hVectors);
}

/** Four sums side by side, from four vectors of parts. */
// @ts-ignore: decorator
@inline
function addAcross(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

/** d_j = Σ_i g_i W_out[i, j] for the live neurons of a word of the mask, four at a time. */
function backToLive(live: u64, g: usize, weights: usize, d: usize): void {
  const end = g + mStride;
  let bits = live;
  while (bits != 0) {
    // Past the last, the last again.
    const j0 = usize(ctz(bits));
    bits &= bits - 1;
    const j1 = bits != 0 ? usize(ctz(bits)) : j0;
    bits &= bits - 1;
    const j2 = bits != 0 ? usize(ctz(bits)) : j1;
    bits &= bits - 1;
    const j3 = bits != 0 ? usize(ctz(bits)) : j2;
    bits &= bits - 1;
    let w0 = weights + j0 * mStride;
    let w1 = weights + j1 * mStride;
    let w2 = weights + j2 * mStride;
    let w3 = weights + j3 * mStride;
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    for (let at = g; at < end; at += 16) {
      const part = v128.load(at);
      sum0 = f32x4.add(sum0, f32x4.mul(part, v128.load(w0)));
      sum1 = f32x4.add(sum1, f32x4.mul(part, v128.load(w1)));
      sum2 = f32x4.add(sum2, f32x4.mul(part, v128.load(w2)));
      sum3 = f32x4.add(sum3, f32x4.mul(part, v128.load(w3)));
      w0 += 16;
      w1 += 16;
      w2 += 16;
      w3 += 16;
    }
    const sums = addAcross(sum0, sum1, sum2, sum3);
    v128.store32_lane(d + (j0 << 2), sums, 0);
    v128.store32_lane(d + (j1 << 2), sums, 1);
    v128.store32_lane(d + (j2 << 2), sums, 2);
    v128.store32_lane(d + (j3 << 2), sums, 3);
  }
}

/** The same over live neurons: the slope of the others is 0, and so is their part in dW_out. */
function backToLiveNeurons(size: usize): void {
  for (let word: usize = 0; word < words; word++) {
    for (let r: usize = 0; r < size; r++) {
      const live = load<u64>(masks + (word << 9) + (r << 3));
      backToLive(live, E + r * mStride, W_outT + (word << 6) * mStride, dA + r * stride + (word << 8));
    }
  }
  transposeRows(At, A, stride);
  transposeMasks(masks, words);
  for (let j: usize = 0; j < h; j++) {
    addMarked(dW_outT + j * mStride, masks + (j << 3), At + (j << 8), E, mStride, mVectors);
  }
}

/** dA += λ share sign(a) */
function addPenalty(size: usize, emptyRow: usize): void {
  const share = l1 / f32(B);
  for (let r: usize = 0; r < size; r++) {
    const factor = f32x4.splat(r == emptyRow ? share * f32(emptyRows) : share);
    for (let at = r * stride; at < (r + 1) * stride; at += 16) {
      v128.store(dA + at, f32x4.add(v128.load(dA + at), timesSign(factor, v128.load(A + at))));
    }
  }
}

/** dA = dz, from the last layer back. */
function throughHidden(size: usize): void {
  const ofLayer = h / layers;
  for (let r: usize = 0; r < size; r++) {
    const d = dA + r * stride;
    for (let first = h - ofLayer; first > 0; first -= ofLayer) {
      for (let j = first; j < first + ofLayer; j++) {
        const lanes = (j >> 2) << 4;
        const dz = timesSlope(activation, v128.load(d + lanes), v128.load(Z + r * stride + lanes));
        store<v128>(Scratch, dz);
        addScaled(d, C + j * stride, load<f32>(Scratch + ((j & 3) << 2)), stride);
      }
    }
  }
  for (let at: usize = 0; at < size * stride; at += 16) {
    v128.store(dA + at, timesSlope(activation, v128.load(dA + at), v128.load(Z + at)));
  }
}

/** A vector whose lanes are read by index. */
const Scratch: usize = memory.data(16, 16);

/** dW_in += dz xᵀ, db_in += dz, db_out += g */
function scatterRows(begin: usize, end: usize): void {
  const size = end - begin;
  for (let panel: usize = 0; panel < hVectors; ) {
    const width = widthOf(hVectors - panel);
    spreadRows(width, begin, end, panel);
    panel += width;
  }
  if (hiddenBias == LEARNED_BIAS) for (let r: usize = 0; r < size; r++) addScaled(db_in, dA + r * stride, 1, stride);
  if (outputBias == LEARNED_BIAS) for (let r: usize = 0; r < size; r++) addScaled(db_out, E + r * mStride, 1, mStride);
}

/** What C's gradient gives those of the parameters: dW_in += W_out dC, dW_out += W_in dCᵀ at full width. */
function finishLayers(): void {
  keepLaterLayers(dCt);
  transposeSquare(dC, dCt);
  const inner = hVectors << 2;
  const wide = width == 0 ? n : width;
  multiply(gradients, stride, parameters + ofW_out, stride, 4, dCt, stride, wide, inner, hVectors);
  multiply(gradients + ofW_out, stride, parameters, stride, 4, dC, stride, wide, inner, hVectors);
}

function finishReadOut(): void {
  for (let i: usize = 0; i < m; i++) {
    for (let j: usize = 0; j < h; j++) {
      const at = dW_out + i * stride + (j << 2);
      store<f32>(at, load<f32>(at) + load<f32>(dW_outT + j * mStride + (i << 2)));
    }
  }
}

/** The gradients of the weights that the rows meet; those between layers wait for {@link addLayers}. */
export function gradientOfGeneralRows(isScaled: bool): void {
  memory.fill(dW_in, 0, weightBytes);
  memory.fill(dW_outT, 0, (hVectors << 2) * mStride);
  if (layers > 1) memory.fill(dCt, 0, (hVectors << 2) * stride);
  const isMarked = outputActivation == RELU;
  ofScale = 0;
  prepareNetwork();
  setPower(exponent - 1);
  for (let begin: usize = 0; begin < rows; begin += CHUNK) {
    const end = min(begin + CHUNK, rows);
    const size = end - begin;
    const emptyRow = emptyRows > 0 && end == rows ? size - 1 : CHUNK;
    errorsOfChunk(begin, end, 1);
    differentiateErrors(size, emptyRow, emptyRows);
    if (isScaled) ofScale += scaleTerm(begin, end);
    throughOutputs(size);
    clearRest(size);
    memory.fill(dA, 0, size * stride);
    if (isMarked) backThroughLiveOutputs(size);
    else if (activation == RELU) backToLiveNeurons(size);
    else backThroughOutputs(size);
    if (l1 != 0) addPenalty(size, emptyRow);
    throughHidden(size);
    if (layers > 1) multiply(dCt, stride, A, 4, stride, dA, stride, hVectors << 2, size, hVectors);
    scatterRows(begin, end);
  }
  if (!isMarked && activation == RELU) finishReadOut();
}

/** After the gradients of the parameters are unfolded. */
export function addLayers(): void {
  if (layers > 1) finishLayers();
}
