/**
 * What a spec's words say of a network, written out in float64, against the model that it becomes.
 * Folded weights are rounded to float32, so outputs of size ~1 agree to a few 1e-7.
 */
import { describe, expect, it } from "vitest";
import { mixingMatrix } from "../data/mixing.ts";
import { activations } from "../engine/activation.ts";
import { referenceEngine } from "../engine/reference/engine.ts";
import { type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { parseSpec } from "../spec/parse.ts";
import { preset } from "../spec/presets.ts";
import type { Spec } from "../spec/schema.ts";
import { foldedModel } from "./fold.ts";
import { initialise } from "./initialise.ts";
import type { Model, UnfoldedModel, Weights } from "./model.ts";
import { objectiveOf, unfoldedModel } from "./objective.ts";
import { programShapeOf } from "./program-shape.ts";
import { transplantedWeights } from "./transplant.ts";

const features = 6;
const specOf = (model: object, more: object = {}): Spec =>
  parseSpec({ model: { features, neurons: 4, ...model }, ...more });

/** Every number of a record, each from its own seed, so that biases are not all alike. */
function shaken<T extends Weights>(weights: T): T {
  const draw = (size: number, seed: number) =>
    Float32Array.from(uniforms(randomStream(seed, "test"), size), (u) => u - 0.5);
  const { b_in, b_out } = weights;
  return {
    ...weights,
    ...(b_in === undefined ? {} : { b_in: draw(b_in.length, 1) }),
    ...(b_out === undefined ? {} : { b_out: draw(b_out.length, 2) }),
  };
}

const mixingOf = (spec: Spec) => mixingMatrix(spec.labels.mixing, features);
/** The network of a spec before its first step, with biases that differ. */
function networkOf(spec: Spec): UnfoldedModel {
  const M = mixingOf(spec);
  return unfoldedModel(spec, objectiveOf(spec, M), M, shaken(initialise(spec)));
}

const column = (values: ArrayLike<number>): Matrix => matrix(values.length, 1, values);
const product = (a: Matrix, v: Float64Array): Float64Array => multiply(a, column(v)).data;
const plus = (u: Float64Array, v: ArrayLike<number> | undefined): Float64Array =>
  u.map((value, i) => value + (v?.[i] ?? 0));
const rowsOf = ({ data, shape }: Matrix, from: number, to: number): Matrix =>
  matrix(to - from, shape[1], data.slice(from * shape[1], to * shape[1]));

/** ŷ as the spec's words say it: layers on a stream, an output function, a bypass, and U. */
function outputOf({ model }: Spec, network: UnfoldedModel, x: Float64Array): Float64Array {
  const { W_in, W_out, W_E, b_in, b_out, bypass } = network;
  const start = W_E === null ? x : product(W_E, x);
  let written = new Float64Array(start.length === W_out.shape[0] ? start.length : W_out.shape[0]);
  for (let layer = 0; layer < model.layers; layer++) {
    const [from, to] = [layer * model.neurons, (layer + 1) * model.neurons];
    const read = layer === 0 ? start : plus(start, written);
    const z = plus(product(rowsOf(W_in, from, to), read), b_in?.subarray(from, to));
    const a = z.map(activations[model.activation].value);
    const columns = transpose(rowsOf(transpose(W_out), from, to));
    written = plus(written, product(columns, a)) as typeof written;
  }
  const answered = plus(written, b_out).map(activations[model.output].value);
  const passed = model.bypass.kind === "identity" ? start : bypass === null ? [] : product(bypass, x);
  const output = plus(answered, passed);
  if (W_E === null) return output;
  const isTransposed = model.embedding.kind === "random" && model.embedding.unembedding === "transpose";
  return product(isTransposed ? transpose(W_E) : pseudoinverse(W_E), output);
}

const single: Record<string, (x: number) => number> = {
  relu: (x) => Math.max(0, x),
  "x-plus-relu": (x) => Math.max(0, x),
  abs: Math.abs,
  square: (x) => x * x,
};

/** y as the spec's words say it. @param c coefficients */
function labelsOf(spec: Spec, { M }: UnfoldedModel, c: readonly number[], x: Float64Array): Float64Array {
  const f = x.map((value, i) => (c[i] ?? 1) * single[spec.labels.function]!(value));
  const asked = spec.labels.function === "x-plus-relu" ? plus(f, x) : f;
  return M === null ? asked : plus(asked, product(M, x));
}

/** The mean squared error of the model at x by the reference engine. */
async function engineLoss(model: Model, x: Float64Array): Promise<number> {
  const { W_in, M, architecture, labels, coefficients, embedding } = model;
  const program = referenceEngine.createProgram({
    features,
    neurons: W_in.shape[0],
    batch: 1,
    density: 1,
    mixing: M,
    ...(architecture === undefined ? {} : { architecture }),
    ...(labels === undefined ? {} : { labels }),
    ...(coefficients === undefined ? {} : { coefficients }),
    ...(embedding === undefined ? {} : { embedding }),
  });
  program.write("parameters", model);
  const columns = Uint32Array.from(x, (_, i) => i);
  program.setBatch({ rowStarts: Uint32Array.of(0, x.length), columns, values: Float32Array.from(x) });
  return program.loss();
}

const random = { kind: "random", width: 9, seed: 3 };
const pinv = { ...random, unembedding: "pseudoinverse" };
const identityBypass = { kind: "identity" };
const sumLabels = { labels: { function: "x-plus-relu" } };
const values = [1, 2, -1, 0.5, 1, 3];
const list = { kind: "list", values };

const networks: readonly { name: string; spec: Spec; c?: readonly number[] }[] = [
  { name: "gelu with biases", spec: specOf({ activation: "gelu", bias: "learned" }) },
  { name: "tied, with an output function", spec: specOf({ tied: true, output: "relu", bias: "fixed" }) },
  {
    name: "a noisy bypass around an output function",
    spec: specOf({ output: "abs", bypass: { kind: "noise", std: 0.2 } }),
  },
  {
    name: "biases in an embedding",
    spec: specOf({ embedding: random, bias: "learned", activation: "square" }),
  },
  {
    name: "tied in an embedding read by pinv E",
    spec: specOf(
      { embedding: pinv, tied: true, bias: { output: "learned" } },
      { labels: { function: "abs" } },
    ),
  },
  { name: "three layers", spec: specOf({ layers: 3, bias: "learned" }, { labels: { function: "square" } }) },
  {
    name: "two layers in an embedding",
    spec: specOf({ layers: 2, embedding: random, bias: "learned", bypass: identityBypass }, sumLabels),
  },
  {
    name: "two tied layers in an embedding read by pinv E",
    spec: specOf({ layers: 2, tied: true, embedding: pinv, bypass: identityBypass }, sumLabels),
  },
  {
    name: "coefficients beside mixing",
    spec: specOf({}, { labels: { coefficients: list, mixing: { kind: "asymmetric", std: 0.1 } } }),
    c: values,
  },
  {
    name: "coefficients of relu alone in x + c relu(x)",
    spec: specOf({ bypass: identityBypass }, { labels: { function: "x-plus-relu", coefficients: list } }),
    c: values,
  },
];

describe("foldedModel", () => {
  it.each(networks)("has the errors of the network: $name", async ({ spec, c = [] }) => {
    const network = networkOf(spec);
    const model = foldedModel(spec, network);
    for (const step of [0, 1, 2]) {
      const x = uniforms(randomStream(7, "x"), features, step).map((u) => Math.fround(2 * u - 1));
      const y = labelsOf(spec, network, c, x);
      const output = outputOf(spec, network, x);
      const loss = output.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0) / features;
      expect(Math.abs((await engineLoss(model, x)) / loss - 1)).toBeLessThan(1e-5);
    }
  });

  it("says nothing of what is plain, and keeps several layers in their embedding", () => {
    const plain = specOf({ embedding: random });
    expect(Object.keys(foldedModel(plain, networkOf(plain))).sort()).toEqual(["M", "W_in", "W_out"]);
    const layered = specOf({ embedding: random, layers: 2 });
    const model = foldedModel(layered, networkOf(layered));
    expect([model.W_in.shape, model.embedding!.E.shape, model.embedding!.U]).toEqual([[8, 9], [9, 6], null]);
    const tied = specOf({ tied: true });
    expect(foldedModel(tied, networkOf(tied)).architecture).toMatchObject({ tied: true });
  });
});

