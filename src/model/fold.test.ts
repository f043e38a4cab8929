/**
 * The equivalence of networks with embeddings and bypasses to simplified models, by forward passes in float64.
 * Weights and M are rounded to float32 once, so outputs of size ~1 agree to a few 1e-7; the paper asks for 1e-5.
 */
import { describe, expect, it } from "vitest";
import { mixingMatrix } from "../data/mixing.ts";
import { type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { parseSpec } from "../spec/parse.ts";
import type { Spec } from "../spec/schema.ts";
import { foldedModel } from "./fold.ts";
import { initialise } from "./initialise.ts";
import type { Model, UnfoldedModel } from "./model.ts";
import { objectiveOf, startingMixing, unfoldedModel } from "./objective.ts";
import { transplantedWeights } from "./transplant.ts";

const features = 20;
const residual = { embedding: { kind: "random", width: 60, seed: 3 }, bypass: { kind: "identity" } };
const specOf = (model: object, labels: object = { function: "x-plus-relu" }): Spec =>
  parseSpec({ model: { features, neurons: 8, ...model }, labels });

/** The network of a spec before its first step. */
function networkOf(spec: Spec): UnfoldedModel {
  const M = mixingMatrix(spec.labels.mixing, features);
  return unfoldedModel(spec, objectiveOf(spec, M), M, initialise(spec));
}

const relu = (a: Matrix): Matrix => ({
  data: Float64Array.from(a.data, (z) => Math.max(0, z)),
  shape: a.shape,
});
const sum = (...terms: Matrix[]): Matrix =>
  matrix(
    ...terms[0]!.shape,
    Float64Array.from(terms[0]!.data, (_, i) => terms.reduce((s, a) => s + a.data[i]!, 0)),
  );
const negative = (a: Matrix): Matrix => ({ data: a.data.map((value) => -value), shape: a.shape });
const times = (a: Matrix | null, x: Matrix): Matrix => (a === null ? matrix(...x.shape) : multiply(a, x));
const largest = (a: Matrix): number => Math.max(...Array.from(a.data, Math.abs));

/** 200 inputs, as columns. */
const inputs = matrix(
  features,
  200,
  uniforms(randomStream(5, "inputs"), features * 200).map((u) => 2 * u - 1),
);

/** ŷ − y, straight from what the words of the spec say. */
function errorsOf({ model, labels }: Spec, { W_in, W_out, W_E, M, bypass }: UnfoldedModel): Matrix {
  const z = W_E === null ? inputs : multiply(W_E, inputs);
  const hidden = multiply(W_out, relu(multiply(W_in, z)));
  const passed = model.bypass.kind === "identity" ? z : times(bypass, z);
  const isTransposed = model.embedding.kind === "random" && model.embedding.unembedding === "transpose";
  const U = W_E && (isTransposed ? transpose(W_E) : pseudoinverse(W_E));
  const output = U === null ? sum(hidden, passed) : multiply(U, sum(hidden, passed));
  const asked = labels.function === "x-plus-relu" ? [inputs] : [];
  return sum(output, negative(sum(relu(inputs), times(M, inputs), ...asked)));
}

function errorsOfModel({ W_in, W_out, M }: Model): Matrix {
  const output = multiply(W_out, relu(multiply(W_in, inputs)));
  return sum(output, negative(sum(relu(inputs), times(M, inputs))));
}

describe("foldedModel", () => {
  it.each([
    { name: "the original network", spec: specOf(residual) },
    {
      name: "read by the pseudoinverse",
      spec: specOf({ ...residual, embedding: { ...residual.embedding, unembedding: "pseudoinverse" } }),
    },
    { name: "no bypass", spec: specOf({ ...residual, bypass: { kind: "none" } }) },
    {
      name: "narrower than its features",
      spec: specOf({ ...residual, embedding: { kind: "random", width: 9 } }),
    },
    { name: "an identity alone", spec: specOf({ bypass: { kind: "identity" } }) },
    { name: "relu labels under an identity", spec: specOf({ bypass: { kind: "identity" } }, {}) },
    { name: "noise", spec: specOf({ bypass: { kind: "noise", std: 0.1 } }) },
    {
      name: "mixing on top",
      spec: specOf(residual, { function: "x-plus-relu", mixing: { kind: "asymmetric", std: 0.1 } }),
    },
  ])("has the errors of the network: $name", ({ spec }) => {
    const network = networkOf(spec);
    const difference = sum(errorsOf(spec, network), negative(errorsOfModel(foldedModel(spec, network))));
    expect(largest(difference)).toBeLessThan(1e-5);
  });

  it("makes the original network the simplified one with mixing I − EᵀE of the same seed and width", () => {
    const spec = specOf(residual);
    const folded = foldedModel(spec, networkOf(spec));
    const { mixing } = specOf({}, { mixing: { kind: "embedding", width: 60, seed: 3 } }).labels;
    const simplified = { ...folded, M: mixingMatrix(mixing, features) };
    expect(largest(sum(folded.M!, negative(simplified.M!)))).toBeLessThan(1e-6);
    expect(largest(sum(errorsOf(spec, networkOf(spec)), negative(errorsOfModel(simplified))))).toBeLessThan(
      1e-5,
    );
    expect(startingMixing(spec, null)).toEqual(folded.M);
  });

  it("leaves clean labels where the bypass answers x exactly", () => {
    const embedding = { ...residual.embedding, unembedding: "pseudoinverse" };
    for (const spec of [specOf({ ...residual, embedding }), specOf({ bypass: { kind: "identity" } })]) {
      expect(foldedModel(spec, networkOf(spec)).M).toBeNull();
    }
  });

  it("draws weights of the full width, W_out within ±√(6/width)", () => {
    const { W_in, W_out, W_E } = networkOf(specOf(residual));
    expect([W_in.shape, W_out.shape, W_E!.shape]).toEqual([
      [8, 60],
      [60, 8],
      [60, 20],
    ]);
    expect(largest(W_out)).toBeLessThanOrEqual(Math.sqrt(6 / 60));
    expect(largest(W_out)).toBeGreaterThan(0.95 * Math.sqrt(6 / 60));
    expect(largest(W_in)).toBeGreaterThan(0.95 * Math.sqrt(6 / 8));
  });
});

describe("transplantedWeights", () => {
  const variants = {
    simplified: specOf({}),
    original: specOf(residual),
    "another seed": specOf({ embedding: { ...residual.embedding, seed: 4 } }),
    pseudoinverse: specOf({ embedding: { ...residual.embedding, unembedding: "pseudoinverse", width: 40 } }),
  };
  const pairs = Object.entries(variants).flatMap(([from, source]) =>
    Object.entries(variants).map(([to, target]) => ({ from, to, source, target })),
  );

  it.each(pairs)("keeps what is computed from $from to $to", ({ source, target }) => {
    const unfolded = networkOf(source);
    const weights = transplantedWeights({ id: "a run", ...source, unfolded }, target);
    const there = foldedModel(target, { ...networkOf(target), ...weights });
    const here = foldedModel(source, unfolded);
    for (const name of ["W_in", "W_out"] as const) {
      expect(largest(sum(there[name], negative(here[name])))).toBeLessThan(1e-5);
    }
  });

  it("hands weights on as they are between equal embeddings", () => {
    const unfolded = networkOf(variants.original);
    const target = specOf({ embedding: residual.embedding });
    expect(transplantedWeights({ id: "a run", ...variants.original, unfolded }, target)).toEqual({
      W_in: unfolded.W_in,
      W_out: unfolded.W_out,
    });
  });

  it("says what does not fit", () => {
    const source = {
      id: "a run",
      ...variants.simplified,
      unfolded: networkOf(variants.simplified),
    };
    expect(() => transplantedWeights(source, specOf({ neurons: 7 }))).toThrow(
      "training.from: need a run of 20 features and 7 neurons, got a run with 20 features and 8 neurons. Set the sizes of model to those.",
    );
    const narrow = specOf({ embedding: { kind: "random", width: 19 } });
    expect(() => transplantedWeights(source, narrow)).toThrow(
      "training.from: need an embedding of at least 20 dimensions, one for each feature, to hold any weights, got model.embedding.width 19. Raise it, or start without training.from.",
    );
  });
});
