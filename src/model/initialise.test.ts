import { describe, expect, it } from "vitest";
import { parseSpec } from "../spec/parse.ts";
import { initialise } from "./initialise.ts";

const weightsOf = (init: object, seed = 0) =>
  initialise(parseSpec({ seed, model: { features: 100, neurons: 50, init } }));

const largest = (data: Float32Array): number => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const deviation = (data: Float32Array): number =>
  Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);

describe("initialise", () => {
  it("gives W_in [neurons, features] and W_out [features, neurons]", () => {
    const { W_in, W_out } = weightsOf({ kind: "kaiming-uniform" });
    expect([W_in.shape, W_out.shape]).toEqual([
      [50, 100],
      [100, 50],
    ]);
  });

  // 5,000 uniform numbers come within a thousandth of the end of their range; a deviation has a spread of 1 %.
  it.each([
    { init: { kind: "kaiming-uniform" }, W_in: Math.sqrt(6 / 50), W_out: Math.sqrt(6 / 100) },
    { init: { kind: "uniform", a: 0.3 }, W_in: 0.3, W_out: 0.3 },
    { init: { kind: "uniform", a: { W_in: 0.1, W_out: 0.15 } }, W_in: 0.1, W_out: 0.15 },
  ])("draws uniformly within ±a: $init", ({ init, W_in, W_out }) => {
    const weights = weightsOf(init);
    for (const [data, a] of [
      [weights.W_in.data, W_in],
      [weights.W_out.data, W_out],
    ] as const) {
      expect(largest(data)).toBeLessThanOrEqual(a * (1 + 1e-7));
      expect(largest(data)).toBeGreaterThan(0.995 * a);
      expect(Math.abs(deviation(data) / (a / Math.sqrt(3)) - 1)).toBeLessThan(0.03);
    }
  });

  it.each([
    { init: { kind: "xavier-normal" }, W_in: Math.sqrt(2 / 150), W_out: Math.sqrt(2 / 150) },
    { init: { kind: "normal", std: { W_in: 0.2, W_out: 0.4 } }, W_in: 0.2, W_out: 0.4 },
  ])("draws normally with the deviation asked for: $init", ({ init, W_in, W_out }) => {
    const weights = weightsOf(init);
    expect(Math.abs(deviation(weights.W_in.data) / W_in - 1)).toBeLessThan(0.05);
    expect(Math.abs(deviation(weights.W_out.data) / W_out - 1)).toBeLessThan(0.05);
    expect(largest(weights.W_in.data)).toBeGreaterThan(2.5 * W_in);
  });

  it("draws the rows of all layers, each layer by its own size, and a tied W_out not at all", () => {
    const ofModel = (model: object, labels = {}) =>
      initialise(parseSpec({ model: { features: 30, neurons: 20, ...model }, labels }));
    const layered = ofModel({ layers: 3 });
    expect([layered.W_in.shape, layered.W_out.shape]).toEqual([
      [60, 30],
      [30, 60],
    ]);
    expect(largest(layered.W_in.data)).toBeLessThanOrEqual(Math.sqrt(6 / 20) * (1 + 1e-7));
    expect(largest(layered.W_in.data)).toBeGreaterThan(0.99 * Math.sqrt(6 / 20));
    const { W_in, W_out } = ofModel({ tied: true });
    expect(W_in).toEqual(ofModel({}).W_in);
    expect([W_out.shape, W_out.data[1], W_out.data[20]]).toEqual([[30, 20], W_in.data[30], W_in.data[1]]);
    const pairs = ofModel({}, { function: "xor" });
    expect(pairs.W_out.shape).toEqual([435, 20]);
    expect(largest(pairs.W_out.data)).toBeLessThanOrEqual(Math.sqrt(6 / 435) * (1 + 1e-7));
  });

  it("starts biases where the spec says, and has none where it says none", () => {
    const ofModel = (model: object) =>
      initialise(parseSpec({ model: { features: 3, neurons: 2, ...model } }));
    expect(ofModel({})).not.toHaveProperty("b_in");
    const start = { bias: { hidden: "fixed", output: "learned" }, biasStart: { hidden: -1 } };
    expect(ofModel(start)).toMatchObject({ b_in: Float32Array.of(-1, -1), b_out: new Float32Array(3) });
    expect(ofModel({ ...start, layers: 2 }).b_in).toHaveLength(4);
    expect(ofModel({ ...start, embedding: { kind: "random", width: 7 } }).b_out).toHaveLength(7);
  });

  it("is a function of the seed, with streams of its own for each matrix", () => {
    expect(weightsOf({ kind: "normal", std: 1 }, 3)).toEqual(weightsOf({ kind: "normal", std: 1 }, 3));
    const { W_in, W_out } = weightsOf({ kind: "normal", std: 1 }, 3);
    expect(W_in.data[0]).not.toBe(weightsOf({ kind: "normal", std: 1 }, 4).W_in.data[0]);
    expect(W_in.data[0]).not.toBe(W_out.data[0]);
  });
});
