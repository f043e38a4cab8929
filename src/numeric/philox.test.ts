import fc from "fast-check";
import { expect, test } from "vitest";
import { philox4x32, philox4x32Into } from "./philox.ts";

const hex = (words: readonly number[]) => words.map((word) => word.toString(16).padStart(8, "0")).join(" ");

// Known answers that the authors publish with Random123 (kat_vectors, philox4x32 10).
test.each([
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    "408f276d 41c83b0e a20bc7c6 6d5451fd",
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    "d16cfe09 94fdcceb 5001e420 24126ea1",
  ],
] as const)("published vector %#", (counter, key, answer) => {
  expect(hex(philox4x32(counter, key))).toBe(answer);
});

test("equals ten rounds written with BigInt", () => {
  const mask = 0xffffffffn;
  const oracle = (counter: readonly number[], key: readonly number[]) => {
    let [a, b, c, d] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
    let [k, l] = key.map(BigInt) as [bigint, bigint];
    for (let round = 0; round < 10; round++) {
      const p = a * 0xd2511f53n;
      const q = c * 0xcd9e8d57n;
      [a, b, c, d] = [(q >> 32n) ^ b ^ k, q & mask, (p >> 32n) ^ d ^ l, p & mask];
      [k, l] = [(k + 0x9e3779b9n) & mask, (l + 0xbb67ae85n) & mask];
    }
    return [a, b, c, d].map(Number);
  };
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
      expect(philox4x32(counter, key)).toEqual(oracle(counter, key));
    }),
  );
});

test("writes four words at the offset and nothing else", () => {
  const out = new Uint32Array(6);
  philox4x32Into(out, 1, [0, 0, 0, 0], [0, 0]);
  expect([...out].map((word) => word.toString(16))).toEqual([
    "0",
    "6627e8d5",
    "e169c58d",
    "bc57ac4c",
    "9b00dbd8",
    "0",
  ]);
});
