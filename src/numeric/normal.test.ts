import { describe, expect, it } from "vitest";
import { normalDensity, normalDistribution } from "./normal.ts";

describe("the normal distribution", () => {
  // Abramowitz & Stegun 1964, table 26.1.
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [-3, 0.00134989803163],
    [5, 0.999999713348428],
  ])("is right at %d", (z, expected) => {
    expect(normalDistribution(z)).toBeCloseTo(expected, 14);
  });

  it("has its density as its slope, goes from 0 to 1 and is symmetric", () => {
    for (const z of [-8.9, -2.5, -0.3, 0, 1e-9, 0.7, 4, 8.9]) {
      const slope = (normalDistribution(z + 1e-5) - normalDistribution(z - 1e-5)) / 2e-5;
      expect(slope).toBeCloseTo(normalDensity(z), 9);
      expect(normalDistribution(z) + normalDistribution(-z)).toBeCloseTo(1, 14);
    }
    expect([-40, 40, -Infinity, Infinity].map(normalDistribution)).toEqual([0, 1, 0, 1]);
    expect(normalDistribution(Number.NaN)).toBeNaN();
  });
});
