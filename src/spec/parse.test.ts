import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SpecError } from "./error.ts";
import { parseSpec } from "./parse.ts";
import type { Spec } from "./schema.ts";

/** The lines of the error that a source gives. */
function problems(source: unknown, overrides: readonly string[] = [], fileName?: string): readonly string[] {
  try {
    parseSpec(source, { overrides, ...(fileName === undefined ? {} : { fileName }) });
  } catch (error) {
    if (error instanceof SpecError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("parseSpec", () => {
  it("fills in every default, the recipe of Bhagat et al. 2026", () => {
    expect(parseSpec("{}")).toEqual({
      version: 1,
      name: "unnamed",
      seed: 0,
      model: {
        features: 100,
        neurons: 50,
        layers: 1,
        activation: "relu",
        output: "identity",
        bias: { hidden: "none", output: "none" },
        biasStart: { hidden: 0, output: 0 },
        tied: false,
        embedding: { kind: "none" },
        bypass: { kind: "none" },
        init: { kind: "kaiming-uniform" },
      },
      data: { kind: "bernoulli", p: 0.01, values: "symmetric" },
      labels: { function: "relu", coefficients: { kind: "none" }, mixing: { kind: "none" } },
      loss: { exponent: 2, importance: { kind: "uniform" }, onesWeight: 1, l1: 0 },
      training: {
        steps: 10_000,
        batch: 2048,
        optimizer: "adamw",
        learningRate: 0.003,
        warmup: 0,
        weightDecay: 0.01,
        schedule: "cosine",
        count: "steps",
        changes: [],
      },
      evaluate: { p: [0.001, 0.01, 0.1, 1], samples: 1_000_000 },
    });
  });

  it("reads YAML, JSON and objects alike, and reads its own result back", () => {
    const yaml = parseSpec("model: { neurons: 40 }\nlabels:\n  mixing: { kind: low-rank, rank: 3 }");
    const object = { model: { neurons: 40 }, labels: { mixing: { kind: "low-rank", rank: 3 } } };
    expect(parseSpec(object)).toEqual(yaml);
    expect(parseSpec(`\t${JSON.stringify({ $schema: "schema/spec.json", ...object }, null, "\t")}`)).toEqual(
      yaml,
    );
    expect(parseSpec({ ...object, $run: { id: "of a run folder's spec.json" } })).toEqual(yaml);
    expect(parseSpec(yaml)).toEqual(yaml);
    expect(parseSpec(JSON.stringify(yaml))).toEqual(yaml);
  });

  it("gives frozen data and leaves the source alone", () => {
    const source = { model: { neurons: 40 } };
    const spec = parseSpec(source, { overrides: ["model.features=20"] });
    expect(() => Object.assign(spec.model, { neurons: 1 })).toThrow(TypeError);
    expect(source).toEqual({ model: { neurons: 40 } });
  });

  it("narrows by kind", () => {
    const rankOf = ({ labels: { mixing } }: Spec): number => (mixing.kind === "low-rank" ? mixing.rank : 0);
    const pOf = ({ data }: Spec): number =>
      data.kind === "bernoulli" && typeof data.p === "number" ? data.p : 0;
    const spec = parseSpec({ labels: { mixing: { kind: "low-rank", rank: 3 } } });
    expect([rankOf(spec), pOf(spec)]).toEqual([3, 0.01]);
  });

  it("takes one number or one for each matrix where weights are drawn", () => {
    const both = parseSpec({ model: { init: { kind: "uniform", a: 0.1 } } });
    expect(both.model.init).toEqual({ kind: "uniform", a: { W_in: 0.1, W_out: 0.1 } });
    const each = parseSpec({ model: { init: { kind: "uniform", a: { W_in: 0.1, W_out: 0.15 } } } });
    expect(each.model.init).toEqual({ kind: "uniform", a: { W_in: 0.1, W_out: 0.15 } });
  });

  it("takes one word or one for each place where biases are", () => {
    const biasOf = (...overrides: string[]) => parseSpec({}, { overrides }).model.bias;
    expect(biasOf("model.bias=learned")).toEqual({ hidden: "learned", output: "learned" });
    expect(biasOf("model.bias={output: learned}")).toEqual({ hidden: "none", output: "learned" });
    expect(biasOf("model.bias.hidden=fixed")).toEqual({ hidden: "fixed", output: "none" });
    const base = { model: { bias: "learned", biasStart: 0.5 } };
    const { bias, biasStart } = parseSpec(base, {
      overrides: ["model.bias.output=fixed", "model.biasStart.hidden=-1"],
    }).model;
    expect(bias).toEqual({ hidden: "learned", output: "fixed" });
    expect(biasStart).toEqual({ hidden: -1, output: 0.5 });
  });

  it("accepts the block that the guide shows", () => {
    const guide = new URL("../../docs/guides/spec.md", import.meta.url);
    const block = /```yaml\n([\s\S]*?)```/.exec(readFileSync(guide, "utf8"))![1]!;
    expect(parseSpec(block).labels.mixing).toMatchObject({ kind: "symmetric", std: 0.02 });
  });
});

describe("problems of a text", () => {
  it("lists all at once, in the order of the text, with line, column and near name", () => {
    const text = [
      "model:",
      "  nuerons: 3",
      "  features: 0",
      "data: { kind: bernouli }",
      "p: 0.1",
      "labels: { mixing: { kind: low-rank, rank: 300 } }",
      "training: { activation: relu, steps: '5' }",
    ].join("\n");
    expect(problems(text, [], "spec.yaml")).toEqual([
      "spec.yaml, line 2, column 3: model.nuerons: unknown key. Did you mean model.neurons?",
      "spec.yaml, line 3, column 13: model.features: must be a whole number ≥ 1, got 0. Leave it out for the default, 100.",
      'spec.yaml, line 4, column 15: data.kind: must be one of bernoulli, exactly, correlated, anticorrelated, synced, got the text "bernouli". Did you mean bernoulli?',
      "spec.yaml, line 5, column 1: p: unknown key. Did you mean data.p or evaluate.p?",
      "spec.yaml, line 7, column 13: training.activation: unknown key. Did you mean model.activation?",
      'spec.yaml, line 7, column 38: training.steps: must be a whole number ≥ 1 and ≤ 4294967295, got the text "5". Write the number without quotes.',
    ]);
  });

  it("still checks between the fields that are sound", () => {
    expect(problems("data: { kind: exactly, k: 101 }\nmodel: { neuron: 3 }")).toEqual([
      "line 1, column 27: data.k: must be at most model.features, 100, got 101. Lower data.k or raise model.features.",
      "line 2, column 10: model.neuron: unknown key. Did you mean model.neurons?",
    ]);
    expect(problems("data: { kind: exactly, k: 101 }\nmodel: { features: many }")).toEqual([
      'line 2, column 20: model.features: must be a whole number ≥ 1, got the text "many". Leave it out for the default, 100.',
    ]);
  });

  it.each([
    [
      "",
      "line 1, column 1: spec: must be a mapping with version, name, seed, model, data, labels, loss, training, evaluate, got nothing. See schema/spec.json or docs/guides/spec.md.",
    ],
    [
      "cc-clean",
      'line 1, column 1: spec: must be a mapping with version, name, seed, model, data, labels, loss, training, evaluate, got the text "cc-clean". See schema/spec.json or docs/guides/spec.md.',
    ],
    ["seed: 1\nseed: 2", "line 2, column 1: spec: a key is given twice. Keep one of them."],
    ["seed: &a 1\nname: *a", "line 2, column 7: spec: the alias *a is not accepted. Write the value out."],
    [
      "seed: !!js/function x",
      "line 1, column 7: spec: not YAML or JSON: Unresolved tag: tag:yaml.org,2002:js/function. Mend the text here.",
    ],
    [
      "model: [",
      "line 1, column 9: spec: not YAML or JSON: Flow sequence in block collection must be sufficiently indented and end with a ]. Mend the text here.",
    ],
    ["[".repeat(50_000), /nested too deeply to read. A spec has at most five levels.$/],
    [
      "x".repeat(2 ** 21),
      "line 1, column 1: spec: must be at most 1048576 characters, got 2097152. Is this file a spec?",
    ],
    ["version: 2\nfoo: 1", "version: spec version 2 is newer than this toy-cis reads (1). Update toy-cis."],
    ["version: 0", "line 1, column 10: version: must be 1, got 0. Leave it out for the default, 1."],
    [
      "data: bernoulli",
      'line 1, column 7: data: must be a mapping with kind, got the text "bernoulli". Write data.kind: bernoulli.',
    ],
    [
      "data: { p: [0.1, 2] }",
      "line 1, column 18: data.p.1: must be a number > 0 and ≤ 1, got 2. See schema/spec.json or docs/guides/spec.md.",
    ],
    [
      "labels: { mixing: { std: 0.1 } }",
      "line 1, column 21: labels.mixing.std: unknown key for kind none. Set labels.mixing.kind to one that has it: symmetric, asymmetric, low-rank, flat-spectrum, neuron-aligned.",
    ],
    [
      "labels: { mixing: { kind: low-rank } }",
      "line 1, column 19: labels.mixing.rank: must be a whole number ≥ 1, got nothing. Set labels.mixing.rank.",
    ],
    [
      "model: { init: { kind: uniform, a: { W_in: 1, Wout: 2 } } }",
      "line 1, column 36: model.init.a.W_out: must be a number ≥ 0, got nothing. Set model.init.a.W_out.",
    ],
  ])("%.40s", (text, expected) => {
    const [first] = problems(text);
    if (typeof expected === "string") expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });
});

describe("numbers that cannot be right", () => {
  const whole = "must be a whole number ≥ 1";
  it.each([
    ["model.neurons=-1", `model.neurons: ${whole}, got -1. Leave it out for the default, 50.`],
    ["model.neurons=0", `model.neurons: ${whole}, got 0. Leave it out for the default, 50.`],
    ["model.neurons=2.5", `model.neurons: ${whole}, got 2.5. Leave it out for the default, 50.`],
    ["model.neurons=.nan", `model.neurons: ${whole}, got NaN. Leave it out for the default, 50.`],
    ["model.neurons=.inf", `model.neurons: ${whole}, got Infinity. Leave it out for the default, 50.`],
    ["model.neurons=1e400", `model.neurons: ${whole}, got Infinity. Leave it out for the default, 50.`],
    ["model.neurons=many", `model.neurons: ${whole}, got the text "many". Leave it out for the default, 50.`],
    ["model.neurons=true", `model.neurons: ${whole}, got true. Leave it out for the default, 50.`],
    ["model.neurons=[1]", `model.neurons: ${whole}, got a list of 1. Leave it out for the default, 50.`],
    ["model.neurons=", `model.neurons: ${whole}, got nothing. Leave it out for the default, 50.`],
    ["data.p=0", "data.p: must be a number > 0 and ≤ 1, got 0. Leave it out for the default, 0.01."],
    ["data.p=1.01", "data.p: must be a number > 0 and ≤ 1, got 1.01. Leave it out for the default, 0.01."],
    [
      "training.learningRate=0",
      "training.learningRate: must be a number > 0, got 0. Leave it out for the default, 0.003.",
    ],
    [
      "training.weightDecay=-1",
      "training.weightDecay: must be a number ≥ 0, got -1. Leave it out for the default, 0.01.",
    ],
    [
      "training.batch=4294967296",
      "training.batch: must be a whole number ≥ 1 and ≤ 4294967295, got 4294967296. Leave it out for the default, 2048.",
    ],
    [
      "training.from=abc",
      'training.from: must be the id of a run, 16 hexadecimal digits, got the text "abc".',
    ],
    [
      "seed=9007199254740992",
      "seed: must be a whole number from 0 to 2^53 − 1, got 9007199254740992. Leave it out for the default, 0.",
    ],
    ["loss.exponent=0.5", "loss.exponent: must be a number ≥ 1, got 0.5. Leave it out for the default, 2."],
    [
      "evaluate.p=[]",
      "evaluate.p: must be a list of numbers > 0 and ≤ 1, got a list of 0. Leave it out for the default, [0.001,0.01,0.1,1].",
    ],
    [
      "model.activation=rleu",
      'model.activation: must be one of identity, relu, gelu, abs, square, got the text "rleu". Did you mean relu?',
    ],
    [
      "model.neurons=100000000",
      "model.neurons: must be small enough for 2 GiB of memory, got a run of 74500000 GiB. Lower model.features, model.neurons or training.batch.",
    ],
    [
      "training.batch=100000000",
      "training.batch: must be small enough for 2 GiB of memory, got a run of 263 GiB. Lower model.features, model.neurons or training.batch.",
    ],
    [
      "model.features=200000",
      "model.features: must be small enough for 2 GiB of memory, got a run of 11.8 GiB. Lower model.features, model.neurons or training.batch.",
    ],
  ])("%s", (override, expected) => {
    expect(problems({}, [override])).toEqual([expected]);
  });
});

it.each([
  {
    fields: {
      model: { bypass: { kind: "noise", scale: "learned" } },
      labels: { mixing: { kind: "symmetric", scale: "learned" } },
    },
    message:
      "model.bypass.scale: must be fixed while labels.mixing.scale is learned: only their difference is seen by the loss, and one scale is trained. Fix one of them.",
  },
  {
    fields: { model: { bypass: { kind: "noise" }, embedding: { kind: "random" } } },
    message:
      "model.bypass.kind: must be none or identity with an embedding, got noise: N, [features, features], cannot be added at the embedding's width. Set model.embedding.kind to none.",
  },
  {
    fields: { model: { embedding: { kind: "random", unembedding: "pseudoinverse", width: 99 } } },
    message:
      "model.embedding.width: must be at least model.features, 100, for a pseudoinverse, got 99: pinv(E) E = I needs rank E = features. Raise the width, or set model.embedding.unembedding to transpose.",
  },
])("refuses what cannot be sound: $message", ({ fields, message }) => {
  expect(problems(fields)).toContain(message);
});

describe("what this version cannot do yet", () => {
  it("refuses changes during training, and says what does the same", () => {
    expect(problems({}, ["training.changes=[{step: 5, set: {loss.exponent: 4}}]"])).toEqual([
      "training.changes: not available yet: changes during training. Available: a second run with training.from set to the first one's id.",
    ]);
  });
});

describe("lists and groups", () => {
  it.each([
    [
      { loss: { importance: { kind: "list", values: [1, 2] } } },
      "loss.importance.values: must have one number for each of the 100 features, got 2. Give a list of 100.",
    ],
    [
      {
        model: { features: 4 },
        labels: { function: "xor" },
        loss: { importance: { kind: "list", values: [1, 2, 3, 4] } },
      },
      "loss.importance.values: must have one number for each of the 6 pairs of features, got 4. Give a list of 6.",
    ],
    [
      { labels: { coefficients: { kind: "list", values: [1, 2] } } },
      "labels.coefficients.values: must have one number for each of the 100 features, got 2. Give a list of 100.",
    ],
    [
      { labels: { coefficients: { kind: "uniform", low: 3 } } },
      "labels.coefficients.high: must be at least labels.coefficients.low, 3, got 2. Swap them.",
    ],
    [
      { data: { p: Array(99).fill(0.1) } },
      "data.p: must have one probability for each of the 100 features, got 99. Give one number for all, or a list of 100.",
    ],
    [
      { data: { kind: "synced", groups: [[0, 100]] } },
      "data.groups: must hold indexes below model.features, 100, got 100. Count features from 0.",
    ],
    [
      {
        data: {
          kind: "correlated",
          groups: [
            [0, 1],
            [2, 1],
          ],
        },
      },
      "data.groups: must name every feature at most once, got 1 twice. Keep it in one group.",
    ],
    [
      { data: { kind: "anticorrelated", groups: [[3, 3]] } },
      "data.groups: must name every feature at most once, got 3 twice. Keep it in one group.",
    ],
    [
      { data: { kind: "correlated", groups: [[0, 1], []] } },
      "data.groups.1: must be a list of feature indexes, got a list of 0. See schema/spec.json or docs/guides/spec.md.",
    ],
    [
      { data: { kind: "correlated" } },
      "data.groups: must be a list of groups, got nothing. Set data.groups.",
    ],
    [
      { model: { bias: "lerned" } },
      'model.bias: must be none, fixed or learned, or a mapping with hidden, output, got the text "lerned". Did you mean learned?',
    ],
    [
      { model: { bias: { hiden: "learned" } } },
      "model.bias.hiden: unknown key. Did you mean model.bias.hidden?",
    ],
  ])("%j", (source, message) => {
    expect(problems(source)).toEqual([message]);
  });
});

describe("what cannot go together", () => {
  const pairs = "with labels.function and, whose outputs are pairs of features";
  const ones = "with loss.onesWeight 10, which looks for labels that are exactly 1";
  it.each([
    [
      ["model.embedding.kind=random", "model.output=relu"],
      "model.output: must be identity with an embedding, got relu: it would act on the embedding's dimensions. Set it to identity, or model.embedding.kind to none.",
    ],
    ...[
      ["labels.mixing.kind=symmetric", "labels.mixing.kind", "none", "symmetric"],
      ["model.bypass.kind=identity", "model.bypass.kind", "none", "identity"],
      ["model.embedding.kind=random", "model.embedding.kind", "none", "random"],
      ["model.tied=true", "model.tied", "false", "true"],
      ["model.layers=2", "model.layers", "1", "2"],
      ["labels.coefficients.kind=uniform", "labels.coefficients.kind", "none", "uniform"],
    ].map(([override, path, plain, got]): [string[], string] => [
      ["labels.function=and", override!],
      `${path}: must be ${plain} ${pairs}, got ${got}. Set it to ${plain}, or change labels.function.`,
    ]),
    ...[
      ["labels.mixing.kind=symmetric", "labels.mixing.kind", "none", "symmetric"],
      ["model.bypass.kind=identity", "model.bypass.kind", "none", "identity"],
      ["labels.function=x-plus-relu", "labels.function", "relu", "x-plus-relu"],
    ].map(([override, path, plain, got]): [string[], string] => [
      ["loss.onesWeight=10", override!],
      `${path}: must be ${plain} ${ones}, got ${got}. Set it to ${plain}, or change loss.onesWeight.`,
    ]),
    [
      ["labels.function=xor", "model.features=1"],
      "model.features: must be at least 2 for pairs of features, got 1. Raise it, or change labels.function.",
    ],
    [
      ["model.biasStart=0.5", "model.bias={output: fixed}"],
      "model.biasStart.hidden: must be 0 while model.bias.hidden is none, got 0.5. Set model.bias.hidden to fixed or learned.",
    ],
  ] satisfies [string[], string][])("%j", (overrides, message) => {
    expect(problems({}, overrides)).toEqual([message]);
  });
});

describe("objects of other kinds", () => {
  it("refuses instances, cycles and polluting keys", () => {
    expect(problems({ model: new Map() })).toEqual([
      "model: must be plain data, got a Map. Use mappings, lists, texts and numbers.",
    ]);
    expect(problems({ data: { p: new Float32Array(100) } })).toEqual([
      "data.p: must be plain data, got a Float32Array. Use mappings, lists, texts and numbers.",
    ]);
    const cycle: Record<string, unknown> = {};
    cycle.model = cycle;
    expect(problems(cycle)).toEqual(["spec: nested too deeply. A spec has at most five levels."]);
    expect(problems(JSON.parse('{"__proto__": {"polluted": 1}}'))[0]).toMatch(/^__proto__: unknown key/);
    expect(problems('"__proto__": { polluted: 1 }')[0]).toMatch(/__proto__: unknown key/);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
