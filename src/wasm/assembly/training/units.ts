// Draws batches of units: features that are active together, or of which one is. Candidates are drawn at the largest
// probability of a unit by skipping geometric gaps, and kept with their share of it. Candidate k has a block of its own in
// lane 1: place, acceptance, choice, and the value of its first feature; others' values are in lanes 2, 3, …
// The twin in src/engine/reference/sample.ts does the same arithmetic, to the same bits.
import { B, columns, members, rowOf, setCount, units, values } from "./memory";
import { drawFourBlocks, setKeys, word0, word1, word2, word3 } from "./philox";
import { logarithm, valuesOf } from "./sample";

/** Words of the four candidates last drawn, one word after the other, and of the values last drawn. */
const words: usize = memory.data(64, 16);
const drawn: usize = memory.data(64, 16);

function drawCandidates(first: u32, step: u32, stream: u32): void {
  drawFourBlocks(first, step, stream, 1);
  v128.store(words, word0);
  v128.store(words, word1, 16);
  v128.store(words, word2, 32);
  v128.store(words, word3, 48);
}

/** Word j of a candidate's lanes of values, from 0. */
function valueWord(candidate: u32, j: u32, step: u32, stream: u32): u32 {
  drawFourBlocks(candidate, step, stream, 2 + (j >> 2));
  v128.store(drawn, word0);
  v128.store(drawn, word1, 16);
  v128.store(drawn, word2, 32);
  v128.store(drawn, word3, 48);
  return load<u32>(drawn + (usize(j & 3) << 4));
}

// @ts-ignore: decorator
@inline
function write(entry: usize, row: usize, feature: u32, word: u32, kind: i32): void {
  store<u32>(rowOf + (entry << 2), u32(row));
  store<u32>(columns + (entry << 2), feature);
  store<f32>(values + (entry << 2), f32x4.extract_lane(valuesOf(i32x4.splat(word), kind), 0));
}

/**
 * `inverseLog` is 1/ln(1−p) for the largest p of the `count` units, each { first member u32, draws u32 (0 all, 1 one),
 * threshold u64 }: a candidate is kept when its word is below the threshold.
 */
export function sampleUnits(
  inverseLog: f64, kind: i32, step: u32, stream: u32, seedLow: u32, seedHigh: u32, count: usize,
): void {
  setKeys(seedLow, seedHigh);
  const cells = f64(B) * f64(count);
  let position: f64 = -1;
  let entry: usize = 0;
  for (let candidate: u32 = 0; ; candidate++) {
    const lane = usize(candidate & 3) << 2;
    if (lane == 0) drawCandidates(candidate, step, stream);
    const place = i32x4.splat(load<u32>(words + lane));
    position += Math.floor(f64x2.extract_lane(logarithm(place), 0) * inverseLog) + 1;
    if (position >= cells) break;
    const row = usize(position / f64(count));
    const unit = units + (usize(position - f64(row) * f64(count)) << 4);
    if (u64(load<u32>(words + lane, 16)) >= load<u64>(unit, 8)) continue;
    const first = load<u32>(unit);
    const size = load<u32>(unit, 16) - first;
    if (load<u32>(unit, 4) == 1) {
      const chosen = first + u32((u64(load<u32>(words + lane, 32)) * u64(size)) >> 32);
      write(entry++, row, load<u32>(members + (usize(chosen) << 2)), load<u32>(words + lane, 48), kind);
      continue;
    }
    for (let j: u32 = 0; j < size; j++) {
      const word = j == 0 ? load<u32>(words + lane, 48) : valueWord(candidate, j - 1, step, stream);
      write(entry++, row, load<u32>(members + (usize(first + j) << 2)), word, kind);
    }
  }
  setCount(entry);
}
