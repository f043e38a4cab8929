import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everySignSymmetric, features, nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { apply, errorOf, evenErrorOf, randomNetwork, squaredLength } from "../../test/support/forward.ts";
import { uniformsOf } from "../../test/support/random-matrix.ts";
import { combine, squaredNorm } from "../numeric/matrix.ts";
import { sum } from "./moment.ts";
import { density, type InputDistribution, valueMoments } from "./moments.ts";
import { linearMap, linearPart, linearPartPerOutput, oddTarget } from "./odd-even-split.ts";

const networks = fc
  .record({ seed: fc.nat(1e6), neurons: fc.integer({ min: 1, max: 6 }) })
  .map(({ seed, neurons }) => randomNetwork(seed, features, neurons));

describe.each(everySignSymmetric.map((one) => [nameOf(one), one] as const))("%s", (_, distribution) => {
  const inputs = everyInput(distribution, features);
  const perP = 1 / (features * density(distribution, features));

  test("the identity: whole = linear (closed form) + even, every input enumerated, any weights and M", () => {
    fc.assert(
      fc.property(networks, (network) => {
        const whole = perP * expectation(inputs, (x) => squaredLength(errorOf(network, x)));
        const even = perP * expectation(inputs, (x) => squaredLength(evenErrorOf(network, x)));
        const linear = linearPart(network, distribution);
        // float64 sums of ~600 terms: 1e-12 relative leaves three digits
        expect(Math.abs(linear + even - whole)).toBeLessThan(1e-12 * whole);
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  test("the linear part of every output by enumeration", () => {
    const network = randomNetwork(3, features, 2);
    const residual = combine(0.5, linearMap(network), -0.5, oddTarget(network.M, features));
    const parts = linearPartPerOutput(network, distribution);
    for (let i = 0; i < features; i++) {
      const exact = expectation(inputs, (x) => apply(residual, x)[i]! ** 2) / density(distribution, features);
      expect(parts[i]).toBeCloseTo(exact, 13);
    }
    expect(sum(parts) / features).toBeCloseTo(linearPart(network, distribution), 14);
  });
});

test.each(["symmetric", "sign"] as const)(
  "as printed: ¼ (1/n) E v² ‖W_out W_in − (I + 2M)‖_F², %s",
  (values) => {
    const network = randomNetwork(11, features, 3);
    const distance = squaredNorm(combine(1, linearMap(network), -1, oddTarget(network.M, features)));
    const printed = (valueMoments(values).square * distance) / (4 * features);
    for (const p of [0.01, 1]) {
      expect(linearPart(network, { kind: "bernoulli", p, values })).toBeCloseTo(printed, 13);
    }
    expect(linearPart(network, { kind: "exactly", k: 3, values })).toBeCloseTo(printed, 13);
  },
);

test.each([0.05, 0.4, 1])(
  "the identity by sampling continuous values at p = %d, within 4 standard errors",
  (p) => {
    const n = 7;
    const network = randomNetwork(23, n, 4);
    const uniform = uniformsOf(9);
    const rows = 20_000;
    let total = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const x = new Float64Array(n).map(() => (uniform() < p ? 2 * uniform() - 1 : 0));
      // row by row: whole − even has the linear part as its mean, since the cross term has mean zero
      const odd = (squaredLength(errorOf(network, x)) - squaredLength(evenErrorOf(network, x))) / (n * p);
      total += odd;
      squares += odd * odd;
    }
    const mean = total / rows;
    const standardError = Math.sqrt((squares / rows - mean * mean) / rows);
    const linear = linearPart(network, { kind: "bernoulli", p, values: "symmetric" });
    expect(Math.abs(mean - linear)).toBeLessThan(4 * standardError);
  },
);

test("positive values are refused: the identity fails for them", () => {
  const distribution: InputDistribution = { kind: "exactly", k: 1, values: "positive" };
  expect(() => linearPart(randomNetwork(1, 4, 2), distribution)).toThrow(
    "odd-even split: need values symmetric or sign, got positive. The split needs x and −x equally likely; use the whole loss.",
  );
});
