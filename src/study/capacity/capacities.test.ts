import { expect, it } from "vitest";
import { fractional, monosemanticShare } from "./capacities.ts";

it("counts capacities between none and a whole dimension", () => {
  expect(fractional({ perFeature: [1, 0.96, 0.95, 0.5, 0.06, 0.05, 0] })).toBe(2);
});

it("takes the share of live neurons that serve one feature", () => {
  expect(monosemanticShare([1, 1, 2, 0])).toBeCloseTo(2 / 3, 12);
  expect(monosemanticShare([0, 0])).toBe(0);
});
