import { describe, expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { errorOf, randomNetwork } from "../../test/support/forward.ts";
import { literature } from "../../test/support/problems.ts";
import { rescaled } from "../../test/support/rescaled.ts";
import { naive } from "../baseline/naive.ts";
import { powerBound } from "../baseline/power-bound.ts";
import { evaluateLoss } from "../evaluate/loss.ts";
import type { Network } from "../evaluate/network.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { powerLossOverP } from "./power-loss-over-p.ts";

/** L/p at values ±1, by all inputs of a few features. */
function exact(network: Network, exponent: number, p: number): number {
  const features = network.W_in.shape[1];
  const inputs = everyInput({ kind: "bernoulli", p, values: "sign" }, features);
  const ofInput = (x: Float64Array) =>
    errorOf(network, x).reduce((total, e) => total + Math.abs(e) ** exponent, 0);
  return expectation(inputs, ofInput) / (features * p);
}

describe("powerLossOverP", () => {
  it.each([1, 2.5, 4])("q = %d: within four standard errors of all inputs, with M", async (exponent) => {
    const network = randomNetwork(11, 4, 3);
    const grid = [0.05, 0.3, 1];
    const {
      points,
      naive: dedicated,
      bound,
    } = await powerLossOverP(network, exponent, {
      ...{ p: grid, values: "sign", samples: 8192 },
    });
    expect(bound).toBeNull();
    const naiveNet = naive({ ...literature(1), features: 4, neurons: 3, mixing: network.M }).network;
    grid.forEach((p, at) => {
      expect(points[at]!.p).toBe(p);
      for (const [point, of] of [
        [points[at]!, network],
        [dedicated[at]!, naiveNet],
      ] as const) {
        expect(Math.abs(point.lossPerP - exact(of, exponent, p))).toBeLessThan(4 * point.stderr);
      }
    });
  });

  it("q = 2 is the squared error, within standard errors", async () => {
    const network = codeNetwork();
    const { points } = await powerLossOverP(network, 2, { p: [0.02, 0.5], samples: 4096 });
    for (const { p, lossPerP, stderr } of points) {
      const distribution = { kind: "bernoulli", p, values: "symmetric" } as const;
      const { mean, stderr: other } = await evaluateLoss(network, { distribution, samples: 100_000 });
      expect(Math.abs(lossPerP - mean)).toBeLessThan(4 * Math.hypot(stderr, other));
    }
  });

  it("goes to the loss for exactly one active feature, with a vanishing error", async () => {
    const network = codeNetwork();
    const { exactlyOne, points } = await powerLossOverP(network, 4, { p: [1e-5], samples: 2048 });
    expect(exactlyOne).toBe(powerLoss(network, 4).lossPerP);
    // (1 − p)^99 differs from 1 by .001; inputs with two active features add as little.
    expect(points[0]!.lossPerP / exactlyOne).toBeCloseTo(1, 2);
  });

  it("naive, zero and the certificate, exact on clean labels", async () => {
    const network = codeNetwork();
    const record = await powerLossOverP(network, 4, { p: [0.01, 0.1], samples: 256 });
    for (const at of [0, 1]) {
      expect(record.naive[at]!.lossPerP).toBeCloseTo(0.05, 14);
      expect(record.zero[at]!.lossPerP).toBeCloseTo(0.1, 14);
    }
    const certificate = powerBound(literature(0.1), { exponent: 4 });
    expect(record.bound![1]).toEqual({ p: 0.1, lossPerP: certificate.lossPerP, stderr: certificate.stderr });
    for (const { lossPerP, stderr } of [...record.naive, ...record.zero])
      expect([stderr, lossPerP > record.bound![0]!.lossPerP]).toEqual([0, true]);
  });

  it("a net that answers everything loses nothing; the naive net's sampled loss is its constant", async () => {
    const perfect = { W_in: identity(3), W_out: identity(3), M: null };
    const { points } = await powerLossOverP(perfect, 3, { p: [0.5], samples: 100 });
    expect(points).toEqual([{ p: 0.5, lossPerP: 0, stderr: 0 }]);
    const half = naive(literature(0.1)).network;
    const sampled = await powerLossOverP(half, 3, { p: [0.1], samples: 8192 });
    const [point] = sampled.points;
    expect(Math.abs(point!.lossPerP - sampled.naive[0]!.lossPerP)).toBeLessThan(4 * point!.stderr);
  });

  it("is the same for a rescaled neuron and the same seed, another for another seed", async () => {
    const network = randomNetwork(3, 5, 3);
    const options = { p: [0.4], samples: 500 };
    const first = await powerLossOverP(network, 4, options);
    const same = await powerLossOverP(rescaled(network, [0.5, 4, 16]), 4, options);
    expect(same.points).toEqual(first.points);
    const other = await powerLossOverP(network, 4, { ...options, seed: 1 });
    expect(other.points).not.toEqual(first.points);
  });

  it("says what it needs", async () => {
    const network = { W_in: matrix(1, 2), W_out: matrix(2, 1), M: null };
    await expect(powerLossOverP(network, 0, { p: [0.1] })).rejects.toThrow("need an exponent above 0, got 0");
    await expect(powerLossOverP(network, 4, { p: [0] })).rejects.toThrow("need p in (0, 1], got 0");
    await expect(powerLossOverP(network, 4, { p: [0.1], samples: 1 })).rejects.toThrow("samples ≥ 2, got 1");
    const labels = () => [0, 0];
    await expect(powerLossOverP({ ...network, labels }, 4, { p: [0.1] })).rejects.toThrow("label function");
  });
});
