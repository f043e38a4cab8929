import fc from "fast-check";
import * as simple from "simple-statistics";
import { describe, expect, test } from "vitest";
import { normals, randomStream, uniforms } from "./random.ts";
import {
  bootstrapInterval,
  confidenceInterval,
  fitLine,
  mean,
  quantile,
  standardError,
  sum,
  variance,
} from "./statistics.ts";
import { studentQuantile } from "./student.ts";

const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 60 });
/** Equal to 12 digits of the sample's size: both sides are float64 with a few roundings a term. */
const expectNear = (got: number, expected: number, size: number) =>
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-12 * size);
const size = (xs: readonly number[]) => Math.max(...xs.map(Math.abs), 1e-300);

test("sum, mean, variance and standard error equal simple-statistics", () => {
  fc.assert(
    fc.property(sample, (xs) => {
      const scale = size(xs);
      expectNear(sum(xs), simple.sum(xs), scale * xs.length);
      expectNear(mean(xs), simple.mean(xs), scale);
      expectNear(variance(xs), simple.sampleVariance(xs), scale * scale);
      const error = Math.sqrt(simple.sampleVariance(xs) / xs.length);
      expectNear(standardError(xs), error, 1e4 * scale);
    }),
  );
});

test("the sum carries what is lost", () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum(new Float32Array(10).fill(0.5))).toBe(5);
  expect(sum([])).toBe(0);
  expect(sum([Infinity, 1])).toBe(Infinity);
  expect(sum([1, NaN])).toBeNaN();
});

test("quantiles interpolate between order statistics (type 7)", () => {
  const xs = [15, 20, 35, 40, 50];
  // By hand: share · 4 is the place among 15, 20, 35, 40, 50.
  const expected = [15, 16, 23, 29, 35, 48, 50];
  [0, 0.05, 0.3, 0.4, 0.5, 0.95, 1].forEach((share, i) => {
    expect(quantile(xs, share)).toBeCloseTo(expected[i]!, 12);
  });
  expect(quantile([7], 0.3)).toBe(7);
  expect(xs).toEqual([15, 20, 35, 40, 50]);
});

test("the median is simple-statistics' median", () => {
  fc.assert(
    fc.property(sample, (xs) => {
      expectNear(quantile(xs, 0.5), simple.median(xs), size(xs));
    }),
  );
});

describe("Student's t", () => {
  // Two-sided 95 % and 99 % points, from the tables (Fisher & Yates 1938, table III), four places.
  test.each([
    [1, 12.7062, 63.6567],
    [2, 4.3027, 9.9248],
    [3, 3.1824, 5.8409],
    [4, 2.7764, 4.6041],
    [9, 2.2622, 3.2498],
    [10, 2.2281, 3.1693],
    [29, 2.0452, 2.7564],
    [30, 2.0423, 2.75],
    [100, 1.984, 2.6259],
  ])("%i degrees of freedom", (degrees, t95, t99) => {
    expect(studentQuantile(degrees, 0.95)).toBeCloseTo(t95, 4);
    expect(studentQuantile(degrees, 0.99)).toBeCloseTo(t99, 4);
  });

  test("closed forms at one and two degrees", () => {
    for (const level of [0.1, 0.5, 0.9, 0.999]) {
      expect(studentQuantile(1, level) / Math.tan((Math.PI * level) / 2)).toBeCloseTo(1, 12);
      expect(studentQuantile(2, level) / (level * Math.sqrt(2 / (1 - level * level)))).toBeCloseTo(1, 12);
    }
  });

  test("nears the normal, never below it", () => {
    const t = studentQuantile(1_000_000, 0.95);
    expect(t).toBeGreaterThan(1.959963984540054);
    expect(t / 1.959963984540054).toBeLessThan(1.00013);
  });

  test("the interval is the mean ± t · standard error", () => {
    const { low, high } = confidenceInterval([1, 2, 3]);
    expect((low + high) / 2).toBeCloseTo(2, 12);
    expect((high - low) / 2).toBeCloseTo((0.95 * Math.sqrt(2 / (1 - 0.95 ** 2))) / Math.sqrt(3), 12);
  });

  test("covers the true mean as often as it says", () => {
    const stream = randomStream(3, "coverage");
    let covered = 0;
    for (let step = 0; step < 2000; step++) {
      const { low, high } = confidenceInterval(normals(stream, 4, step));
      if (low <= 0 && high >= 0) covered++;
    }
    // Binomial: 1900 ± 9.7; four of these.
    expect(Math.abs(covered - 1900)).toBeLessThan(40);
  });
});

