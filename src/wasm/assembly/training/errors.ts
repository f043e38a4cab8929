// Errors of the walked rows, formed densely: unlike the Gram form of the loss, nothing cancels near zero loss.
// Outputs in float32; their powers are summed in float64.
import {
  A, CHUNK, E, emptyRows, Et, mStride, mVectors, onesWeight, outputSums, rows, rowSums, stride, Z,
} from "./memory";
import { errorsOfChunk } from "./general";
import { firstEntry, lastEntry, prepareNetwork, readOutRows, readRows } from "./network";
import { weightOfLabel } from "./outputs";
import { power, setPower } from "./power";

/** E = W_out |W_in x| − |x|: twice the even part of a bias-free rectified net's error, whatever its mixing. */
function rectifiedEvenErrors(begin: usize, end: usize): void {
  readRows(begin, end, 1);
  for (let at: usize = 0; at < (end - begin) * stride; at += 16) v128.store(A + at, f32x4.abs(v128.load(Z + at)));
  readOutRows(end - begin);
  for (let r = begin; r < end; r++) {
    const row = E + (r - begin) * mStride;
    const last = lastEntry(r);
    for (let entry = firstEntry(r); entry < last; entry += 16) {
      const at = row + (usize(load<u32>(entry, 12)) << 2);
      store<f32>(at, load<f32>(at) - abs(load<f32>(entry, 8)));
    }
  }
}

/** E = e(x) + e(−x), twice the even part. */
function evenErrors(begin: usize, end: usize): void {
  const bytes = (end - begin) * mStride;
  errorsOfChunk(begin, end, -1);
  memory.copy(Et, E, bytes);
  errorsOfChunk(begin, end, 1);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(E + at, f32x4.add(v128.load(E + at), v128.load(Et + at)));
  }
}

/** The two low, or with `high` the two high, of |e|^q in float64. */
// @ts-ignore: decorator
@inline
function powers(e: v128, isSquared: bool, high: bool): v128 {
  const term = isSquared ? e : power(e);
  const pair = f64x2.promote_low_f32x4(high ? v128.shuffle<i32>(term, term, 2, 3, 2, 3) : term);
  return isSquared ? f64x2.mul(pair, pair) : pair;
}

/** Adds the powers of a chunk's errors; row `emptyRow` stands for all empty rows. */
function addPowers(size: usize, isSquared: bool, isWeighted: bool, emptyRow: usize): void {
  let total: f64 = 0;
  let ofSquares: f64 = 0;
  for (let r: usize = 0; r < size; r++) {
    const row = E + r * mStride;
    const times = r == emptyRow ? f64(emptyRows) : 1;
    let sum = f64x2.splat(0);
    for (let at: usize = 0; at < mStride; at += 16) {
      const e = v128.load(row + at);
      let first = powers(e, isSquared, false);
      let second = powers(e, isSquared, true);
      if (isWeighted) {
        const weight = weightOfLabel(r * mStride + at);
        first = f64x2.mul(first, f64x2.promote_low_f32x4(weight));
        second = f64x2.mul(second, f64x2.promote_low_f32x4(v128.shuffle<i32>(weight, weight, 2, 3, 2, 3)));
      }
      sum = f64x2.add(sum, f64x2.add(first, second));
      if (r == emptyRow) {
        first = f64x2.mul(first, f64x2.splat(times));
        second = f64x2.mul(second, f64x2.splat(times));
      }
      const into = outputSums + (at << 1);
      v128.store(into, f64x2.add(v128.load(into), first));
      v128.store(into, f64x2.add(v128.load(into, 16), second), 16);
    }
    const ofRow = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    total += times * ofRow;
    ofSquares += times * ofRow * ofRow;
  }
  store<f64>(rowSums, load<f64>(rowSums) + total);
  store<f64>(rowSums, load<f64>(rowSums, 8) + ofSquares, 8);
}

/** Adds Σ |a| of a chunk. */
function addActivations(size: usize, emptyRow: usize): void {
  let total: f64 = 0;
  for (let r: usize = 0; r < size; r++) {
    let sum: f64 = 0;
    for (let at: usize = 0; at < stride; at += 4) sum += Math.abs(f64(load<f32>(A + r * stride + at)));
    total += r == emptyRow ? f64(emptyRows) * sum : sum;
  }
  store<f64>(rowSums, load<f64>(rowSums, 16) + total, 16);
}

/**
 * Σ s and Σ s² for s = Σ_i |e_i|^q of a row (rowSums), Σ |e_i|^q of every output (outputSums) and Σ |a| over the walked rows,
 * for e = ŷ − y or, `even`, e(x) + e(−x), which is twice the error's even part. `rectified`: the net is bias-free with one
 * ReLU layer and labels relu(x) + M x. `weighted`: errors of outputs whose label is 1 count `onesWeight` times.
 */
export function sumErrors(even: bool, exponent: f64, rectified: bool, weighted: bool): void {
  memory.fill(outputSums, 0, mVectors << 5);
  memory.fill(rowSums, 0, 24);
  prepareNetwork();
  const isSquared = exponent == 2;
  const isWeighted = weighted && onesWeight != 1;
  setPower(exponent);
  for (let begin: usize = 0; begin < rows; begin += CHUNK) {
    const end = min(begin + CHUNK, rows);
    const size = end - begin;
    if (!even) errorsOfChunk(begin, end, 1);
    else if (rectified) rectifiedEvenErrors(begin, end);
    else evenErrors(begin, end);
    const emptyRow = emptyRows > 0 && end == rows ? size - 1 : CHUNK;
    addPowers(size, isSquared, isWeighted, emptyRow);
    if (weighted) addActivations(size, emptyRow);
  }
}
