// Draws a batch as entries in order of their rows: row, feature, value. Entry k of a step uses two words of the
// stream: 2k for its place, 2k+1 for its value. The twin in src/engine/reference/sample.ts does the same arithmetic,
// to the same bits. Branches that a processor cannot predict cost more here than arithmetic, so there are none.
import { B, columns, n, rowOf, scratch, setCount, values } from "./memory";
import { drawFourBlocks, word0, word1, word2, word3 } from "./philox";

/** U[-1, 1], U[0, 1] or ±1. */
const SYMMETRIC: i32 = 0;
const POSITIVE: i32 = 1;

// Place words of the eight entries of four blocks. Static memory lies below the heap base.
const places: usize = memory.data(32, 16);
const positions: usize = memory.data(64, 16);

function drawEightEntries(first: usize, kind: i32, step: u32, stream: u32, seedLow: u32, seedHigh: u32): void {
  drawFourBlocks(u32(first >> 1), step, stream, seedLow, seedHigh);
  v128.store(places, v128.shuffle<i32>(word0, word2, 0, 4, 1, 5));
  v128.store(places, v128.shuffle<i32>(word0, word2, 2, 6, 3, 7), 16);
  v128.store(values + (first << 2), valuesOf(v128.shuffle<i32>(word1, word3, 0, 4, 1, 5), kind));
  v128.store(values + (first << 2), valuesOf(v128.shuffle<i32>(word1, word3, 2, 6, 3, 7), kind), 16);
}

// @ts-ignore: decorator
@inline
function valuesOf(words: v128, kind: i32): v128 {
  if (kind == SYMMETRIC) {
    const signed = v128.xor(words, i32x4.splat(0x80000000));
    return f32x4.mul(f32x4.convert_i32x4_s(signed), f32x4.splat(4.656612873077393e-10)); // 2^-31
  }
  if (kind == POSITIVE) return f32x4.mul(f32x4.convert_i32x4_u(words), f32x4.splat(2.3283064365386963e-10)); // 2^-32
  const sign = v128.andnot(i32x4.splat(0x80000000), words);
  return v128.or(sign, f32x4.splat(1));
}

/**
 * ln u for u = (word + ½)/2³², two words at a time: u = 2^e m with m in [√½, √2), s = (m−1)/(m+1),
 * ln m = 2s (1 + s²/3 + … + s¹⁴/15). |s| ≤ .172, so the series is cut at a relative 4e-14.
 */
// @ts-ignore: decorator
@inline
function logarithm(pair: v128): v128 {
  const u = f64x2.mul(
    f64x2.add(f64x2.convert_low_i32x4_u(pair), f64x2.splat(0.5)),
    f64x2.splat(2.3283064365386963e-10),
  );
  // Adding the distance from √½ to 1 carries into the exponent exactly when m ≥ √2 would.
  const shifted = i64x2.add(u, i64x2.splat(0x3ff0000000000000 - 0x3fe6a09e00000000));
  const exponent = v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000));
  const e = f64x2.sub(exponent, f64x2.splat(4503599627370496 + 1023));
  const m = i64x2.add(v128.and(shifted, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let series = f64x2.splat(1.0 / 15);
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 13));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 11));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 9));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 7));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 5));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 3));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1));
  const mantissa = f64x2.mul(f64x2.add(s, s), series);
  return f64x2.add(f64x2.mul(e, f64x2.splat(0.6931471805599453)), mantissa);
}

/** The low words of four whole float64 numbers below 2³², as i32x4. Adding 2⁵² leaves them in the mantissa. */
// @ts-ignore: decorator
@inline
function toWords(first: v128, second: v128): v128 {
  const magic = f64x2.splat(4503599627370496);
  return v128.shuffle<i32>(f64x2.add(first, magic), f64x2.add(second, magic), 0, 2, 4, 6);
}

/** Writes rows and features of eight cells. Half a cell from a whole row, so the rounded product has the right floor. */
function placeEight(first: usize): void {
  const perFeature = f64x2.splat(1.0 / f64(n));
  const half = f64x2.splat(0.5);
  const features = f64x2.splat(f64(n));
  for (let at: usize = 0; at < 32; at += 16) {
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

/** Positions of eight entries after `position`; the empty cells before each are ⌊ln u / ln(1−p)⌋, geometric. */
function advanceEight(position: f64, inverseLog: f64): f64 {
  const scale = f64x2.splat(inverseLog);
  let last = position;
  for (let at: usize = 0; at < 64; at += 16) {
    const gaps = f64x2.floor(f64x2.mul(logarithm(v128.load64_zero(places + (at >> 1))), scale));
    const first = last + (f64x2.extract_lane(gaps, 0) + 1);
    last = first + (f64x2.extract_lane(gaps, 1) + 1);
    store<f64>(positions + at, first);
    store<f64>(positions + at, last, 8);
  }
  return last;
}

/**
 * Each of the B·n cells is active with probability p, drawn by skipping geometric gaps: no cell twice, so the
 * density is exactly p. `inverseLog` is 1/ln(1−p), −0 for p = 1.
 */
export function sampleBernoulli(
  inverseLog: f64, kind: i32, step: u32, stream: u32, seedLow: u32, seedHigh: u32,
): void {
  const cells = f64(B * n);
  let position: f64 = -1;
  let count: usize = 0;
  while (position < cells) {
    drawEightEntries(count, kind, step, stream, seedLow, seedHigh);
    position = advanceEight(position, inverseLog);
    placeEight(count);
    count += 8;
  }
  // At least the last entry lies past the last cell.
  let back: usize = 56;
  while (load<f64>(positions + back) >= cells) {
    count--;
    if (back == 0) break;
    back -= 8;
  }
  setCount(count);
}

/** Exactly k distinct features in each row (Floyd's algorithm, uniform over subsets up to n/2³²). */
export function sampleExactly(k: usize, kind: i32, step: u32, stream: u32, seedLow: u32, seedHigh: u32): void {
  memory.fill(scratch, 0, n << 2);
  let drawn: usize = 0;
  for (let row: usize = 0; row < B; row++) {
    for (let e: usize = 0; e < k; e++, drawn++) {
      const lane = drawn & 7;
      if (lane == 0) drawEightEntries(drawn, kind, step, stream, seedLow, seedHigh);
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
