// From what the read-out gives, u in E, to errors and their gradients: ŷ = σ₂(u), e = ŷ − y, g = dL/du.
import { activated, timesSlope } from "./activation";
import {
  ABS, AND, B, coefficients, E, exponent, hasCoefficients, hasImportance, hasMixing, IDENTITY, importance, labels, m,
  mStride, Mt, n, nStride, onesWeight, outputActivation, RELU, SQUARE, stride, Tt, U, XOR, Y,
} from "./memory";
import { addScaled, firstEntry, lastEntry } from "./network";
import { signedPower } from "./power";

/** E = σ₂(E), and U what E was, where a slope will be asked for. */
export function activateOutputs(size: usize): void {
  if (outputActivation == IDENTITY) return;
  memory.copy(U, E, size * mStride);
  for (let at: usize = 0; at < size * mStride; at += 16) {
    v128.store(E + at, activated(outputActivation, v128.load(E + at)));
  }
}

/** Place of the pair (i, j), i < j, among the outputs. */
// @ts-ignore: decorator
@inline
function placeOfPair(i: usize, j: usize): usize {
  return i * n - ((i * (i + 1)) >> 1) + (j - i - 1);
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, value: f32): void {
  store<f32>(at, load<f32>(at) + value);
}

/** Subtracts 1 from the outputs of pairs of which both features, or for xor exactly one, are above 0. */
function subtractPairs(row: usize, first: usize, last: usize, sign: f32): void {
  for (let entry = first; entry < last; entry += 16) {
    if (sign * load<f32>(entry, 8) <= 0) continue;
    const i = usize(load<u32>(entry, 12));
    if (labels == XOR) {
      for (let j: usize = 0; j < n; j++) {
        if (j != i) addTo(row + (placeOfPair(min(i, j), max(i, j)) << 2), -1);
      }
    }
    for (let other = entry + 16; other < last; other += 16) {
      if (sign * load<f32>(other, 8) <= 0) continue;
      const j = usize(load<u32>(other, 12));
      // Of a pair of two, xor has subtracted 1 for each.
      addTo(row + (placeOfPair(min(i, j), max(i, j)) << 2), labels == XOR ? 2 : -1);
    }
  }
}

// @ts-ignore: decorator
@inline
function labelOf(x: f32): f32 {
  if (labels == RELU) return max<f32>(0, x);
  if (labels == ABS) return abs(x);
  if (labels == SQUARE) return x * x;
  return x;
}

/** Subtracts the labels y of rows begin … end−1 from [CHUNK, m'] at `target`; with −x for x where `sign` is −1. */
export function subtractLabels(target: usize, begin: usize, end: usize, sign: f32): void {
  for (let r = begin; r < end; r++) {
    const row = target + (r - begin) * mStride;
    const first = firstEntry(r);
    const last = lastEntry(r);
    if (labels == AND || labels == XOR) {
      subtractPairs(row, first, last, sign);
      continue;
    }
    for (let entry = first; entry < last; entry += 16) {
      const feature = usize(load<u32>(entry, 12));
      const x = sign * load<f32>(entry, 8);
      const label = labelOf(x);
      addTo(row + (feature << 2), -(hasCoefficients ? label * load<f32>(coefficients + (feature << 2)) : label));
      if (hasMixing) addScaled(row, Mt + feature * nStride, -x, nStride);
    }
  }
}

/** Y = −y and E −= y, where the weight of an error depends on its label. */
export function keepLabels(begin: usize, end: usize, sign: f32): void {
  const size = end - begin;
  memory.fill(Y, 0, size * mStride);
  subtractLabels(Y, begin, end, sign);
  for (let at: usize = 0; at < size * mStride; at += 16) {
    v128.store(E + at, f32x4.add(v128.load(E + at), v128.load(Y + at)));
  }
}

/** `onesWeight` where the label is 1, else 1. */
// @ts-ignore: decorator
@inline
export function weightOfLabel(at: usize): v128 {
  const isOne = f32x4.eq(v128.load(Y + at), f32x4.splat(-1));
  return v128.bitselect(f32x4.splat(onesWeight), f32x4.splat(1), isOne);
}

/** E = dL/dŷ from E = ŷ − y, with power() set to q − 1. @param times rows that each row stands for, but for the last */
export function differentiateErrors(size: usize, emptyRow: usize, emptyRows: usize): void {
  const share = f32(exponent / (f64(B) * f64(m)));
  for (let r: usize = 0; r < size; r++) {
    const row = E + r * mStride;
    const factor = f32x4.splat(r == emptyRow ? share * f32(emptyRows) : share);
    for (let at: usize = 0; at < mStride; at += 16) {
      const e = v128.load(row + at);
      let g = f32x4.mul(factor, signedPower(e));
      if (hasImportance) g = f32x4.mul(g, v128.load(importance + at));
      if (onesWeight != 1) g = f32x4.mul(g, weightOfLabel(r * mStride + at));
      v128.store(row + at, g);
    }
  }
}

/** Σ over rows and their entries of g · T x: −dL/dσ of the chunk, for E = dL/dŷ. */
export function scaleTerm(begin: usize, end: usize): f64 {
  let total: f64 = 0;
  for (let r = begin; r < end; r++) {
    const row = E + (r - begin) * mStride;
    const last = lastEntry(r);
    for (let entry = firstEntry(r); entry < last; entry += 16) {
      const column = Tt + usize(load<u32>(entry, 12)) * nStride;
      let sum = f32x4.splat(0);
      for (let at: usize = 0; at < nStride; at += 16) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(row + at), v128.load(column + at)));
      }
      const ofEntry = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)
        + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
      total += f64(load<f32>(entry, 8)) * f64(ofEntry);
    }
  }
  return total;
}

/** E = dL/du from E = dL/dŷ. */
export function throughOutputs(size: usize): void {
  if (outputActivation == IDENTITY) return;
  for (let at: usize = 0; at < size * mStride; at += 16) {
    v128.store(E + at, timesSlope(outputActivation, v128.load(E + at), v128.load(U + at)));
  }
}
