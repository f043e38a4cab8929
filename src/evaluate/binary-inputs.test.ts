import { describe, expect, it } from "vitest";
import { binaryInputs, choose } from "./binary-inputs.ts";
import { allPairs, pairCount, pairNumber, pairsOf } from "./pairs.ts";

describe("binaryInputs", () => {
  it("lists every input once", () => {
    expect(binaryInputs(4, 2)).toEqual({
      features: 4,
      active: 2,
      exhaustive: true,
      coverage: 1,
      inputs: [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
      ],
    });
    expect(binaryInputs(5, 0).inputs).toEqual([[]]);
    expect(binaryInputs(3, 3).inputs).toEqual([[0, 1, 2]]);
    expect(binaryInputs(10, 4).inputs).toHaveLength(210);
  });

  it("draws beyond the limit, each feature as often, and tells the share", () => {
    const { inputs, exhaustive, coverage } = binaryInputs(10, 3, { most: 100, seed: 1 });
    expect(exhaustive).toBe(false);
    expect(coverage).toBe(new Set(inputs.map((on) => on.join())).size / 120);
    const many = binaryInputs(30, 4, { most: 6000 }).inputs;
    const counts = new Array(30).fill(0);
    for (const on of many) {
      expect(new Set(on).size).toBe(4);
      expect([...on].sort((a, b) => a - b)).toEqual(on);
      for (const i of on) counts[i]++;
    }
    // Expected 800 each, standard deviation 26: five of them.
    for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(130);
  });

  it("refuses numbers that cannot be", () => {
    expect(() => binaryInputs(3, 4)).toThrow(
      "binaryInputs: need whole numbers with 0 ≤ active ≤ features and most ≥ 1, got 4 of 3 features and most 20000. Try 3 of 100.",
    );
    expect(() => binaryInputs(3, 1, { most: 0 })).toThrow("most 0");
  });
});

it("choose is exact", () => {
  expect(choose(50, 25)).toBe(126410606437752);
  expect(choose(5, 0)).toBe(1);
});

it("pairs are numbered in the order of the labels", () => {
  allPairs(7).forEach(([i, j], place) => void expect(pairNumber(i, j, 7)).toBe(place));
  expect(allPairs(7)).toHaveLength(pairCount(7));
  expect(pairsOf([1, 3, 4], 5)).toEqual([5, 6, 9]);
});
