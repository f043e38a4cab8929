import { describe, expect, it } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { evaluateLoss } from "../evaluate/loss.ts";
import { rankBound } from "./rank-bound.ts";
import { sampledRankBound } from "./sampled-rank-bound.ts";

const [features, neurons] = [8, 3];
const distribution = { kind: "bernoulli", p: 0.3, values: "symmetric" } as const;
const M = randomMatrix(5, features, features, 0.3);
const options = { distribution, samples: 40_960 };

describe("sampledRankBound", () => {
  it("meets the exact bound of labels relu(x) + M x, from below on average", async () => {
    const exact = rankBound({ features, neurons, mixing: M, distribution }).lossPerP;
    const runs = await Promise.all(
      [0, 1, 2, 3].map((seed) => sampledRankBound({ features, M }, neurons, { ...options, seed })),
    );
    for (const { lossPerP, stderr } of runs) expect(Math.abs(lossPerP - exact)).toBeLessThan(4 * stderr);
    const mean = runs.reduce((sum, { lossPerP }) => sum + lossPerP, 0) / runs.length;
    expect(mean).toBeLessThan(exact + runs[0]!.stderr);
    const few = await sampledRankBound({ features, M }, neurons, { distribution, samples: 16 });
    expect(few.lossPerP).toBeLessThan(exact);
  });

  it("stays below every model of that rank: |x| by half of the identity's rank", async () => {
    const labels = (x: Float64Array) => x.map(Math.abs);
    const { lossPerP, stderr } = await sampledRankBound({ features, labels }, neurons, options);
    const forward = (x: Float64Array) => x.map((value, i) => (i < neurons ? Math.abs(value) : 0));
    const { mean } = await evaluateLoss({ features, forward, labels }, options);
    expect(lossPerP).toBeLessThan(mean);
    expect(lossPerP).toBeGreaterThan(10 * stderr);
  });

  it("is 0 where there are as many neurons as features, and says whose numbers are none", async () => {
    expect((await sampledRankBound({ features }, features, options)).lossPerP).toBe(0);
    await expect(sampledRankBound({ features, labels: () => [1] }, neurons, options)).rejects.toThrow(
      "label function: need 8 numbers for row 0, got 1. Mend the label function.",
    );
  });
});
