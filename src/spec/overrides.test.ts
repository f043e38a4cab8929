import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSpec } from "./parse.ts";

const parse = (overrides: readonly string[], base: unknown = {}) => parseSpec(base, { overrides });

describe("overrides", () => {
  it("drop the fields that a new kind lacks and keep those it has", () => {
    const base = {
      data: { kind: "bernoulli", p: 0.5, values: "sign" },
      labels: { mixing: { kind: "symmetric", std: 0.03, convention: "averaged" } },
      training: { optimizer: "adamw", weightDecay: 0.1, steps: 5 },
    };
    const spec = parse(["data.kind=exactly", "labels.mixing.kind=asymmetric"], base);
    expect(spec.data).toEqual({ kind: "exactly", k: 1, values: "sign" });
    expect(spec.labels.mixing).toMatchObject({ kind: "asymmetric", std: 0.03 });
  });

  it("keep the rest of what one value is short for", () => {
    const base = { model: { init: { kind: "uniform", a: 0.1 }, bias: "learned" } };
    const { init, bias } = parse(["model.init.a.W_out=0.2", "model.bias.hidden=none"], base).model;
    expect(init).toMatchObject({ a: { W_in: 0.1, W_out: 0.2 } });
    expect(bias).toEqual({ hidden: "none", output: "learned" });
    expect(parse(["model.bias.output=none", "model.bias=learned"]).model.bias).toEqual({
      hidden: "learned",
      output: "none",
    });
  });

  it("treat the optimizer as a kind", () => {
    const base = { training: { momentum: 0.9, optimizer: "sgd" } };
    expect(parse(["training.optimizer=adam"], base).training).toMatchObject({
      optimizer: "adam",
      weightDecay: 0,
    });
    expect(parse(["training.optimizer=adam"]).training.weightDecay).toBe(0);
  });

  it("give the same in every order", () => {
    const overrides = [
      "labels.mixing={kind: asymmetric, std: 0.5, seed: 4}",
      "labels.mixing.kind=low-rank",
      "labels.mixing.rank=7",
      "data.k=3",
      "data.kind=exactly",
      "training.optimizer=adam",
      "training.steps=12",
      "name=12",
    ];
    const expected = parse(overrides);
    expect(expected.labels.mixing).toMatchObject({ kind: "low-rank", std: 0.5, seed: 4, rank: 7 });
    const inEveryOrder = fc.property(
      fc.shuffledSubarray(overrides, { minLength: overrides.length }),
      (shuffled) => {
        expect(parse(shuffled)).toEqual(expected);
      },
    );
    fc.assert(inEveryOrder, { numRuns: 100 });
  });

  it("keep texts of digits as texts where a text is needed", () => {
    expect(parse(["training.from=1234567890123456"]).training.from).toBe("1234567890123456");
    expect(parse(["training.from=12345678901234e5"]).training.from).toBe("12345678901234e5");
    expect(parse(["name=007"]).name).toBe("007");
    expect(
      parse(["labels.mixing={kind: file, path: x}", "labels.mixing.path=2024"]).labels.mixing,
    ).toMatchObject({
      path: "2024",
    });
  });

  it("take YAML values", () => {
    expect(parse(["evaluate.p=[0.1, 1]", "evaluate.samples=0x10", 'name="a: b"'])).toMatchObject({
      name: "a: b",
      evaluate: { p: [0.1, 1], samples: 16 },
    });
  });

  it.each([
    ["foo", "foo: must be key=value. Write it as labels.mixing.std=0.03."],
    ["=1", "=1: must be key=value. Write it as labels.mixing.std=0.03."],
    ["model..neurons=1", "model..neurons=1: must be key=value. Write it as labels.mixing.std=0.03."],
    ["model.nuerons=1", "model.nuerons: unknown key. Did you mean model.neurons?"],
    ["evaluate.p=[1", /^evaluate.p: not a YAML value: .* Quote the value.$/],
    ["name=*a", /^name: /],
    ["__proto__=1", /^__proto__: unknown key. Known here: version, name/],
    ["__proto__.polluted=1", /^__proto__: unknown key. Known here: version, name/],
    ["constructor.prototype.polluted=1", /^constructor: unknown key/],
    ["model.__proto__.polluted=1", /^model.__proto__: unknown key/],
  ])("%s is refused", (override, expected) => {
    if (typeof expected === "string") expect(() => parse([override])).toThrow(expected);
    else expect(() => parse([override])).toThrow(expected);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("are refused when given twice or when they enter a list", () => {
    expect(() => parse(["seed=1", "seed=2"])).toThrow("seed: given twice. Keep one of them.");
    expect(() => parse(["evaluate.p.0=1"], { evaluate: { p: [0.1] } })).toThrow(
      "evaluate.p.0: evaluate.p is a list. Override it as a whole: evaluate.p=[…].",
    );
  });

  it("have no line in a text's problems", () => {
    expect(() => parseSpec("seed: 1\nmodel: {}", { overrides: ["seed=-1"], fileName: "a.yaml" })).toThrow(
      /^seed: must be/,
    );
  });
});
