// Philox4x32-10 (Salmon et al. 2011), four blocks at a time: lane i holds block + i.
// counter = (block, step, stream, 0), key = (seed low, seed high).

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

/** Word 0, 1, 2 and 3 of the four blocks last drawn, one lane a block. */
export let word0: v128 = i32x4.splat(0);
export let word1: v128 = i32x4.splat(0);
export let word2: v128 = i32x4.splat(0);
export let word3: v128 = i32x4.splat(0);

export function drawFourBlocks(block: u32, step: u32, stream: u32, seedLow: u32, seedHigh: u32): void {
  const m0 = i32x4.splat(0xd2511f53);
  const m1 = i32x4.splat(0xcd9e8d57);
  let c0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(step);
  let c2 = i32x4.splat(stream);
  let c3 = i32x4.splat(0);
  let k0 = seedLow;
  let k1 = seedHigh;
  for (let round = 0; round < 10; round++) {
    const a = i64x2.extmul_low_i32x4_u(c0, m0);
    const b = i64x2.extmul_high_i32x4_u(c0, m0);
    const c = i64x2.extmul_low_i32x4_u(c2, m1);
    const d = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(high(c, d), c1), i32x4.splat(k0));
    c1 = low(c, d);
    c2 = v128.xor(v128.xor(high(a, b), c3), i32x4.splat(k1));
    c3 = low(a, b);
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}
