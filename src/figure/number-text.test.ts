import { describe, expect, it } from "vitest";
import { fixedText, logTicks, raised, tickText } from "./number-text.ts";

describe("tickText", () => {
  it.each([
    [0, "0"],
    [0.02, "0.02"],
    [0.1 + 0.2, "0.3"],
    [-0.5, "−0.5"],
    [0.001, "0.001"],
    [2000, "2000"],
    [10_000, "10,000"],
    [250_000, "250,000"],
    [1e6, "10⁶"],
    [-2.5e-7, "−2.5×10⁻⁷"],
  ])("writes %s as %s", (value, text) => {
    expect(tickText(value)).toBe(text);
  });
});

describe("fixedText", () => {
  it("keeps trailing zeros and has a true minus sign", () => {
    expect([fixedText(0.05, 4), fixedText(-1, 2)]).toEqual(["0.0500", "−1.00"]);
  });
});

describe("raised", () => {
  it("writes whole exponents small, and others behind a caret", () => {
    expect([raised(4), raised(-12), raised(2.5)]).toEqual(["⁴", "⁻¹²", "^2.5"]);
  });
});

describe("logTicks", () => {
  it("are powers of ten, ends included", () => {
    expect(logTicks(0.001, 1)).toEqual([0.001, 0.01, 0.1, 1]);
    expect(logTicks(0.002, 3)).toEqual([0.01, 0.1, 1]);
  });

  it("are finer where there is less than two powers, and the ends where nothing lies between", () => {
    expect(logTicks(0.02, 0.3)).toEqual([0.02, 0.05, 0.1, 0.2]);
    expect(logTicks(0.07, 0.32)).toEqual([0.08, 0.1, 0.15, 0.2, 0.3]);
    expect(logTicks(0.11, 0.12)).toEqual([0.11, 0.12]);
    expect(logTicks(0.3, 0.3)).toEqual([0.3]);
  });
});