describe("programShapeOf", () => {
  const shapeOf = (spec: Spec) => programShapeOf(spec, objectiveOf(spec, mixingOf(spec)));

  it("has no fields but today's for plain specs, so that they keep to their kernels", () => {
    const keys = ["batch", "density", "features", "mixing", "neurons"];
    expect(Object.keys(shapeOf(preset("cc-clean"))).sort()).toEqual(keys);
    const full = specOf({ embedding: random, bypass: { kind: "identity" } }, sumLabels);
    expect(Object.keys(shapeOf(full)).sort()).toEqual([...keys, "embedding"].sort());
    const biasStart = specOf({ bias: "none", layers: 1 }, { loss: { exponent: 2, l1: 0, onesWeight: 1 } });
    expect(shapeOf(biasStart)).not.toHaveProperty("architecture");
    expect(shapeOf(biasStart)).not.toHaveProperty("loss");
  });

  it("says the rest as the engines take it", () => {
    const source = {
      loss: { exponent: 4, importance: { kind: "geometric", ratio: 0.5 }, onesWeight: 10, l1: 0.1 },
      labels: { function: "xor" },
      data: { kind: "synced", groups: [[0, 1]], p: 0.5 },
    };
    const shape = shapeOf(parseSpec({ model: { features: 3, neurons: 2, bias: "fixed" }, ...source }));
    expect(shape).toMatchObject({ neurons: 2, labels: "xor", density: (0.75 * 2 + 0.5) / 3 });
    expect(shape.loss).toEqual({
      exponent: 4,
      importance: Float64Array.of(1, 0.5, 0.25),
      onesWeight: 10,
      l1: 0.1,
    });
    expect(shape.architecture).toEqual({
      activation: "relu",
      output: "identity",
      bias: { hidden: "fixed", output: "fixed" },
      tied: false,
      layers: 1,
    });
    const layered = shapeOf(specOf({ layers: 3 }, { labels: { coefficients: list } }));
    expect(layered).toMatchObject({ neurons: 12, coefficients: Float64Array.from(values) });
  });

  it("draws coefficients within their range, from a seed of their own", () => {
    const drawn = (coefficients: object) =>
      shapeOf(specOf({}, { labels: { coefficients: { kind: "uniform", ...coefficients } } })).coefficients!;
    for (const c of drawn({})) expect(c >= 1 && c <= 2).toBe(true);
    expect(drawn({ low: -3, high: -3 })).toEqual(new Float64Array(features).fill(-3));
    expect(drawn({ seed: 1 })).not.toEqual(drawn({ seed: 2 }));
  });
});

