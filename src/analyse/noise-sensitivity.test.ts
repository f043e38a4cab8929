import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { apply, errorOf, randomNetwork } from "../../test/support/forward.ts";
import { literature } from "../../test/support/problems.ts";
import { uniformsOf } from "../../test/support/random-matrix.ts";
import { rescaled } from "../../test/support/rescaled.ts";
import { naive } from "../baseline/naive.ts";
import { evaluateLoss } from "../evaluate/loss.ts";
import type { InputDistribution } from "../evaluate/moments.ts";
import type { Network } from "../evaluate/network.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import { matrix } from "../numeric/matrix.ts";
import { normals, randomStream } from "../numeric/random.ts";
import { mean, standardError } from "../numeric/statistics.ts";
import { neuronScales } from "./neuron-scale.ts";
import { noiseSensitivity } from "./noise-sensitivity.ts";

const exactlyOne = { kind: "exactly", k: 1, values: "symmetric" } as const;
const bernoulli = { kind: "bernoulli", p: 0.3, values: "sign" } as const;
const zero = { W_in: matrix(2, 4), W_out: matrix(4, 2), M: null };

/** Noise on every hidden activation, as the definition has it, at inputs drawn by their probabilities. */
function simulated(network: Network, q: number, scale: number, distribution: InputDistribution) {
  const [neurons, features] = network.W_in.shape;
  const inputs = everyInput(distribution, features);
  const r = neuronScales(network, distribution);
  const uniform = uniformsOf(9);
  let total = 0;
  const upTo = inputs.map(({ probability }) => {
    total += probability;
    return total;
  });
  const draw = () => {
    const at = uniform();
    return inputs.find((_, i) => upTo[i]! > at) ?? inputs.at(-1)!;
  };
  const losses = Array.from({ length: 20_000 }, (_, row) => {
    const z = normals(randomStream(4, "simulated"), neurons, row);
    const noise = apply(
      network.W_out,
      z.map((value, k) => scale * r[k]! * value),
    );
    return errorOf(network, draw().x).reduce((sum, e, i) => sum + Math.abs(e + noise[i]!) ** q, 0);
  });
  const perP = 1 / (features * 0.3);
  return { mean: perP * mean(losses), stderr: perP * standardError(losses) };
}

