import { linearRegression, rSquared } from "simple-statistics";
import { expect, test } from "vitest";
import { uniformsOf } from "../../test/support/random-matrix.ts";
import { fitLine } from "./line-fit.ts";

test("agrees with an independent implementation", () => {
  const uniform = uniformsOf(1);
  const x = Array.from({ length: 50 }, () => uniform() - 3);
  const y = x.map((value) => 1.86 * value - 0.4 + 0.2 * uniform());
  const { m, b } = linearRegression(x.map((value, i) => [value, y[i]!]));
  const fit = fitLine(x, y)!;
  expect(fit.slope).toBeCloseTo(m, 12);
  expect(fit.intercept).toBeCloseTo(b, 12);
  expect(fit.r2).toBeCloseTo(
    rSquared(
      x.map((value, i) => [value, y[i]!]),
      (value) => m * value + b,
    ),
    12,
  );
  expect(fit.points).toBe(50);
});

test("a constant x has no line, a constant y a flat one", () => {
  expect(fitLine([2, 2, 2], [1, 2, 3])).toBeNull();
  expect(fitLine([], [])).toBeNull();
  expect(fitLine([1, 2], [5, 5])).toEqual({ slope: 0, intercept: 5, r2: 1, points: 2 });
});
