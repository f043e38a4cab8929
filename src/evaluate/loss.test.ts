import { describe, expect, test } from "vitest";
import { everyDistribution, features, nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { errorOf, randomNetwork, squaredLength } from "../../test/support/forward.ts";
import { referenceEngine } from "../engine/index.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { exactlyOneLoss } from "./exactly-one.ts";
import { evaluateLoss } from "./loss.ts";
import { evaluateLossOverP } from "./loss-over-p.ts";
import { density, type InputDistribution } from "./moments.ts";
import type { Network } from "./network.ts";
import { linearPart } from "./odd-even-split.ts";
import { perFeatureLoss } from "./per-feature.ts";
import { sampleErrors } from "./sampled-errors.ts";

// The odd-numbered neurons make the expected even part of U[-1,1] values differ from its Gauss nodes', so only ±1
// values, and U[0,1] values seen by a net whose neurons never change sign, have an exact mean by enumeration.
const network = randomNetwork(61, features, 3);
const monotone: Network = { ...network, W_in: { ...network.W_in, data: network.W_in.data.map(Math.abs) } };
const single = everyDistribution.filter((one) => !(one.kind === "bernoulli" && typeof one.p !== "number"));
const enumerable = single.filter((one) => one.values !== "symmetric");
const exactMean = (net: Network, distribution: InputDistribution) =>
  expectation(everyInput(distribution, features), (x) => squaredLength(errorOf(net, x))) /
  (features * density(distribution, features));

describe.each(enumerable.map((one) => [nameOf(one), one] as const))("%s", (_, distribution) => {
  const net = distribution.values === "positive" ? monotone : network;

  test("mean within 4 standard errors of the enumeration; the parts add up", async () => {
    const loss = await evaluateLoss(net, { distribution, samples: 20_000, seed: 3 });
    const wanted = exactMean(net, distribution);
    // float32 kernels: 1e-6 relative where nothing varies
    expect(Math.abs(loss.mean - wanted)).toBeLessThan(4 * loss.stderr + 1e-6 * wanted);
    expect(loss.p).toBeCloseTo(density(distribution, features), 14);
    if (distribution.values === "positive") expect([loss.linear, loss.even]).toEqual([null, null]);
    else expect(loss.linear! + loss.even!).toBeCloseTo(loss.mean, 13);
  });

  test("per output: the mean is the loss", async () => {
    const options = { distribution, samples: 4096, seed: 4 };
    const outputs = await perFeatureLoss(net, options);
    const { mean } = await evaluateLoss(net, options);
    expect(outputs.reduce((a, b) => a + b) / features).toBeCloseTo(mean, 6);
  });
});

describe("continuous values", () => {
  const distribution = { kind: "bernoulli", p: 0.4, values: "symmetric" } as const;
  const options = { distribution, samples: 40_000, seed: 5 };

  test("linear + even agrees with the whole error sampled, and varies less", async () => {
    const split = await evaluateLoss(network, options);
    const { sum, sumOfSquares, samples } = await sampleErrors(network, { ...options, seed: 6 }, "full");
    const scale = features * 0.4;
    const mean = sum / samples;
    const stderr = Math.sqrt((sumOfSquares / samples - mean * mean) / samples) / scale;
    expect(Math.abs(split.mean - mean / scale)).toBeLessThan(4 * Math.hypot(stderr, split.stderr));
    expect(split.stderr).toBeLessThan(stderr);
    expect(split.linear).toBe(linearPart(network, distribution));
  });

  test("both engines draw the same inputs and agree to float32", async () => {
    const few = { ...options, samples: 3000 };
    const fast = await evaluateLoss(network, few);
    const slow = await evaluateLoss(network, { ...few, engine: referenceEngine });
    expect(fast.samples).toBe(4096);
    expect(slow.samples).toBe(4096);
    expect(Math.abs(fast.mean / slow.mean - 1)).toBeLessThan(1e-5);
    expect(Math.abs(fast.stderr / slow.stderr - 1)).toBeLessThan(1e-5);
  });

  test("the standard error is that of repeated evaluations", async () => {
    const means = [];
    let stderr = 0;
    for (let seed = 0; seed < 60; seed++) {
      const loss = await evaluateLoss(network, { distribution, samples: 1000, seed });
      means.push(loss.mean);
      stderr += loss.stderr / 60;
    }
    const mean = means.reduce((a, b) => a + b) / means.length;
    const spread = Math.sqrt(means.reduce((total, m) => total + (m - mean) ** 2, 0) / (means.length - 1));
    // the spread of 60 normal draws is itself good to 1/√120 ≈ 9 %: 3 of those
    expect(Math.abs(spread / stderr - 1)).toBeLessThan(0.28);
  });

  test("the same seed gives the same number, another seed another", async () => {
    const [one, again, other] = await Promise.all(
      [7, 7, 8].map((seed) => evaluateLoss(network, { distribution, samples: 2048, seed })),
    );
    expect(again).toEqual(one);
    expect(other!.mean).not.toBe(one!.mean);
  });
});

test("exactly one active is the closed form, with no error", async () => {
  for (const values of ["symmetric", "positive", "sign"] as const) {
    const distribution = { kind: "exactly", k: 1, values } as const;
    const { lossPerP, linear, even, perOutput } = exactlyOneLoss(network, values);
    const exact = { p: 1 / features, mean: lossPerP, stderr: 0, linear, even, samples: 0 };
    expect(await evaluateLoss(network, { distribution })).toEqual(exact);
    expect(await perFeatureLoss(network, { distribution })).toEqual(perOutput);
  }
});

test("exactly one active, sampled all the same, agrees with the closed form", async () => {
  const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
  const { sum, sumOfSquares, samples } = await sampleErrors(
    network,
    { distribution, samples: 20_000 },
    "full",
  );
  const mean = sum / samples;
  const stderr = Math.sqrt((sumOfSquares / samples - mean * mean) / samples);
  expect(Math.abs(mean - exactlyOneLoss(network).lossPerP)).toBeLessThan(4 * stderr);
});

test("a grid of p, in order, each as if asked alone", async () => {
  const grid = await evaluateLossOverP(network, { p: [1, 0.1], values: "sign", samples: 2048, seed: 2 });
  expect(grid.map(({ p }) => p)).toEqual([1, 0.1]);
  const distribution = { kind: "bernoulli", p: 0.1, values: "sign" } as const;
  expect(grid[1]).toEqual(await evaluateLoss(network, { distribution, samples: 2048, seed: 2 }));
});

test("a perfect net loses nothing, to the last bit", async () => {
  const perfect = { W_in: identity(features), W_out: identity(features), M: null };
  const distribution = { kind: "bernoulli", p: 1, values: "symmetric" } as const;
  const loss = await evaluateLoss(perfect, { distribution, samples: 100 });
  expect(loss).toEqual({ p: 1, mean: 0, stderr: 0, linear: 0, even: 0, samples: 100 });
});

test("what cannot be sampled is refused", async () => {
  const distribution = { kind: "bernoulli", p: 0.1, values: "symmetric" } as const;
  await expect(evaluateLoss(network, { distribution, samples: 1 })).rejects.toThrow(
    "evaluate: need a whole number of samples ≥ 2, got 1. A standard error takes two.",
  );
  await expect(evaluateLoss({ ...network, W_out: matrix(1, 1) }, { distribution })).rejects.toThrow(
    "network: W_in is [3, 4], so W_out must be [4, 3], got [1, 1]. Transpose it?",
  );
});
