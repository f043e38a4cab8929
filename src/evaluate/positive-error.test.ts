import { expect, test } from "vitest";
import { everyInput } from "../../test/support/exact-inputs.ts";
import { errorOf, randomNetwork } from "../../test/support/forward.ts";
import { matrix } from "../numeric/matrix.ts";
import { positiveErrors } from "./positive-error.ts";

const once = { kind: "exactly", k: 1, values: "symmetric" } as const;

test("half of the features answered: 0 and 1/3, spread 1, at any density", () => {
  const half = { W_in: matrix(1, 2, [1, 0]), W_out: matrix(2, 1, [1, 0]), M: null };
  const exact = positiveErrors(half, { distribution: once });
  expect(exact).toMatchObject({ mean: 1 / 6, variation: 1, samples: 0 });
  expect([...exact.perFeature, ...exact.stderr]).toEqual([0, 1 / 3, 0, 0]);
  const sampled = positiveErrors(half, { distribution: { kind: "bernoulli", p: 0.5, values: "symmetric" } });
  expect(sampled.perFeature[0]).toBe(0);
  expect(Math.abs(sampled.perFeature[1]! - 1 / 3)).toBeLessThan(4 * sampled.stderr[1]!);
  expect(sampled.samples).toBe(2000);
});

test.each([0.3, [0.1, 0.9, 1]])("values ±1 at p = %j by enumeration", (p) => {
  const network = randomNetwork(3, 3, 4);
  const distribution = { kind: "bernoulli", p, values: "sign" } as const;
  const inputs = everyInput(distribution, 3);
  const { perFeature, stderr } = positiveErrors(network, { distribution, samples: 4000 });
  for (let i = 0; i < 3; i++) {
    const given = inputs.filter(({ x }) => x[i]! > 0);
    const total = given.reduce((sum, { probability }) => sum + probability, 0);
    const squares = given.reduce(
      (sum, { x, probability }) => sum + probability * errorOf(network, x)[i]! ** 2,
      0,
    );
    // Four standard errors: by chance once in 16,000.
    expect(Math.abs(perFeature[i]! - squares / total)).toBeLessThan(4 * stderr[i]! + 1e-12);
  }
});

test("as p falls, the exact numbers of one active feature", () => {
  const network = randomNetwork(4, 5, 3);
  const exact = positiveErrors(network, { distribution: once });
  const rare = { kind: "bernoulli", p: 1e-9, values: "symmetric" } as const;
  const sampled = positiveErrors(network, { distribution: rare, samples: 500 });
  exact.perFeature.forEach((value, i) => {
    expect(Math.abs(sampled.perFeature[i]! - value)).toBeLessThan(4 * sampled.stderr[i]!);
  });
  expect(positiveErrors(network, { distribution: rare, samples: 500 })).toEqual(sampled);
});

test("other inputs and too few samples are refused", () => {
  const network = randomNetwork(4, 5, 3);
  expect(() => positiveErrors(network, { distribution: { ...once, k: 2 } })).toThrow(
    "positiveErrors: need Bernoulli inputs or exactly one active, got exactly 2. Use data.kind=bernoulli.",
  );
  const distribution = { kind: "bernoulli", p: 0.5, values: "sign" } as const;
  expect(() => positiveErrors(network, { distribution, samples: 1 })).toThrow(
    "positiveErrors: need a whole number of samples ≥ 2, got 1. A standard error takes two.",
  );
});
