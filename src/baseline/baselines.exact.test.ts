import { describe, expect, test } from "vitest";
import { nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { errorOf, evenErrorOf, squaredLength } from "../../test/support/forward.ts";
import { everyProblem, literature } from "../../test/support/problems.ts";
import { density, exactlyOneLoss, isSignSymmetric, type LossParts, type Network } from "../evaluate/index.ts";
import { halfIdentity } from "./half-identity.ts";
import { learnedFeatures, naive } from "./naive.ts";
import { offset } from "./offset.ts";
import type { Problem } from "./problem.ts";
import { zero } from "./zero.ts";

/** The loss of a baseline's own net, every input enumerated. */
function lossOf(network: Network, { distribution, features }: Problem): LossParts {
  const inputs = everyInput(distribution, features);
  const perP = 1 / (features * density(distribution, features));
  const lossPerP = perP * expectation(inputs, (x) => squaredLength(errorOf(network, x)));
  if (!isSignSymmetric(distribution)) return { lossPerP, linear: null, even: null };
  const even = perP * expectation(inputs, (x) => squaredLength(evenErrorOf(network, x)));
  return { lossPerP, linear: lossPerP - even, even };
}

function expectParts(actual: LossParts, wanted: LossParts) {
  for (const part of ["lossPerP", "linear", "even"] as const) {
    // sums of up to 625 terms in float64 keep 12 digits
    if (wanted[part] === null) expect(actual[part]).toBeNull();
    else expect(actual[part]).toBeCloseTo(wanted[part], 12);
  }
}

const cases = everyProblem.map(
  (problem) => [`${nameOf(problem.distribution)}${problem.mixing ? " mixed" : ""}`, problem] as const,
);

describe.each(cases)("closed forms against the nets they describe: %s", (_, problem) => {
  test.each([
    ["naive with mixing", () => ({ network: naive(problem).network, ...naive(problem).withMixing })],
    ["offset", () => offset(problem)],
    ["zero", () => zero(problem)],
    ["half-identity", () => halfIdentity(problem)],
  ] as const)("%s", (_name, make) => {
    const baseline = make();
    expectParts(baseline, lossOf(baseline.network, problem));
    expectParts(baseline.exactlyOne, exactlyOneLoss(baseline.network, problem.distribution.values));
  });

  test("naive on clean labels", () => {
    const baseline = naive(problem);
    expectParts(baseline, lossOf({ ...baseline.network, M: null }, problem));
  });

  test("no other leak is better than the offset's", () => {
    const best = offset(problem);
    for (const change of [-0.01, 0.01]) {
      const W_out = { ...best.network.W_out, data: best.network.W_out.data.map((w) => (w === 1 ? 1 : w)) };
      const learned = learnedFeatures(problem);
      for (let i = 0; i < problem.features; i++) {
        if (learned.includes(i)) continue;
        for (let k = 0; k < 2; k++) W_out.data[i * 2 + k]! += change;
      }
      expect(lossOf({ ...best.network, W_out }, problem).lossPerP).toBeGreaterThan(best.lossPerP);
    }
  });
});

describe("published numbers, 100 features and 50 neurons", () => {
  test("naive: 1/12 at every p, half of it in either part", () => {
    for (const p of [0.001, 0.01, 1]) {
      const { lossPerP, linear, even, exactlyOne } = naive(literature(p));
      for (const half of [linear, even, exactlyOne.linear, exactlyOne.even])
        expect(half).toBeCloseTo(1 / 24, 12);
      expect(lossPerP).toBeCloseTo(1 / 12, 12);
    }
  });

  // Bhagat et al. 2026, arXiv 2606.14673
  test.each([
    [1, 0.01935, 0.05309],
    [0.1, 0.01322, 0.08127],
  ])("offset at p = %d: c = %d, L/p = %d", (p, c, lossPerP) => {
    const best = offset(literature(p));
    expect(best.offset).toBeCloseTo(c, 5);
    expect(best.lossPerP).toBeCloseTo(lossPerP, 5);
    expect(best.clean.lossPerP).toBe(best.lossPerP);
  });

  test.each([0.01, 0.3, 1])("offset's formula at p = %d", (p) => {
    const [n, h, r] = [100, 50, p / 4];
    const S = h * r;
    const squareOfS = h * (p / 6 - p ** 2 / 16) + S ** 2;
    const best = offset(literature(p));
    expect(best.offset).toBeCloseTo((r * S) / squareOfS, 12);
    expect(best.lossPerP).toBeCloseTo((((n - h) / n) * (p / 6 - (r * S) ** 2 / squareOfS)) / p, 12);
  });

  test("half-identity loses 1/12 on clean labels, all of it even; zero loses twice that", () => {
    expect(halfIdentity(literature(0.01))).toMatchObject({ linear: 0, even: expect.closeTo(1 / 12, 12) });
    expect(zero(literature(0.01)).lossPerP).toBeCloseTo(1 / 6, 12);
  });
});

describe("edges", () => {
  test.each([
    [3, 3],
    [3, 5],
    [1, 1],
  ])("n = %d, h = %d: naive and offset lose nothing on clean labels", (features, neurons) => {
    const problem: Problem = { ...literature(1), features, neurons };
    expect(naive(problem)).toMatchObject({ lossPerP: 0, linear: 0, even: 0 });
    expect(offset(problem)).toMatchObject({ lossPerP: 0, offset: 0 });
  });

  test("the most active features get the neurons, equally active ones in order", () => {
    const p = [0.1, 0.4, 0.2, 0.4];
    const distribution = { kind: "bernoulli", p, values: "symmetric" } as const;
    expect(learnedFeatures({ features: 4, neurons: 3, mixing: null, distribution })).toEqual([1, 3, 2]);
  });
});