describe("transplantedWeights of general networks", () => {
  const source = (spec: Spec) => ({ id: "a run", ...spec, unfolded: networkOf(spec) });

  it("carries biases over, across embeddings too", () => {
    const [plain, wide] = [specOf({ bias: "learned" }), specOf({ bias: "learned", embedding: random })];
    for (const [from, to] of [
      [plain, plain],
      [plain, wide],
      [wide, plain],
      [wide, wide],
    ] as const) {
      const here = foldedModel(from, networkOf(from));
      const there = foldedModel(to, { ...networkOf(to), ...transplantedWeights(source(from), to) });
      expect(there.b_in).toEqual(here.b_in);
      const largest = Math.max(...there.b_out!.map((value, i) => Math.abs(value - here.b_out![i]!)));
      expect(largest).toBeLessThan(1e-6);
    }
  });

  it("leaves biases out that the target lacks when they are 0, or that the source lacks", () => {
    const [plain, biased] = [specOf({}), specOf({ bias: "learned" })];
    expect(transplantedWeights(source(plain), biased)).not.toHaveProperty("b_in");
    const zeros = { id: "a run", ...biased, unfolded: { ...networkOf(biased), ...initialise(biased) } };
    expect(transplantedWeights(zeros, plain)).not.toHaveProperty("b_out");
  });

  it.each([
    [
      specOf({ bias: { hidden: "learned" } }),
      specOf({}),
      "a place for the hidden biases of a run, got model.bias.hidden none. Set it to fixed or learned.",
    ],
    [
      specOf({}),
      specOf({ tied: true }),
      "a run with tied weights and the same embedding, for model.tied, got one with a W_out of its own. Set model.tied to false.",
    ],
    [
      specOf({ tied: true, embedding: random }),
      specOf({ tied: true }),
      "a run with tied weights and the same embedding, for model.tied, got one with another embedding. Set model.tied to false.",
    ],
    [
      specOf({ layers: 2 }),
      specOf({ neurons: 8 }),
      "a run of 6 features and 8 neurons, got a run with 6 features and 4 neurons in each of 2 layers. Set the sizes of model to those.",
    ],
    [
      specOf({ layers: 2 }),
      specOf({ layers: 2, embedding: random }),
      "the embedding of a run to carry several layers over, got another one. Set model.embedding to that run's.",
    ],
    [
      specOf({}, { labels: { function: "xor" } }),
      specOf({}),
      "a run of 6 features and 4 neurons, got a run with 6 features and 4 neurons for 15 outputs. Set the sizes of model to those.",
    ],
  ])("says what does not fit (%#)", (from, to, message) => {
    expect(() => transplantedWeights(source(from), to)).toThrow(`training.from: need ${message}`);
  });
});
