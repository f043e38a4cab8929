import { describe, expect, it } from "vitest";
import { parseSpec } from "../spec/parse.ts";
import { learningRateAt } from "./schedule.ts";

const training = (schedule: string) => parseSpec({ training: { schedule, learningRate: 0.01 } }).training;

describe("learningRateAt", () => {
  it.each([
    { schedule: "constant", rates: [0.01, 0.01, 0.01] },
    { schedule: "cosine", rates: [0.01, 0.005, 0.01 * 0.5 * (1 + Math.cos(0.99 * Math.PI))] },
    { schedule: "cosine-quarter", rates: [0.01, 0.01 * Math.cos((Math.PI / 2) * (50 / 99)), 0] },
  ])("$schedule at the first, middle and last of 100 steps", ({ schedule, rates }) => {
    [0, 50, 99].forEach((step, i) => {
      expect(learningRateAt(training(schedule), step, 100)).toBeCloseTo(rates[i]!, 14);
    });
  });

  it("runs a single step at the full rate", () => {
    for (const schedule of ["constant", "cosine", "cosine-quarter"]) {
      expect(learningRateAt(training(schedule), 0, 1)).toBe(0.01);
    }
  });
});
