// Philox4x32-10 (Salmon et al. 2011), four blocks at a time: lane i holds block + i.
// counter = (block, step, stream, lane), key = (seed low, seed high).

// @ts-ignore: decorator
@inline
function low(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function high(first: v128, second: v128): v128 {
  return v128.shuffle<i32>(first, second, 1, 3, 5, 7);
}

const ROUNDS: usize = 10;

/** Both keys of each round, in all four lanes. */
const keys: usize = memory.data(320, 16);
// Loaded rather than written as constants: hosts build those anew each turn, from three instructions.
const multipliers: usize = memory.data<u32>([0xd2511f53, 0xcd9e8d57]);

/** Word 0, 1, 2 and 3 of the four blocks last drawn, one lane a block. */
export let word0: v128 = i32x4.splat(0);
export let word1: v128 = i32x4.splat(0);
export let word2: v128 = i32x4.splat(0);
export let word3: v128 = i32x4.splat(0);

/** To be called before the blocks of a seed are drawn. */
export function setKeys(seedLow: u32, seedHigh: u32): void {
  let k0 = seedLow;
  let k1 = seedHigh;
  for (let round: usize = 0; round < ROUNDS; round++) {
    v128.store(keys + (round << 5), i32x4.splat(k0));
    v128.store(keys + (round << 5), i32x4.splat(k1), 16);
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
}

/** Two rounds a turn, so that no words change places between turns. */
export function drawFourBlocks(block: u32, step: u32, stream: u32, lane: u32 = 0): void {
  let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(step);
  let c2 = i32x4.splat(stream);
  let c3 = i32x4.splat(lane);
  for (let key = keys; key < keys + (ROUNDS << 5); key += 64) {
    const m0 = v128.load32_splat(multipliers);
    const m1 = v128.load32_splat(multipliers, 4);
    const a = i64x2.extmul_low_i32x4_u(c0, m0);
    const b = i64x2.extmul_high_i32x4_u(c0, m0);
    const c = i64x2.extmul_low_i32x4_u(c2, m1);
    const d = i64x2.extmul_high_i32x4_u(c2, m1);
    const d0 = v128.xor(v128.xor(high(c, d), c1), v128.load(key));
    const d2 = v128.xor(v128.xor(high(a, b), c3), v128.load(key, 16));
    const e = i64x2.extmul_low_i32x4_u(d0, m0);
    const f = i64x2.extmul_high_i32x4_u(d0, m0);
    const g = i64x2.extmul_low_i32x4_u(d2, m1);
    const h = i64x2.extmul_high_i32x4_u(d2, m1);
    c0 = v128.xor(v128.xor(high(g, h), low(c, d)), v128.load(key, 32));
    c1 = low(g, h);
    c2 = v128.xor(v128.xor(high(e, f), low(a, b)), v128.load(key, 48));
    c3 = low(e, f);
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}
