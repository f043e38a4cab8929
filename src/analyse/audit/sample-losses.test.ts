import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../../test/support/forward.ts";
import { literature } from "../../../test/support/problems.ts";
import { randomMatrix } from "../../../test/support/random-matrix.ts";
import { naive } from "../../baseline/naive.ts";
import { offset } from "../../baseline/offset.ts";
import { evaluateLoss } from "../../evaluate/loss.ts";
import { powerLoss } from "../../evaluate/power-loss.ts";
import { sampleLosses } from "./sample-losses.ts";

const common = { cleanScale: 0.5, samples: 2000, seed: 3 } as const;
const noLeak = { loss: 0, clean: 0 };

describe("sampleLosses", () => {
  it.each([1, 2, 3.5, 4])("one active feature, exponent %d: the exact losses", async (exponent) => {
    const network = randomNetwork(4, 6, 3);
    const once = { kind: "exactly", k: 1, values: "symmetric" } as const;
    const losses = await sampleLosses(network, {
      ...{ ...common, exponent, leak: noLeak, distribution: once },
    });
    const clean = { ...network, M: null };
    // One active feature loses in proportion to what ŷ = 0 loses there, so nothing is left to sampling but rounding.
    expect(losses.network.loss / powerLoss(network, exponent).lossPerP).toBeCloseTo(1, 10);
    expect(losses.network.clean / powerLoss(clean, exponent).lossPerP).toBeCloseTo(1, 10);
    expect(losses.squared.loss / powerLoss(network, 2).lossPerP).toBeCloseTo(1, 10);
    expect(losses.naive.clean).toBeCloseTo(losses.zero.clean / 2, 12);
  });

  it("several active features: as evaluateLoss has them", async () => {
    const network = randomNetwork(5, 6, 3);
    const distribution = { kind: "bernoulli", p: 0.3, values: "symmetric" } as const;
    const { network: own, even } = await sampleLosses(network, {
      ...{ ...common, exponent: 2, leak: noLeak, distribution },
    });
    const expected = await evaluateLoss(network, { distribution, samples: 400_000 });
    // 2000 inputs in six rotations each: about a percent.
    expect(Math.abs(own.loss / expected.mean - 1)).toBeLessThan(0.05);
    expect(Math.abs(even.network / expected.even! - 1)).toBeLessThan(0.05);
  });

  it("naive, with a leak and without, as their closed forms have them", async () => {
    const problem = { ...literature(1), features: 20, neurons: 8, mixing: randomMatrix(3, 20, 20, 0.05) };
    const { offset: leak, lossPerP, clean, network } = offset(problem);
    const losses = await sampleLosses(network, {
      ...{ ...common, exponent: 2, distribution: problem.distribution },
      leak: { loss: leak, clean: clean.offset },
    });
    const line = naive(problem);
    expect(losses.naive.clean).toBeCloseTo(line.lossPerP, 12);
    // Under M the mean over choices of features, of which the closed form has one.
    expect(Math.abs(losses.naive.loss / line.withMixing.lossPerP - 1)).toBeLessThan(0.05);
    expect(Math.abs(losses.offset.clean / clean.lossPerP - 1)).toBeLessThan(0.03);
    expect(Math.abs(losses.offset.loss / lossPerP - 1)).toBeLessThan(0.05);
    expect(Math.abs(losses.network.loss / lossPerP - 1)).toBeLessThan(0.05);
  });
});