describe("noiseSensitivity", () => {
  it("naive and zero, squared errors, exactly one active: (n − h)/(6n) + .6 h s², and no noise at all", async () => {
    const { network } = naive({ ...literature(1), features: 4, neurons: 2 });
    const of = (net: Network) => noiseSensitivity(net, { scales: [0, 0.5, 2], distribution: exactlyOne });
    const { points, noiseless, outputVariance, naive: dedicated, where } = await of(network);
    expect(where).toBe("hidden");
    expect(noiseless).toEqual({ scale: 0, lossPerP: 1 / 12, stderr: 0 });
    // p = 1/4, and two of four outputs have the variance .6 s².
    for (const { scale, lossPerP, stderr } of points) {
      expect(lossPerP).toBeCloseTo(1 / 12 + 1.2 * scale * scale, 14);
      expect(stderr).toBe(0);
    }
    expect(outputVariance).toBeCloseTo(0.3, 14);
    expect({ points, noiseless, outputVariance }).toEqual(dedicated);
    const nothing = await of(zero);
    expect(nothing.points.map(({ lossPerP }) => lossPerP)).toEqual(Array(3).fill(nothing.noiseless.lossPerP));
    expect(nothing.naive).toEqual(dedicated);
  });

  it("q = 4 and 6, exactly one active: by all inputs and by the moments of noise", async () => {
    const network = randomNetwork(3, 4, 3);
    const sign = { kind: "exactly", k: 1, values: "sign" } as const;
    const r = neuronScales(network, sign);
    const variance = (i: number) =>
      r.reduce((sum, rk, k) => sum + (network.W_out.data[i * 3 + k]! * rk) ** 2, 0);
    const fourth = (e: number, v: number) => e ** 4 + 6 * e * e * v + 3 * v * v;
    const sixth = (e: number, v: number) => e ** 6 + 15 * e ** 4 * v + 45 * e * e * v * v + 15 * v ** 3;
    for (const [exponent, power] of [
      [4, fourth],
      [6, sixth],
    ] as const) {
      const { points, noiseless } = await noiseSensitivity(network, {
        ...{ scales: [0.3, 1], exponent, distribution: sign },
      });
      expect(noiseless.lossPerP).toBeCloseTo(powerLoss(network, exponent, "sign").lossPerP, 12);
      for (const { scale, lossPerP } of points) {
        const expected = expectation(everyInput(sign, 4), (x) =>
          errorOf(network, x).reduce((sum, e, i) => sum + power(e, scale * scale * variance(i)), 0),
        );
        expect(lossPerP / expected).toBeCloseTo(1, 12);
      }
    }
  });

  it.each([1.5, 2, 4])("q = %d, Bernoulli: as noise drawn on every neuron has it", async (exponent) => {
    const network = randomNetwork(8, 4, 3);
    const { points } = await noiseSensitivity(network, {
      ...{ scales: [0.4], exponent, distribution: bernoulli, samples: 8192 },
    });
    const [{ lossPerP, stderr }] = points as [(typeof points)[number]];
    const expected = simulated(network, exponent, 0.4, bernoulli);
    expect(Math.abs(lossPerP - expected.mean)).toBeLessThan(4 * Math.hypot(stderr, expected.stderr));
  });

  it("without noise it is the loss", async () => {
    const network = codeNetwork();
    const distribution = { kind: "bernoulli", p: 0.02, values: "symmetric" } as const;
    const options = { distribution, samples: 4096, seed: 2 };
    const { noiseless } = await noiseSensitivity(network, { scales: [], ...options });
    const { mean: loss, stderr } = await evaluateLoss(network, options);
    expect(noiseless).toEqual({ scale: 0, lossPerP: loss, stderr });
  });

  it("is the same for a rescaled neuron, whatever the loss and the inputs", async () => {
    const factors = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 });
    const distribution = fc.constantFrom<InputDistribution>(exactlyOne, bernoulli);
    await fc.assert(
      fc.asyncProperty(
        ...([fc.nat(), factors, fc.constantFrom(1.5, 2, 4), distribution] as const),
        async (seed, c, exponent, inputs) => {
          const network = randomNetwork(seed, 4, 3);
          const options = { scales: [0, 0.2, 1], exponent, distribution: inputs, samples: 64 };
          const before = await noiseSensitivity(network, options);
          const after = await noiseSensitivity(rescaled(network, c), options);
          // The kernels of squared errors keep weights in float32.
          before.points.forEach(({ lossPerP }, i) => {
            expect(after.points[i]!.lossPerP / lossPerP).toBeCloseTo(1, 5);
          });
          expect(after.outputVariance / before.outputVariance).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is the same for the same seed, and another for another", async () => {
    const options = { scales: [0.3], exponent: 3, distribution: bernoulli, samples: 100 };
    const of = (seed: number) => noiseSensitivity(randomNetwork(1, 4, 3), { ...options, seed });
    expect(await of(5)).toEqual(await of(5));
    expect((await of(5)).points).not.toEqual((await of(6)).points);
  });

  it("says what it needs", async () => {
    const of = (options: object) =>
      noiseSensitivity(zero, { scales: [0.1], distribution: exactlyOne, ...options });
    await expect(of({ scales: [0.1, -1] })).rejects.toThrow(
      "noiseSensitivity: need scales of noise from 0, got -1. Try 0.01, 0.1 and 1.",
    );
    await expect(of({ where: "input" })).rejects.toThrow(
      'noiseSensitivity: need noise where: "hidden", got "input". Leave it out.',
    );
    await expect(of({ exponent: 0 })).rejects.toThrow(
      "noiseSensitivity: need an exponent above 0, got 0. Squared error is 2.",
    );
    const labelled = { ...zero, labels: () => [0, 0, 0, 0] };
    await expect(noiseSensitivity(labelled, { scales: [], distribution: exactlyOne })).rejects.toThrow(
      "got a label function",
    );
  });
});
