import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equiangularNetwork, frameSizes } from "../../test/support/equiangular.ts";
import { errorOf } from "../../test/support/forward.ts";
import { literature } from "../../test/support/problems.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import { identity } from "../numeric/matrix.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { preset } from "../spec/presets.ts";
import { train } from "../train/train.ts";
import { naive } from "./naive.ts";
import { positiveCounts } from "./positive-counts.ts";
import { powerBound } from "./power-bound.ts";
import type { Problem } from "./problem.ts";
import { rankBound } from "./rank-bound.ts";
import { readOutBound } from "./read-out-bound.ts";

const small = (features: number, neurons: number): Problem => ({ ...literature(0.1), features, neurons });
const onceAt = (features: number, neurons: number, exponent: number) =>
  powerBound(small(features, neurons), { exponent }).exactlyOne;

describe("100 features, 50 neurons", () => {
  test("q = 4: .00562/10, weaker .0025/10, naive .5/10", () => {
    const bound = powerBound(literature(0.02), { exponent: 4 });
    expect(10 * bound.exactlyOne.lossPerP).toBeCloseTo(0.00562, 5);
    expect(10 * bound.exactlyOne.simpler!).toBeCloseTo(0.0025, 13);
    expect(powerLoss(naive(literature(0.02)).network, 4).lossPerP).toBeCloseTo(0.05, 13);
    expect(0.02 * bound.lossPerP).toBeCloseTo(9.9e-6, 7);
    expect(bound.stderr).toBe(0);
  });

  test("an output bias counts as one neuron more", () => {
    const biased = powerBound(literature(0.02), { exponent: 4, outputBias: true });
    expect(biased).toEqual(powerBound({ ...literature(0.02), neurons: 51 }, { exponent: 4 }));
  });

  test.each([0.01, 0.1, 1])("q = 2 is the rank bound at p = %d", (p) => {
    const bound = powerBound(literature(p), { exponent: 2 });
    expect(bound.lossPerP).toBeCloseTo(rankBound(literature(p)).lossPerP, 11);
    expect(bound.exactlyOne.lossPerP).toBeCloseTo(1 / 12, 13);
  });

  test.each([0.5, 1, 1.5, 2])("q = %d: naive is optimal for one active feature", (exponent) => {
    const { lossPerP } = powerBound(literature(0.02), { exponent }).exactlyOne;
    expect(lossPerP).toBeCloseTo(powerLoss(naive(literature(0.02)).network, exponent).lossPerP, 13);
  });
});

describe("equiangular tight frames", () => {
  test.each(frameSizes.flatMap(([n, h]) => [2.5, 4, 6].map((q) => [n, h, q] as const)))(
    "n = %d, h = %d, q = %d: a ReLU net attains the bound, and its read-out allows no less",
    (n, h, q) => {
      const network = equiangularNetwork(n, h, q);
      const bound = onceAt(n, h, q).lossPerP;
      expect(powerLoss(network, q).lossPerP / bound).toBeCloseTo(1, 10);
      const readOut = readOutBound(network.W_out, q);
      expect(readOut.lossPerP / bound).toBeCloseTo(1, 7);
      expect(readOut.projectorBound / bound).toBeCloseTo(1, 10);
    },
  );
});

