import { describe, expect, it } from "vitest";
import { type ClaimInput, judge, verdictOf } from "./claim.ts";

const published = { expected: 0.065, tolerance: 0.0015 };
const input = (values: readonly number[], more: Partial<ClaimInput> = {}): ClaimInput => ({
  id: "loss",
  source: "a paper",
  statement: "The loss is .065.",
  ...published,
  values,
  tasks: [],
  ...more,
});
const frame = { study: "s", command: "toy-cis reproduce s", runs: ["0123456789abcdef"] };

describe("verdictOf", () => {
  it.each([
    ["the mean within and a narrow interval", 0.066, [0.0655, 0.0665], "reproduced"],
    ["the mean on the edge", 0.0665, [0.066, 0.067], "reproduced"],
    ["the mean within but an interval too wide to say", 0.065, [0.063, 0.067], "inconclusive"],
    ["the mean outside, the interval reaching in", 0.067, [0.0662, 0.0678], "inconclusive"],
    ["the interval above", 0.07, [0.0668, 0.0732], "differs"],
    ["the interval below", 0.06, [0.0568, 0.0632], "differs"],
  ] as const)("%s", (_, measured, interval, verdict) => {
    expect(verdictOf(published, measured, interval)).toBe(verdict);
  });

  it("holds a count to the count", () => {
    expect(verdictOf({ expected: 0, tolerance: 0 }, 0, [0, 0])).toBe("reproduced");
    expect(verdictOf({ expected: 0, tolerance: 0 }, 1 / 3, [-1.1, 1.77])).toBe("inconclusive");
    expect(verdictOf({ expected: 0, tolerance: 0 }, 1, [1, 1])).toBe("differs");
  });
});

describe("judge", () => {
  it("takes the mean over seeds and Student's interval", () => {
    const claim = judge(input([0.064, 0.065, 0.066]), frame);
    expect(claim.measured).toBeCloseTo(0.065, 12);
    // t(2, 97.5 %) = 4.3027, standard error .001/√3
    expect(claim.ci95![0]).toBeCloseTo(0.065 - (4.302653 * 0.001) / Math.sqrt(3), 8);
    expect(claim.ci95![1]).toBeCloseTo(0.065 + (4.302653 * 0.001) / Math.sqrt(3), 8);
    expect(claim).toMatchObject({ ...frame, seeds: 3, verdict: "inconclusive" });
  });

  it("never judges with fewer than three seeds", () => {
    expect(judge(input([0.065, 0.065]), frame)).toMatchObject({ seeds: 2, verdict: "inconclusive" });
    expect(judge(input([0.065]), frame)).toMatchObject({ ci95: null, verdict: "inconclusive" });
    expect(judge(input([]), frame)).toMatchObject({ measured: null, verdict: "inconclusive" });
  });

  it("judges a closed form by the number alone", () => {
    expect(judge(input([0.0651], { isExact: true }), frame)).toMatchObject({
      ci95: [0.0651, 0.0651],
      seeds: 0,
      verdict: "reproduced",
    });
  });
});
