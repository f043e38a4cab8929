import fc from "fast-check";
import { expect, it } from "vitest";
import { editDistance, nearest } from "./near.ts";

it("counts insertions, deletions, substitutions and swaps", () => {
  const distances = [
    ["nuerons", "neurons", 1],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
    ["same", "same", 0],
  ] as const;
  for (const [a, b, distance] of distances) expect(editDistance(a, b)).toBe(distance);
});

it("is symmetric and at most the longer length", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

it("names the nearest word, and none when all are far", () => {
  expect(nearest("cc-claen", ["cc-clean", "cc-symmetric"])).toBe("cc-clean");
  expect(nearest("ReLU", ["identity", "relu"])).toBe("relu");
  expect(nearest("zebra", ["identity", "relu"])).toBeNull();
});
