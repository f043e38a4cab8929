import { describe, expect, it } from "vitest";
import { canonicalJson, runId, runIdentity } from "./identity.ts";
import { parseSpec } from "./parse.ts";
import { preset } from "./presets.ts";
import { sha256 } from "./sha256.ts";

const idOf = (source: unknown, overrides: readonly string[] = []) => runId(parseSpec(source, { overrides }));
const base = idOf({});

describe("runId", () => {
  it("is pinned", () => {
    expect(canonicalJson(runIdentity(preset("cc-symmetric", ["seed=3"])))).toBe(
      '{"labels":{"mixing":{"kind":"symmetric","std":0.033}},"numerics":2,"seed":3}',
    );
    expect(base).toBe(sha256('{"numerics":2}').slice(0, 16));
    expect(idOf({ labels: { mixing: { kind: "symmetric" } } })).toBe("46f7f5b465a6c053");
  });

  it("is not moved by defaults written out, the order of keys, the name or what is evaluated", () => {
    expect(idOf(parseSpec({}))).toBe(base);
    expect(idOf({ version: 1, name: "x", evaluate: { p: [0.5], samples: 10 } })).toBe(base);
    expect(idOf({ data: { kind: "bernoulli", p: 0.01 }, model: { tied: false, neurons: 50 } })).toBe(base);
    const low = { kind: "low-rank", rank: 3, std: 0.02, seed: 1 };
    const reversed = Object.fromEntries(Object.entries(low).reverse());
    expect(idOf({ labels: { mixing: low } })).toBe(idOf({ labels: { mixing: reversed } }));
    expect(idOf({ model: { layers: 1, bias: "none", biasStart: { hidden: 0 } } })).toBe(base);
    expect(idOf({ labels: { coefficients: { kind: "none" } }, loss: { onesWeight: 1, l1: 0 } })).toBe(base);
    expect(idOf({ training: { warmup: 0 } })).toBe(base);
    expect(idOf({}, ["model.bias=learned"])).toBe(
      idOf({}, ["model.bias={output: learned, hidden: learned}", "model.biasStart=0"]),
    );
    expect(idOf({}, ["model.init={kind: uniform, a: 0.1}"])).toBe(
      idOf({}, ["model.init={kind: uniform, a: {W_out: 0.1, W_in: 0.1}}"]),
    );
  });

  it("is moved by everything else, each to its own", () => {
    const overrides = [
      "seed=1",
      "model.features=99",
      "model.neurons=51",
      "model.init.kind=xavier-normal",
      "model.init={kind: uniform, a: 0.1}",
      "model.init={kind: uniform, a: {W_in: 0.1, W_out: 0.15}}",
      "model.init={kind: normal, std: 0.1}",
      "data.p=0.02",
      "data.values=sign",
      "data.kind=exactly",
      "data={kind: exactly, k: 2}",
      "labels.mixing.kind=symmetric",
      "labels.mixing={kind: symmetric, std: 0.03}",
      "labels.mixing={kind: symmetric, seed: 1}",
      "labels.mixing={kind: symmetric, convention: averaged}",
      "labels.mixing={kind: symmetric, diagonal: zero}",
      "labels.mixing.kind=asymmetric",
      "labels.mixing={kind: low-rank, rank: 3}",
      "labels.mixing={kind: low-rank, rank: 4}",
      "labels.mixing.kind=flat-spectrum",
      "labels.mixing.kind=neuron-aligned",
      "labels.mixing.kind=embedding",
      "labels.mixing={kind: embedding, width: 999}",
      "labels.mixing.kind=embedding-published-sign",
      "model.activation=gelu",
      "model.output=abs",
      "model.tied=true",
      "model.layers=2",
      "model.bias=learned",
      "model.bias.output=learned",
      "model.bias.hidden=learned",
      "model.bias=fixed",
      "model={bias: fixed, biasStart: 0.5}",
      "model={bias: fixed, biasStart: {output: 0.5}}",
      `data.p=[${Array(100).fill(0.1)}]`,
      "data={kind: synced, groups: [[0, 1]]}",
      "data={kind: correlated, groups: [[0, 1]]}",
      "data={kind: anticorrelated, groups: [[0, 1]]}",
      "labels.function=abs",
      "labels.coefficients.kind=uniform",
      "labels.coefficients={kind: uniform, seed: 1}",
      "labels.coefficients={kind: uniform, low: 0}",
      "loss.exponent=4",
      "loss.importance={kind: geometric, ratio: 0.9}",
      "loss.onesWeight=10",
      "loss.l1=0.1",
      "training.warmup=100",
      "training.schedule=linear",
      "training.optimizer=sgd",
      "training={optimizer: sgd, momentum: 0.9}",
      "training.steps=9999",
      "training.batch=2047",
      "training.optimizer=adam",
      "training.learningRate=0.004",
      "training.weightDecay=0",
      "training.schedule=constant",
      "training.schedule=cosine-quarter",
      "training.count=nonEmptySamples",
      "training.from=0123456789abcdef",
      "training.from=1123456789abcdef",
    ];
    const ids = overrides.map((override) => idOf({}, [override]));
    expect(new Set([base, ...ids]).size).toBe(overrides.length + 1);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it("takes a mixing file by its content, not by its path", () => {
    const withPath = (path: string) => parseSpec({ labels: { mixing: { kind: "file", path } } });
    const hash = sha256("content");
    const id = runId(withPath("a.npy"), { "a.npy": hash });
    expect(runId(withPath("b/c.csv"), { "b/c.csv": hash })).toBe(id);
    expect(runId(withPath("a.npy"), { "a.npy": sha256("other") })).not.toBe(id);
    expect(() => runId(withPath("a.npy"))).toThrow(
      "runId: need the SHA-256 of a.npy, got none. Hash the file's bytes with sha256.",
    );
  });
});
