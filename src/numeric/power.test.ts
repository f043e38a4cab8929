import { expect, test } from "vitest";
import { absolutePower } from "./power.ts";

test.each([0, 0.5, 1, 2, 2.5, 4, 16, 17])("|x|^%d as the host has it", (exponent) => {
  for (const x of [-3, -0.2, 0, 0.7, 1, 5]) {
    const expected = Math.abs(x) ** exponent;
    // Sixteen roundings at most, and the host's own.
    expect(Math.abs(absolutePower(exponent)(x) - expected)).toBeLessThanOrEqual(20 * 2 ** -53 * expected);
  }
});

test("an exponent below 0 is refused", () => {
  expect(() => absolutePower(-1)).toThrow(
    "absolutePower: need an exponent from 0, got -1. Losses take 1 or more, such as 4.",
  );
});
