import { describe, expect, it } from "vitest";
import { parseSpec } from "../spec/parse.ts";
import { learningRateAt } from "./schedule.ts";

const training = (schedule: string, warmup = 0) =>
  parseSpec({ training: { schedule, learningRate: 0.01, warmup } }).training;

describe("learningRateAt", () => {
  it.each([
    { schedule: "constant", rates: [0.01, 0.01, 0.01] },
    { schedule: "linear", rates: [0.01, 0.005, 0.0001] },
    { schedule: "cosine", rates: [0.01, 0.005, 0.01 * 0.5 * (1 + Math.cos(0.99 * Math.PI))] },
    { schedule: "cosine-quarter", rates: [0.01, 0.01 * Math.cos((Math.PI / 2) * (50 / 99)), 0] },
  ])("$schedule at the first, middle and last of 100 steps", ({ schedule, rates }) => {
    [0, 50, 99].forEach((step, i) => {
      expect(learningRateAt(training(schedule), step, 100)).toBeCloseTo(rates[i]!, 14);
    });
  });

  it("rises over the steps of a warmup, as a share of the schedule, and leaves the rest as it is", () => {
    const rate = (warmup: number, step: number) => learningRateAt(training("linear", warmup), step, 100);
    for (const step of [0, 4, 9]) expect(rate(10, step)).toBeCloseTo((rate(0, step) * (step + 1)) / 10, 15);
    for (const step of [9, 10, 99]) expect(rate(10, step)).toBe(rate(0, step));
    for (const warmup of [0, 1]) expect(rate(warmup, 0)).toBe(0.01);
    expect(rate(200, 99)).toBeCloseTo(0.0001 * 0.5, 15);
  });

  it("runs a single step at the full rate", () => {
    for (const schedule of ["constant", "linear", "cosine", "cosine-quarter"]) {
      expect(learningRateAt(training(schedule), 0, 1)).toBe(0.01);
    }
  });
});
