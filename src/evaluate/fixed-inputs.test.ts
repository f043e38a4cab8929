/** Losses at fixed inputs, beside the exact ones. */
import { describe, expect, test } from "vitest";
import { randomNetwork } from "../../test/support/forward.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, identity, matrix } from "../numeric/matrix.ts";
import { fixedInputs, lossAtInputs } from "./fixed-inputs.ts";
import { powerLoss } from "./power-loss.ts";
import { reluLinearLoss } from "./relu-linear-loss.ts";

const network = { ...randomNetwork(1, 7, 3), M: randomMatrix(2, 7, 7, 0.1) };

describe("lossAtInputs", () => {
  test.each(["symmetric", "positive", "sign", "binary"] as const)(
    "one active feature, %s values: the closed form",
    (values) => {
      for (const exponent of [1.5, 2, 4]) {
        const distribution = { kind: "exactly", k: 1, values } as const;
        const { lossPerP, stderr } = lossAtInputs(network, fixedInputs(7, { distribution, exponent }));
        expect(lossPerP).toBeCloseTo(powerLoss(network, exponent, values).lossPerP, 12);
        expect(stderr).toBe(0);
      }
    },
  );

  test("Bernoulli inputs, q = 2: within four standard errors of a net whose loss is known", () => {
    // Two features, each with its own ReLU neuron, answered by half: the error is −½ relu(x).
    const half = { W_in: identity(2), W_out: combine(0.5, identity(2), 0, identity(2)), M: null };
    for (const values of ["symmetric", "positive", "sign", "binary"] as const) {
      const distribution = { kind: "bernoulli", p: [0.1, 0.6], values } as const;
      const exact = reluLinearLoss(combine(-0.5, identity(2), 0, identity(2)), matrix(2, 2), distribution);
      const found = lossAtInputs(half, fixedInputs(2, { distribution, exponent: 2 }));
      expect(Math.abs(found.lossPerP - exact.lossPerP)).toBeLessThan(4 * found.stderr);
      expect(found.stderr).toBeLessThan(0.05 * exact.lossPerP);
    }
  });

  test("the same seed, the same inputs; another, others", () => {
    const draw = (seed: number) => fixedInputs(3, { inputs: 50, seed }).X.data;
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });

  test("says what it needs", () => {
    expect(() => fixedInputs(5, { distribution: { kind: "exactly", k: 2, values: "sign" } })).toThrow(
      "fixedInputs: need Bernoulli inputs or exactly one active, got exactly 2. Use data.kind=bernoulli.",
    );
    expect(() => fixedInputs(5, { inputs: 1 })).toThrow(
      "fixedInputs: need a whole number of inputs ≥ 2, got 1. Try 4096.",
    );
  });
});
