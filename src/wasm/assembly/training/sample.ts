// Draws a batch as entries in order of their rows: row, feature, value. Entry k of a step uses two words of the
// stream: 2k for its place, 2k+1 for its value. The twin in src/engine/reference/sample.ts does the same arithmetic,
// to the same bits. Branches that a processor cannot predict cost more here than arithmetic, so there are none.
import { B, columns, n, rowOf, scratch, setCount, values } from "./memory";
import { drawFourBlocks, setKeys, word0, word1, word2, word3 } from "./philox";

/** U[-1, 1], U[0, 1], ±1 or always 1. */
const SYMMETRIC: i32 = 0;
const POSITIVE: i32 = 1;
const SIGN: i32 = 2;

/** Entries drawn together, stage by stage, so that the latency of one entry hides behind the others. */
const TURN: usize = 32;

// Place words and positions of the entries of a turn. Static memory lies below the heap base.
const places: usize = memory.data(128, 16);
const positions: usize = memory.data(256, 16);

function drawEightEntries(first: usize, target: usize, kind: i32, step: u32, stream: u32): void {
  drawFourBlocks(u32(first >> 1), step, stream);
  v128.store(target, v128.shuffle<i32>(word0, word2, 0, 4, 1, 5));
  v128.store(target, v128.shuffle<i32>(word0, word2, 2, 6, 3, 7), 16);
  v128.store(values + (first << 2), valuesOf(v128.shuffle<i32>(word1, word3, 0, 4, 1, 5), kind));
  v128.store(values + (first << 2), valuesOf(v128.shuffle<i32>(word1, word3, 2, 6, 3, 7), kind), 16);
}

// @ts-ignore: decorator
@inline
export function valuesOf(words: v128, kind: i32): v128 {
  if (kind == SYMMETRIC) {
    const signed = v128.xor(words, i32x4.splat(0x80000000));
    return f32x4.mul(f32x4.convert_i32x4_s(signed), f32x4.splat(4.656612873077393e-10)); // 2^-31
  }
  if (kind == POSITIVE) return f32x4.mul(f32x4.convert_i32x4_u(words), f32x4.splat(2.3283064365386963e-10)); // 2^-32
  if (kind != SIGN) return f32x4.splat(1);
  const sign = v128.andnot(i32x4.splat(0x80000000), words);
  return v128.or(sign, f32x4.splat(1));
}

// Loaded rather than written as constants: hosts build those anew each turn, from three instructions.
const series: usize = memory.data<f64>([1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1]);
const fractions: usize = memory.data<f64>([0.5, 2.3283064365386963e-10, 4503599627370496 + 1023, 0.6931471805599453]);
const bits: usize = memory.data<u64>([
  0x3ff0000000000000 - 0x3fe6a09e00000000, 0x4330000000000000, 0x000fffffffffffff, 0x3fe6a09e00000000,
]);

/**
 * ln u for u = (word + ½)/2³², two words at a time: u = 2^e m with m in [√½, √2), s = (m−1)/(m+1),
 * ln m = 2s (1 + s²/3 + … + s¹⁴/15). |s| ≤ .172, so the series is cut at a relative 4e-14.
 */
// @ts-ignore: decorator
@inline
export function logarithm(pair: v128): v128 {
  const u = f64x2.mul(
    f64x2.add(f64x2.convert_low_i32x4_u(pair), v128.load64_splat(fractions)),
    v128.load64_splat(fractions, 8),
  );
  // Adding the distance from √½ to 1 carries into the exponent exactly when m ≥ √2 would.
  const shifted = i64x2.add(u, v128.load64_splat(bits));
  const exponent = v128.or(i64x2.shr_u(shifted, 52), v128.load64_splat(bits, 8));
  const e = f64x2.sub(exponent, v128.load64_splat(fractions, 16));
  const m = i64x2.add(v128.and(shifted, v128.load64_splat(bits, 16)), v128.load64_splat(bits, 24));
  const one = v128.load64_splat(series, 56);
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const z = f64x2.mul(s, s);
  let sum = v128.load64_splat(series);
  sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(series, 8));
  sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(series, 16));
  sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(series, 24));
  sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(series, 32));
  sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(series, 40));
  sum = f64x2.add(f64x2.mul(sum, z), v128.load64_splat(series, 48));
  sum = f64x2.add(f64x2.mul(sum, z), one);
  const mantissa = f64x2.mul(f64x2.add(s, s), sum);
  return f64x2.add(f64x2.mul(e, v128.load64_splat(fractions, 24)), mantissa);
}

