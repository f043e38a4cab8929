/** Every field of a spec trains, in both engines: the loss goes down, and a checkpoint leads to the same bits. */
import { describe, expect, it } from "vitest";
import { mixingMatrix } from "../data/mixing.ts";
import { referenceEngine } from "../engine/reference/engine.ts";
import { wasmEngine } from "../engine/wasm/engine.ts";
import type { Weights } from "../model/model.ts";
import { mean } from "../numeric/statistics.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Spec } from "../spec/schema.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { train } from "./train.ts";
import { createTrainer } from "./trainer.ts";

/** A spec of six features and four neurons with these fields. */
function specWith(fields: Readonly<Record<string, unknown>>, base: unknown = {}): Spec {
  const standard = {
    "model.features": 6,
    "model.neurons": 4,
    "data.p": 0.4,
    "training.steps": 30,
    "training.batch": 48,
    "training.learningRate": 0.03,
  };
  const given = Object.entries({ ...standard, ...fields }).filter(([, value]) => value !== undefined);
  return parseSpec(base, { overrides: given.map(([key, value]) => `${key}=${JSON.stringify(value)}`) });
}

const random = { "model.embedding.kind": "random", "model.embedding.width": 8 };
const sgd = { "training.optimizer": "sgd", "training.learningRate": 0.3, "training.momentum": 0.5 };
const groups = {
  "data.groups": [
    [0, 1],
    [4, 2],
  ],
  "data.p": 0.3,
};

const variants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "hidden identity": { "model.activation": "identity" },
  "hidden gelu": { "model.activation": "gelu" },
  "hidden abs": { "model.activation": "abs" },
  "hidden square": { "model.activation": "square" },
  "output relu": { "model.output": "relu", "model.bias": "learned" },
  "output gelu": { "model.output": "gelu" },
  "output abs": { "model.output": "abs" },
  "output square": { "model.output": "square" },
  "output relu with noise around": { "model.output": "relu", "model.bypass": { kind: "noise", std: 0.1 } },
  "learned biases": { "model.bias": "learned", "model.biasStart": { hidden: 0.1, output: -0.1 } },
  "hidden biases": { "model.bias.hidden": "learned" },
  "fixed biases": { "model.bias": "fixed", "model.biasStart.hidden": 0.2 },
  "tied weights": { "model.tied": true },
  "two layers": { "model.layers": 2 },
  "three tied layers with biases": { "model.layers": 3, "model.tied": true, "model.bias": "learned" },
  "an embedding with biases": { ...random, "model.bias": "learned" },
  "two layers in an embedding": {
    ...random,
    "model.layers": 2,
    "model.bias": "learned",
    "model.bypass.kind": "identity",
    "labels.function": "x-plus-relu",
  },
  "tied weights read by pinv E": {
    ...random,
    "model.tied": true,
    "model.embedding.unembedding": "pseudoinverse",
  },
  "labels abs": { "labels.function": "abs" },
  "labels identity": { "labels.function": "identity" },
  "labels square": { "labels.function": "square" },
  "labels and": { "labels.function": "and", "model.bias": "learned", "data.values": "binary" },
  "labels xor": { "labels.function": "xor", "data.values": "binary" },
  "drawn coefficients": { "labels.coefficients.kind": "uniform", "labels.mixing.kind": "asymmetric" },
  "given coefficients": {
    "labels.coefficients": { kind: "list", values: [1, 2, -1, 0, 1, 1] },
    "labels.function": "x-plus-relu",
  },
  "learned mixing under abs": {
    "labels.function": "abs",
    "labels.mixing": { kind: "symmetric", scale: "learned" },
  },
  "exponent 4": { "loss.exponent": 4 },
  "exponent 1.5": { "loss.exponent": 1.5 },
  "geometric importance": { "loss.importance": { kind: "geometric", ratio: 0.7 } },
  "listed importance": { "loss.importance": { kind: "list", values: [1, 0, 2, 1, 1, 1] } },
  "importance of pairs": { "labels.function": "xor", "loss.importance": { kind: "geometric", ratio: 0.9 } },
  "weight of ones": { "data.values": "sign", "loss.onesWeight": 10 },
  "L1 penalty": { "loss.l1": 0.01 },
  "a probability a feature": { "data.p": [0.1, 0.2, 0.3, 0.4, 0.5, 1], "training.count": "nonEmptySamples" },
  correlated: { ...groups, "data.kind": "correlated" },
  anticorrelated: { ...groups, "data.kind": "anticorrelated" },
  synced: { ...groups, "data.kind": "synced" },
  "gradient descent": sgd,
  "gradient descent with decay": { ...sgd, "training.weightDecay": 0.1, "model.bias": "learned" },
  warmup: { "training.warmup": 10 },
  "linear schedule": { "training.schedule": "linear" },
};

/** The numbers of a network; of tied ones the W_in alone. */
const numbersOf = ({ W_in, W_out, b_in, b_out }: Weights, tied = false): readonly Float32Array[] =>
  [W_in.data, tied ? undefined : W_out.data, b_in, b_out].filter((data) => data !== undefined);

describe.each([referenceEngine, wasmEngine])("every field in the $name engine", (engine) => {
  it.each(Object.entries(variants))("%s", async (_name, fields) => {
    const spec = specWith(fields);
    const kept: Checkpoint[] = [];
    const onCheckpoint = (checkpoint: Checkpoint) => void kept.push(checkpoint);
    const whole = await train(spec, { engine, checkpointEvery: 17, onCheckpoint });
    const { records, model } = whole;
    // Batches of 48 differ among themselves by a tenth or two.
    const meanLoss = (from: number, to?: number) => mean(records.slice(from, to).map(({ loss }) => loss));
    expect(meanLoss(-8)).toBeLessThan(0.9 * meanLoss(0, 4));
    for (const data of numbersOf(model)) expect(data.every(Number.isFinite)).toBe(true);
    const resumed = await train(spec, { engine, checkpoint: structuredClone(kept[0]!) });
    expect(resumed.unfolded).toEqual(whole.unfolded);
    expect(resumed.model).toEqual(model);
    expect(resumed.records).toEqual(records);
  });
});

/** One step w ← w − ε g, seen from outside: L(w) − L(w − ε g) = ε ‖g‖² up to ε², with g read off the step itself. */
describe("a step of gradient descent", () => {
  const epsilon = 1e-4;
  const step = { "training.optimizer": "sgd", "training.momentum": 0, "training.weightDecay": 0 };
  const rate = { "training.learningRate": epsilon, "training.schedule": "constant", "training.warmup": 0 };

  it.each(Object.entries(variants))("lowers the loss of its batch by ε ‖g‖²: %s", async (_name, fields) => {
    const spec = specWith({ ...fields, ...step, ...rate });
    const mixing = mixingMatrix(spec.labels.mixing, spec.model.features);
    const trainer = createTrainer(spec, { engine: referenceEngine, mixing });
    const [before, loss] = [await trainer.weights(), (await trainer.measure()).loss];
    trainer.advance(1);
    const after = await trainer.weights();
    const moved = createTrainer(spec, { engine: referenceEngine, mixing, from: after });
    const { tied } = spec.model;
    const [w, v] = [numbersOf(before, tied), numbersOf(after, tied)];
    const squares = w.map((data, k) => data.reduce((sum, value, i) => sum + (value - v[k]![i]!) ** 2, 0));
    const expected = squares.reduce((sum, square) => sum + square, 0) / epsilon;
    // Terms of ε², and a step of 1e-5 rounded to float32 at 6e-8.
    expect((loss - (await moved.measure()).loss) / expected).toBeCloseTo(1, 1);
  });
});