describe("no net goes below", () => {
  test("random nets and their read-outs, in the order of the proofs", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.constantFrom(0.7, 1, 2, 2.7, 4, 8),
        fc.integer({ min: 1, max: 5 }),
        (seed, q, h) => {
          const W_in = randomMatrix(seed, h, 6);
          const W_out = randomMatrix(seed + 9, 6, h);
          const loss = powerLoss({ W_in, W_out, M: null }, q).lossPerP;
          const universal = onceAt(6, h, q);
          expect(loss).toBeGreaterThan(universal.lossPerP);
          if (q < 2) return;
          const own = readOutBound(W_out, q);
          // 1e-12: rounding of numbers below 1
          expect(universal.simpler!).toBeLessThan(universal.lossPerP + 1e-12);
          expect(universal.lossPerP).toBeLessThan(own.projectorBound + 1e-12);
          expect(own.projectorBound).toBeLessThan(own.lossPerP + 1e-9);
          expect(own.lossPerP).toBeLessThan(own.found + 1e-12);
          expect(own.found).toBeLessThan(loss + 1e-9);
        },
      ),
      { seed: 3, numRuns: 80 },
    );
  });

  test("trained nets, at every exponent", async () => {
    const overrides = ["model.features=10", "model.neurons=5", "training.steps=400", "training.batch=256"];
    for (const seed of [0, 1]) {
      const { model } = await train(preset("cc-clean", [...overrides, `seed=${seed}`]));
      for (const q of [1, 2, 3, 4, 8])
        expect(powerLoss(model, q).lossPerP).toBeGreaterThan(onceAt(10, 5, q).lossPerP - 1e-9);
    }
  });

  test.each([3, 4])("q = %d, Bernoulli: the equiangular net stays above", (q) => {
    const problem: Problem = {
      ...small(6, 3),
      distribution: { kind: "bernoulli", p: 0.3, values: "symmetric" },
    };
    const { lossPerP, stderr } = powerBound(problem, { exponent: q, samples: 20_000 });
    const network = equiangularNetwork(6, 3, q);
    const draws = 4000;
    let total = 0;
    for (let s = 0; s < draws; s++) {
      const u = uniforms(randomStream(1, "inputs"), 12, s);
      const x = Float64Array.from({ length: 6 }, (_, i) => (u[i]! < 0.3 ? 2 * u[6 + i]! - 1 : 0));
      total += errorOf(network, x).reduce((sum, e) => sum + Math.abs(e) ** q, 0);
    }
    expect(total / draws / (6 * 0.3)).toBeGreaterThan(lossPerP - 3 * stderr);
    expect(lossPerP).toBeGreaterThan(0);
  });
});

describe("the expectation for several labels", () => {
  test("q = 4 in closed form agrees with q near 4 by sampling", () => {
    const exact = powerBound(literature(0.1), { exponent: 4 });
    const near = powerBound(literature(0.1), { exponent: 4 + 1e-9 });
    expect(near.stderr).toBeGreaterThan(0);
    expect(Math.abs(near.lossPerP - exact.lossPerP)).toBeLessThan(4 * near.stderr);
  });

  test("exactly k of ±1: m positive labels of k leave m − m²/n", () => {
    const problem: Problem = { ...small(4, 1), distribution: { kind: "exactly", k: 2, values: "sign" } };
    const once = powerBound(
      { ...problem, distribution: { kind: "exactly", k: 1, values: "sign" } },
      { exponent: 4 },
    );
    const { lossPerP } = powerBound(problem, { exponent: 4 });
    // Half of the inputs have one positive label, a quarter two; L/p divides by n p = 2.
    expect(lossPerP).toBeCloseTo((0.5 * 2 * once.lossPerP + 0.25 * (1 / 4) * 1 * (2 - 1) ** 2) / 2, 12);
  });

  test("counts are binomial and sum to 1", () => {
    const counts = positiveCounts({ kind: "bernoulli", p: 0.5, values: "symmetric" }, 3);
    expect([...counts]).toEqual([27, 27, 9, 1].map((value) => value / 64));
    const one = positiveCounts({ kind: "exactly", k: 1, values: "positive" }, 3);
    expect([...one]).toEqual([0, 1, 0, 0]);
  });
});

// The inequality to which docs/theory/lq-certificates.md reduces the convexity of φ, on a grid.
test("the convexity of φ: A + B u ≥ (1 + β) u^(1−β) for every q ≥ 2 and u > 0", () => {
  for (let q = 2; q < 60; q *= 1.01) {
    const beta = q / (2 * (q - 1));
    for (let exponent = -30; exponent <= 30; exponent += 0.05) {
      const u = Math.exp(exponent);
      const left = q / 2 + 1 + (q / 2 - 1) * u;
      expect(left / ((1 + beta) * u ** (1 - beta))).toBeGreaterThan(1 - 1e-12);
    }
  }
});

test("as many neurons as features: 0", () => {
  for (const exponent of [1, 2, 4])
    expect(powerBound(small(4, 4), { exponent })).toMatchObject({ lossPerP: 0, exactlyOne: { lossPerP: 0 } });
});

test("problems beyond the proofs are refused", () => {
  expect(() => powerBound({ ...small(3, 1), mixing: identity(3) }, { exponent: 4 })).toThrow(
    "powerBound: need clean labels, got a mixing matrix. Set labels.mixing.kind=none.",
  );
  const distribution = { kind: "bernoulli", p: [0.1, 0.2, 0.3], values: "symmetric" } as const;
  expect(() => powerBound({ ...small(3, 1), distribution }, { exponent: 4 })).toThrow(
    "powerBound: need one p for all features, got a list. Features must be exchangeable.",
  );
});
