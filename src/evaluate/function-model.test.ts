/** Own labels and own models: the record of `evaluateLoss`, equal to the built-in path where both apply. */
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../test/support/forward.ts";
import { referenceEngine } from "../engine/reference/engine.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { exactlyOneLoss } from "./exactly-one.ts";
import { evaluateLoss } from "./loss.ts";
import { evaluateLossOverP } from "./loss-over-p.ts";
import type { Network } from "./network.ts";
import { linearPart } from "./odd-even-split.ts";
import { perFeatureLoss } from "./per-feature.ts";
import { sampleErrors } from "./sampled-errors.ts";

const n = 6;
const network = randomNetwork(71, n, 4);
const mixed = (M: Matrix) => (x: Float64Array) =>
  x.map((value, i) => Math.max(0, value) + x.reduce((sum, v, j) => sum + M.data[i * n + j]! * v, 0));
/** The same network and labels, as functions in whole or in part. */
const own: Network = { ...network, M: null, labels: mixed(network.M!) };
const bernoulli = { kind: "bernoulli", p: 0.3, values: "symmetric" } as const;
const options = { distribution: bernoulli, samples: 4096, seed: 2 };
const absolute = (x: Float64Array) => x.map(Math.abs);

describe("labels relu(x) + M x as a function", () => {
  it("has the even part of the built-in labels on the same inputs, and the exact linear part up to sampling", async () => {
    const builtIn = await evaluateLoss(network, { ...options, engine: referenceEngine });
    const loss = await evaluateLoss(own, options);
    // Float64 on both sides, sums of 4096 terms.
    expect(Math.abs(loss.even! / builtIn.even! - 1)).toBeLessThan(1e-12);
    expect(Math.abs(loss.mean - builtIn.mean)).toBeLessThan(4 * loss.stderr);
    expect(loss.linear! + loss.even!).toBeCloseTo(loss.mean, 13);
    expect([loss.p, loss.samples]).toEqual([builtIn.p, builtIn.samples]);
  });

  it("has the whole loss of the built-in labels on the same inputs when values are positive, and no parts", async () => {
    const positive = { ...options, distribution: { ...bernoulli, values: "positive" } } as const;
    const builtIn = await evaluateLoss(network, { ...positive, engine: referenceEngine });
    const loss = await evaluateLoss(own, positive);
    expect(Math.abs(loss.mean / builtIn.mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(loss.stderr / builtIn.stderr - 1)).toBeLessThan(1e-9);
    expect([loss.linear, loss.even]).toEqual([null, null]);
  });

  it("has the exact linear part where every odd error is drawn: one active feature of ±1", async () => {
    const distribution = { kind: "exactly", k: 1, values: "sign" } as const;
    const loss = await evaluateLoss(own, { distribution, samples: 40_960 });
    expect(Math.abs(loss.linear! - linearPart(network, distribution))).toBeLessThan(4 * loss.stderr);
    expect(Math.abs(loss.mean - exactlyOneLoss(network, "sign").lossPerP)).toBeLessThan(4 * loss.stderr);
  });

  it("goes over p and output by output; the mean over outputs is the loss", async () => {
    const [loss] = await evaluateLossOverP(own, { p: [0.3], samples: 4096, seed: 2 });
    expect(loss).toEqual(await evaluateLoss(own, options));
    const outputs = await perFeatureLoss(own, options);
    expect(outputs.reduce((a, b) => a + b) / n).toBeCloseTo(loss!.mean, 12);
  });
});

describe("a model as a function", () => {
  it("is evaluated as the network that it computes", async () => {
    const { W_in, W_out, M } = network;
    const times = (a: Matrix, v: Float64Array) =>
      Float64Array.from({ length: a.shape[0] }, (_, i) =>
        v.reduce((sum, value, j) => sum + a.data[i * a.shape[1] + j]! * value, 0),
      );
    const forward = (x: Float64Array) =>
      times(
        W_out,
        times(W_in, x).map((z) => Math.max(0, z)),
      );
    const loss = await evaluateLoss({ features: n, forward, M }, options);
    const expected = await evaluateLoss(own, options);
    expect(Math.abs(loss.mean / expected.mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(loss.linear! / expected.linear! - 1)).toBeLessThan(1e-12);
  });

  it("loses nothing on its own labels, and E v²/4 in each part when it ignores relu(x)", async () => {
    const perfect = await evaluateLoss({ features: n, forward: absolute, labels: absolute }, options);
    expect([perfect.mean, perfect.stderr, perfect.linear, perfect.even]).toEqual([0, 0, 0, 0]);
    const nothing = await evaluateLoss({ features: n, forward: (x) => x.fill(0) }, options);
    expect(nothing.linear).toBeCloseTo(nothing.even!, 12);
    expect(Math.abs(nothing.mean - 1 / 6)).toBeLessThan(4 * nothing.stderr);
  });

  it("counts what empty rows lose: labels 1 everywhere, unanswered, are an error of 1/p", async () => {
    const constant = { features: n, forward: (x: Float64Array) => x.fill(0), labels: () => Array(n).fill(1) };
    const { mean, linear, even } = await evaluateLoss(constant, options);
    expect(mean).toBeCloseTo(1 / 0.3, 12);
    expect([linear, even]).toEqual([0, mean]);
  });

  it("stops at what is no number, with row, output and value", async () => {
    let calls = 0;
    const forward = (x: Float64Array) => x.map((_, i) => (calls++ >= 2 * n * 5 && i === 2 ? Number.NaN : 0));
    await expect(evaluateLoss({ features: n, forward }, options)).rejects.toThrow(
      "model function: need a finite number for output 2 of row 5, got NaN. Mend the model function.",
    );
  });
});

it("closed forms refuse a label function", async () => {
  const refusal = "need labels relu(x) + M x, got a label function. Use evaluateLoss, which samples.";
  expect(() => exactlyOneLoss(own)).toThrow(`exactlyOneLoss: ${refusal}`);
  expect(() => linearPart(own, bernoulli)).toThrow(`linearPart: ${refusal}`);
  await expect(sampleErrors(own, options, "full")).rejects.toThrow(
    "got a label function. Use referenceEngine",
  );
});