describe("bootstrap", () => {
  const stream = randomStream(0, "bootstrap");
  const xs = uniforms(randomStream(1, "sample"), 200);

  test("a pure function of its arguments", () => {
    expect(bootstrapInterval(xs, { stream })).toEqual(bootstrapInterval(xs, { stream }));
    expect(bootstrapInterval(xs, { stream })).not.toEqual(
      bootstrapInterval(xs, { stream: randomStream(1, "bootstrap") }),
    );
  });

  test("agrees with the normal interval of the mean, to its own noise", () => {
    const { low, high } = bootstrapInterval(xs, { stream });
    const half = 1.96 * standardError(xs);
    // The ends of 2000 resamples scatter by 2 % of the width, and the bootstrap omits √(n/(n − 1)).
    expect(Math.abs(low - (mean(xs) - half))).toBeLessThan(0.2 * half);
    expect(Math.abs(high - (mean(xs) + half))).toBeLessThan(0.2 * half);
  });

  test("any statistic and level", () => {
    const wide = bootstrapInterval(xs, { stream, level: 0.99, statistic: (drawn) => quantile(drawn, 0.5) });
    const narrow = bootstrapInterval(xs, { stream, level: 0.5, statistic: (drawn) => quantile(drawn, 0.5) });
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
  });

  test("resamples draw every index about equally", () => {
    const counts = new Float64Array(10);
    const values = Float64Array.from(counts.keys());
    bootstrapInterval(values, {
      stream,
      resamples: 1000,
      statistic: (drawn) => {
        for (const value of drawn) counts[value]!++;
        return 0;
      },
    });
    // Binomial: 1000 ± 30; five of these.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  test("of one number is that number", () => {
    expect(bootstrapInterval([4], { stream })).toEqual({ low: 4, high: 4 });
  });
});

describe("line", () => {
  test("equals simple-statistics", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })),
          { minLength: 3, maxLength: 40 },
        ),
        (points) => {
          const xs = points.map(([x]) => x);
          fc.pre(Math.max(...xs) - Math.min(...xs) > 0.1);
          const { slope, intercept, rSquared } = fitLine(
            xs,
            points.map(([, y]) => y),
          );
          const oracle = simple.linearRegression(points);
          // simple-statistics subtracts large sums: n Σx² − (Σx)², up to 1e5 with at least .01 left.
          expect(slope).toBeCloseTo(oracle.m, 6);
          expect(intercept).toBeCloseTo(oracle.b, 6);
          if (variance(points.map(([, y]) => y)) > 1e-3) {
            expect(rSquared).toBeCloseTo(simple.rSquared(points, simple.linearRegressionLine(oracle)), 6);
          }
        },
      ),
    );
  });

  test("far from the origin", () => {
    const xs = [1e8, 1e8 + 1, 1e8 + 2];
    const { slope, rSquared } = fitLine(xs, [1, 3, 5]);
    expect([slope, rSquared]).toEqual([2, 1]);
  });

  test("constant y", () => {
    expect(fitLine([0, 1], [3, 3])).toEqual({ slope: 0, intercept: 3, rSquared: 1 });
  });
});

test("bad input is refused", () => {
  const stream = randomStream(0, "x");
  expect(() => mean([])).toThrow("mean: need at least a number, got 0. Collect more.");
  expect(() => variance([1])).toThrow("variance: need at least 2 numbers, got 1. Collect more.");
  expect(() => standardError([1])).toThrow("standardError: need at least 2 numbers, got 1. Collect more.");
  expect(() => quantile([1], 1.5)).toThrow("quantile: share must be from 0 to 1, got 1.5. For example 0.95.");
  expect(() => confidenceInterval([1, 2], 1)).toThrow(
    "studentQuantile: level must be between 0 and 1, got 1. For example 0.95.",
  );
  expect(() => studentQuantile(0.5, 0.95)).toThrow(
    "studentQuantile: degrees must be a whole number ≥ 1, got 0.5. Give n − 1.",
  );
  expect(() => bootstrapInterval([1], { stream, resamples: 0 })).toThrow(
    "bootstrapInterval: resamples must be a whole number ≥ 1, got 0. Try 2000.",
  );
  expect(() => bootstrapInterval([1], { stream, level: NaN })).toThrow(
    "bootstrapInterval: level must be between 0 and 1, got NaN. For example 0.95.",
  );
  expect(() => fitLine([1, 2], [1])).toThrow("fitLine: need as many y as x, got 1 and 2. Pair them.");
  expect(() => fitLine([1, 1], [1, 2])).toThrow(
    "fitLine: need two different x, got only 1. No line is determined.",
  );
});
