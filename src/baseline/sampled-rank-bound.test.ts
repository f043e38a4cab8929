import { describe, expect, it } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { evaluateLoss } from "../evaluate/loss.ts";
import { naive } from "./naive.ts";
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

  it("lies well below the exact bound where many features are alike, and held-out directions do not", async () => {
    const [features, neurons] = [30, 15];
    const distribution = { kind: "bernoulli", p: 0.1, values: "symmetric" } as const;
    const exact = rankBound({ features, neurons, mixing: null, distribution }).lossPerP;
    const { lossPerP, heldOut, stderr } = await sampledRankBound({ features }, neurons, {
      distribution,
      samples: 8192,
    });
    // Sorting 30 equal eigenvalues, each known to some 6 %, moves the mean of the lower half by more than it scatters.
    expect(lossPerP).toBeLessThan(exact - 2 * stderr);
    expect(lossPerP).toBeGreaterThan(0.9 * exact);
    // All eigenvalues that are dropped are equal, so any directions have the exact mean.
    expect(Math.abs(heldOut - exact)).toBeLessThan(4 * stderr);
  });

  it("is enclosed, over seeds, by the estimate and by held-out directions", async () => {
    const exact = rankBound({ features, neurons, mixing: M, distribution }).lossPerP;
    const seeds = Array.from({ length: 40 }, (_, seed) => seed);
    const runs = await Promise.all(
      seeds.map((seed) => sampledRankBound({ features, M }, neurons, { distribution, samples: 200, seed })),
    );
    const mean = (of: (run: (typeof runs)[number]) => number) =>
      runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
    expect(mean(({ lossPerP }) => lossPerP)).toBeLessThan(exact);
    expect(mean(({ heldOut }) => heldOut)).toBeGreaterThan(exact);
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

it("a baseline's network is measured against own labels: naive answers |x| like relu(x)", async () => {
  const labels = (x: Float64Array) => x.map(Math.abs);
  const { network } = naive({ features, neurons, mixing: null, distribution });
  const { mean, stderr } = await evaluateLoss({ ...network, labels }, options);
  // E relu(v)² = 1/6 is lost on the features that naive answers, on their negative side, and E v² = 1/3 on the others.
  const expected = (neurons / 6 + (features - neurons) / 3) / features;
  expect(Math.abs(mean - expected)).toBeLessThan(4 * stderr);
});