/** The low words of four whole float64 numbers below 2³², as i32x4. Adding 2⁵² leaves them in the mantissa. */
// @ts-ignore: decorator
@inline
function toWords(first: v128, second: v128): v128 {
  const magic = f64x2.splat(4503599627370496);
  return v128.shuffle<i32>(f64x2.add(first, magic), f64x2.add(second, magic), 0, 2, 4, 6);
}

/** Empty cells before each entry of the turn, ⌊ln u / ln(1−p)⌋: geometric. */
function drawGaps(inverseLog: f64): void {
  const scale = f64x2.splat(inverseLog);
  for (let pair: usize = 0; pair < TURN; pair += 2) {
    const gaps = f64x2.floor(f64x2.mul(logarithm(v128.load64_zero(places + (pair << 2))), scale));
    v128.store(positions + (pair << 3), gaps);
  }
}

/** Turns gaps into positions after `last`, and returns the last of them. */
function addGaps(last: f64): f64 {
  for (let at = positions; at < positions + (TURN << 3); at += 8) {
    last += load<f64>(at) + 1;
    store<f64>(at, last);
  }
  return last;
}

/** Writes rows and features of the turn. Half a cell from a whole row, so the rounded product has the right floor. */
function placeEntries(first: usize): void {
  const perFeature = f64x2.splat(1.0 / f64(n));
  const half = f64x2.splat(0.5);
  const features = f64x2.splat(f64(n));
  for (let at: usize = 0; at < TURN << 2; at += 16) {
    const p = v128.load(positions + (at << 1));
    const q = v128.load(positions + (at << 1), 16);
    const rowP = f64x2.floor(f64x2.mul(f64x2.add(p, half), perFeature));
    const rowQ = f64x2.floor(f64x2.mul(f64x2.add(q, half), perFeature));
    const columnP = f64x2.sub(p, f64x2.mul(rowP, features));
    const columnQ = f64x2.sub(q, f64x2.mul(rowQ, features));
    v128.store(rowOf + (first << 2) + at, toWords(rowP, rowQ));
    v128.store(columns + (first << 2) + at, toWords(columnP, columnQ));
  }
}

/**
 * Each of the B·n cells is active with probability p, drawn by skipping geometric gaps: no cell twice, so the
 * density is exactly p. `inverseLog` is 1/ln(1−p), −0 for p = 1.
 */
export function sampleBernoulli(
  inverseLog: f64, kind: i32, step: u32, stream: u32, seedLow: u32, seedHigh: u32,
): void {
  setKeys(seedLow, seedHigh);
  const cells = f64(B * n);
  let position: f64 = -1;
  let count: usize = 0;
  while (position < cells) {
    for (let entry: usize = 0; entry < TURN; entry += 8) {
      drawEightEntries(count + entry, places + (entry << 2), kind, step, stream);
    }
    // p = 1 leaves no gaps, and the logarithms would say so one by one.
    if (inverseLog == 0) memory.fill(positions, 0, TURN << 3);
    else drawGaps(inverseLog);
    position = addGaps(position);
    placeEntries(count);
    count += TURN;
  }
  // At least the last entry lies past the last cell.
  let back = positions + (TURN << 3);
  do {
    back -= 8;
    count--;
  } while (back > positions && load<f64>(back - 8) >= cells);
  setCount(count);
}

/** Exactly k distinct features in each row (Floyd's algorithm, uniform over subsets up to n/2³²). */
export function sampleExactly(k: usize, kind: i32, step: u32, stream: u32, seedLow: u32, seedHigh: u32): void {
  setKeys(seedLow, seedHigh);
  memory.fill(scratch, 0, n << 2);
  let drawn: usize = 0;
  for (let row: usize = 0; row < B; row++) {
    for (let e: usize = 0; e < k; e++, drawn++) {
      const lane = drawn & 7;
      if (lane == 0) drawEightEntries(drawn, places, kind, step, stream);
      const last = n - k + e;
      let feature = usize((u64(load<u32>(places + (lane << 2))) * u64(last + 1)) >> 32);
      if (load<u32>(scratch + (feature << 2)) == u32(row + 1)) feature = last;
      store<u32>(scratch + (feature << 2), u32(row + 1));
      store<u32>(rowOf + (drawn << 2), u32(row));
      store<u32>(columns + (drawn << 2), u32(feature));
    }
  }
  setCount(drawn);
}
