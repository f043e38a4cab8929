import { describe, expect, test } from "vitest";
import { everyDistribution, features, nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { denseMoment } from "./moment.ts";
import { activity, density, type InputDistribution, inputMoments, isSignSymmetric } from "./moments.ts";

// Sums of up to 625 terms in float64 keep 12 digits.
const relu = (value: number) => Math.max(value, 0);
const same = (value: number) => value;

describe.each(everyDistribution.map((one) => [nameOf(one), one] as const))("%s", (_, distribution) => {
  const inputs = everyInput(distribution, features);
  const moments = inputMoments(distribution, features);

  test("the enumeration is a distribution", () => {
    expect(expectation(inputs, () => 1)).toBeCloseTo(1, 12);
  });

  test.each([
    ["inputs", same, same],
    ["reluInputs", relu, same],
    ["relus", relu, relu],
    ["absolutes", Math.abs, Math.abs],
  ] as const)("E[f(x) g(x)ᵀ] by enumeration: %s", (name, f, g) => {
    for (let i = 0; i < features; i++) {
      for (let j = 0; j < features; j++) {
        const exact = expectation(inputs, (x) => f(x[i]!) * g(x[j]!));
        expect(denseMoment(moments[name]).data[i * features + j]).toBeCloseTo(exact, 12);
      }
    }
  });

  test("activity and density by enumeration", () => {
    const active = activity(distribution, features);
    for (let i = 0; i < features; i++) {
      expect(active[i]).toBeCloseTo(
        expectation(inputs, (x) => (x[i] === 0 ? 0 : 1)),
        12,
      );
    }
    const count = expectation(inputs, (x) => x.filter((value) => value !== 0).length);
    expect(density(distribution, features)).toBeCloseTo(count / features, 12);
  });

  test("sign symmetry is zero mean", () => {
    const mean = expectation(inputs, (x) => x[0]!);
    expect(isSignSymmetric(distribution)).toBe(Math.abs(mean) < 1e-15);
  });
});

test("what cannot be is refused", () => {
  const of = (part: object) => () => inputMoments({ values: "symmetric", ...part } as InputDistribution, 4);
  expect(of({ kind: "bernoulli", p: 0 })).toThrow(
    "activity: need p in (0, 1], got 0. Set data.p to a probability above zero.",
  );
  expect(of({ kind: "bernoulli", p: Number.NaN })).toThrow("activity: need p in (0, 1], got NaN.");
  expect(of({ kind: "bernoulli", p: [0.1, 0.2] })).toThrow(
    "activity: need one probability a feature, 4 in all, got 2. Give one number, or one a feature.",
  );
  expect(of({ kind: "exactly", k: 5 })).toThrow(
    "activity: need a whole number k from 1 to 4 active features, got 5. Set data.k within it.",
  );
  expect(of({ kind: "bernoulli", p: 0.1, values: "normal" })).toThrow(
    'valueMoments: need values symmetric, positive, sign or binary, got "normal". Name one of them.',
  );
});

test("one feature: no pairs, no division by zero", () => {
  expect([
    ...denseMoment(inputMoments({ kind: "exactly", k: 1, values: "symmetric" }, 1).relus).data,
  ]).toEqual([1 / 6]);
});
