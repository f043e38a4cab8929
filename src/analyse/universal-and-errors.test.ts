import { describe, expect, it } from "vitest";
import { randomSubsets, universalAndMeans, universalAndNetwork } from "../baseline/universal-and.ts";
import { binaryInputs } from "../evaluate/binary-inputs.ts";
import { forwardOf } from "../evaluate/function-model.ts";
import { allPairs } from "../evaluate/pairs.ts";
import { matrix } from "../numeric/matrix.ts";
import { mean } from "../numeric/statistics.ts";
import { pairErrors } from "./pair-errors.ts";
import { universalAndErrors } from "./universal-and-errors.ts";

/** Errors of every pair at every input, by case: cases[pair][features of it on]. */
function enumerated(wiring: ReturnType<typeof randomSubsets>, active: number): number[][][] {
  const [, n] = wiring.shape;
  const forward = forwardOf(universalAndNetwork(wiring));
  const cases = allPairs(n).map((): number[][] => [[], [], []]);
  for (const on of binaryInputs(n, active).inputs) {
    const out = forward(Float64Array.from({ length: n }, (_, i) => (on.includes(i) ? 1 : 0)));
    allPairs(n).forEach(([i, j], pair) => {
      const seen = Number(on.includes(i)) + Number(on.includes(j));
      cases[pair]![seen]!.push(out[pair]! - (seen === 2 ? 1 : 0));
    });
  }
  return cases;
}

const varianceOf = (xs: readonly number[]) => mean(xs.map((x) => (x - mean(xs)) ** 2));
const worstOf = (xs: readonly number[]) => Math.max(...xs.map(Math.abs));

describe("over all inputs", () => {
  it.each([
    { features: 8, neurons: 12, active: 2 },
    { features: 8, neurons: 30, active: 3 },
    { features: 7, neurons: 20, active: 5 },
  ])("means, variances and worst cases are those of enumeration: %o", ({ active, ...sizes }) => {
    const wiring = randomSubsets({ ...sizes, probability: 0.4, seed: active });
    const exact = universalAndErrors(wiring, active);
    let unread = 0;
    // Rounding alone.
    const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-12);
    enumerated(wiring, active).forEach(([none, one, both], pair) => {
      near(exact.both.mean[pair]!, mean(both!));
      near(exact.both.variance[pair]!, varianceOf(both!));
      near(exact.both.worst[pair]!, worstOf(both!));
      near(exact.one.mean[pair]!, mean(one!));
      near(exact.one.variance[pair]!, varianceOf(one!));
      near(exact.one.worst[pair]!, worstOf(one!));
      near(exact.none.mean[pair]!, mean(none!));
      expect(worstOf(none!)).toBeLessThanOrEqual(exact.none.worstBound[pair]! + 1e-12);
      near(exact.worst[pair]!, worstOf([...none!, ...one!, ...both!]));
      if (exact.readers[pair] === 0) unread++;
      else expect(Math.min(...none!, ...one!, ...both!)).toBeGreaterThanOrEqual(-1e-12);
    });
    if (sizes.neurons === 12) expect(unread).toBeGreaterThan(0);
  });

  it("agree with going through the inputs of the network", () => {
    const wiring = randomSubsets({ features: 9, neurons: 25, probability: 0.4 });
    const exact = universalAndErrors(wiring, 3);
    const { worst, mean: means, coverage } = pairErrors(universalAndNetwork(wiring), binaryInputs(9, 3));
    expect(coverage).toBe(1);
    worst.forEach((error, pair) => void expect(error).toBeCloseTo(exact.worst[pair]!, 12));
    expect(means.one).toBeCloseTo(mean(exact.one.mean), 12);
    expect(means.none).toBeCloseTo(mean(exact.none.mean), 12);
  });
});

it("means over wirings are those of theory", () => {
  const means = universalAndMeans({ probability: 0.3, active: 3 });
  const drawn = Array.from({ length: 20 }, (_, seed) =>
    universalAndErrors(randomSubsets({ features: 40, neurons: 300, probability: 0.3, seed }), 3),
  );
  // Twenty wirings of 12,000 entries: five standard errors are .006 in q.
  expect(Math.abs(mean(drawn.map(({ both }) => mean(both.mean))) - means.both!)).toBeLessThan(0.006);
  expect(Math.abs(mean(drawn.map(({ one }) => mean(one.mean))) - means.one!)).toBeLessThan(0.012);
  expect(Math.abs(mean(drawn.map(({ none }) => mean(none.mean))) - means.none)).toBeLessThan(0.012);
});

it("refuses numbers of active features without all three cases", () => {
  for (const active of [1, 3, 2.5]) {
    expect(() => universalAndErrors(matrix(3, 4), active)).toThrow(
      `universalAndErrors: need a whole number of active features from 2 to features − 2 = 2, got ${active}. Try 3.`,
    );
  }
});
