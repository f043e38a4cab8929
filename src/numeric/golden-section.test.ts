import { describe, expect, test } from "vitest";
import { goldenSection } from "./golden-section.ts";

const interval = { low: -1, high: 3, tolerance: 1e-6 };

describe("goldenSection", () => {
  test.each([-0.7, 0, 1.3, 2.9])("finds a valley at %d, smooth or with a kink", (valley) => {
    for (const f of [(x: number) => (x - valley) ** 2, (x: number) => Math.abs(x - valley)]) {
      expect(Math.abs(goldenSection(f, interval) - valley)).toBeLessThan(1e-6);
    }
  });
  test("ends at the end of a slope", () => {
    expect(goldenSection((x) => x, interval)).toBeCloseTo(-1, 5);
    expect(goldenSection((x) => -x, interval)).toBeCloseTo(3, 5);
  });
  test("evaluates once a step: log(4e6)/log φ of them, and two more", () => {
    let calls = 0;
    goldenSection((x) => {
      calls++;
      return x * x;
    }, interval);
    expect(calls).toBeLessThanOrEqual(Math.ceil(Math.log(4e6) / Math.log((1 + Math.sqrt(5)) / 2)) + 2);
  });
  test("says what it needs", () => {
    expect(() => goldenSection((x) => x, { low: 1, high: 0, tolerance: 1 })).toThrow(
      "goldenSection: need low < high and a tolerance above 0, got 1, 0 and 1. Swap the ends?",
    );
  });
});
