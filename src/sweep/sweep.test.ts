import { describe, expect, test } from "vitest";
import { SpecError } from "../spec/index.ts";
import { parseSweep, type SweepOptions } from "./index.ts";

const parametersOf = (source: unknown, options?: SweepOptions) =>
  Object.fromEntries(parseSweep(source, options).parameters.map(({ path, values }) => [path, values]));

/** The lines of the error that a sweep is refused with. */
function problems(source: unknown, options?: SweepOptions): readonly string[] {
  try {
    parseSweep(source, options);
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    return (error as SpecError).message.split("\n");
  }
  throw new Error("the sweep was not refused");
}

describe("parameters", () => {
  test.each([
    ["a list", [0.1, 0.2], [0.1, 0.2]],
    ["a value", 3, [3]],
    ["a text", "cosine", ["cosine"]],
    ["values", { values: [1, "a", { kind: "none" }] }, [1, "a", { kind: "none" }]],
    ["a value in its long form", { value: null }, [null]],
    [
      "a linear range, in numbers that a person would write",
      { min: 0, max: 0.3, count: 4 },
      [0, 0.1, 0.2, 0.3],
    ],
    ["a logarithmic range", { min: 1e-4, max: 1e-1, count: 4, spacing: "log" }, [1e-4, 1e-3, 1e-2, 1e-1]],
    [
      "a logarithmic range between powers of ten",
      { min: 0.001, max: 0.1, count: 5, spacing: "log" },
      [0.001, 0.00316228, 0.01, 0.0316228, 0.1],
    ],
    ["whole numbers", { min: 2, max: 5 }, [2, 3, 4, 5]],
    ["steps", { min: 0, max: 1, step: 0.3 }, [0, 0.3, 0.6, 0.9]],
    ["steps that reach the end but for rounding", { min: 0, max: 0.3, step: 0.1 }, [0, 0.1, 0.2, 0.3]],
    ["W&B's whole numbers", { distribution: "int_uniform", min: 1, max: 3 }, [1, 2, 3]],
    ["W&B's steps", { distribution: "q_uniform", min: 0, max: 1, q: 0.5 }, [0, 0.5, 1]],
    ["W&B's categories", { distribution: "categorical", values: ["a", "b"] }, ["a", "b"]],
    ["W&B's constant", { distribution: "constant", value: 2 }, [2]],
    [
      "W&B's logarithmic range, with a count",
      { distribution: "log_uniform_values", min: 0.01, max: 1, count: 3 },
      [0.01, 0.1, 1],
    ],
  ])("%s", (_, parameter, values) => {
    expect(parametersOf({ parameters: { seed: parameter } })).toEqual({ seed: values });
  });

  test("keep the order of the file, seeds last", () => {
    const text = "seeds: 2\nparameters:\n  model.neurons: [3]\n  data.p: 0.1\n";
    expect(Object.entries(parametersOf(text))).toEqual([
      ["model.neurons", [3]],
      ["data.p", [0.1]],
      ["seed", [0, 1]],
    ]);
    expect(parametersOf("seeds: 1")).toEqual({ seed: [0] });
  });

  test("vary around the standard preset, another, or a spec", () => {
    expect(parseSweep("seeds: 2")).toMatchObject({ base: "compressed-computation", name: null });
    expect(parseSweep("{name: a, method: grid, base: cc-clean, seeds: 2}")).toMatchObject({
      base: "cc-clean",
      name: "a",
    });
    expect(parseSweep({ seeds: 2, base: { model: { neurons: 3 } } }).base).toEqual({ model: { neurons: 3 } });
  });
});

describe("a sweep that cannot be used", () => {
  test("is refused with every problem, its place and the mend", () => {
    const text = `bse: cc-clean
parameters:
  labels.mixing.sdt: {min: 0.1, max: 0.01, count: 5, spacing: log}
  learningRate: 3
  p: {vals: [1]}
  seed: {distribution: normal}
  training.steps: {values: [1], count: 3}
  training.batch: {min: .5, max: 2}
  training.weightDecay: {min: 0, max: 1, count: 3, spacing: log}
  model.features: {values: []}
  model.neurons: {q: 1}
seeds: 3
`;
    expect(problems(text, { fileName: "sweep.yaml" })).toEqual([
      "sweep.yaml, line 1, column 1: bse: unknown key. Did you mean base?",
      "sweep.yaml, line 3, column 3: parameters.labels.mixing.sdt: no field of a spec. Did you mean labels.mixing.std?",
      "sweep.yaml, line 3, column 38: parameters.labels.mixing.sdt.max: must be above min, 0.1, got 0.01. Swap them.",
      "sweep.yaml, line 4, column 3: parameters.learningRate: no field of a spec. Did you mean training.learningRate?",
      "sweep.yaml, line 5, column 3: parameters.p: no field of a spec. Did you mean data.p?",
      "sweep.yaml, line 5, column 7: parameters.p.vals: unknown key. Did you mean values?",
      expect.stringContaining(
        "line 6, column 24: parameters.seed.distribution: must be one of constant, categorical",
      ),
      "sweep.yaml, line 7, column 40: parameters.training.steps.count: belongs to a range. Give min and max, or leave it out.",
      "sweep.yaml, line 8, column 19: parameters.training.batch: must have count or step, got neither. Add count.",
      "sweep.yaml, line 9, column 31: parameters.training.weightDecay.min: must be > 0 on a logarithmic scale, got 0. Raise it, or use spacing: linear.",
      "sweep.yaml, line 10, column 28: parameters.model.features.values: must be a list of values, got a list of 0. docs/guides/sweeps.md shows the form.",
      "sweep.yaml, line 11, column 18: parameters.model.neurons: must have value, values, or min and max, got neither. Keep one of them.",
      "sweep.yaml, line 12, column 1: seeds: given beside parameters.seed. Keep one of them.",
    ]);
  });

  test.each([
    [
      "{method: bayes, seeds: 2}",
      'method: must be grid, since a sweep is exactly N runs, got the text "bayes".',
    ],
    ["{program: train.py, seeds: 2}", "program: has no meaning for a grid on this machine. Leave it out."],
    [
      "{base: cc-claen, seeds: 2}",
      'base: must be a preset\'s name or a spec, got the text "cc-claen". Did you mean cc-clean?',
    ],
    ["{base: 3, seeds: 2}", "base: must be a preset's name or a spec, got 3."],
    [
      "{model: {neurons: 3}, seeds: 2}",
      "model: unknown key. Put it under base, or under parameters to vary it.",
    ],
    ["{seeds: 0}", "seeds: must be a whole number ≥ 1, got 0."],
    ["{parameters: [1]}", "parameters: must be a mapping from fields of a spec to values, got a list of 1."],
    [
      "{parameters: {seed: {value: 1, values: [1]}}}",
      "parameters.seed: must have value, values, or min and max, got value and values.",
    ],
    ["{parameters: {seed: {min: 1}}}", "parameters.seed: must have min and max, got no max. Add max."],
    [
      "{parameters: {seed: {min: 1, max: 4, count: 2, step: 3}}}",
      "parameters.seed: must have count or step, got both. Keep one of them.",
    ],
    [
      "{parameters: {seed: {min: 1, max: 4, spacing: log}}}",
      "parameters.seed: must have count on a logarithmic scale, got none. Add count.",
    ],
    ["{parameters: {}}", "parameters: must vary something, got no parameter. Add parameters or seeds"],
    ["{}", "parameters: must vary something, got no parameter."],
    ["", "sweep: must be a mapping with base and parameters, got nothing."],
    ["[1, 2", "sweep: not YAML or JSON:"],
    ["a: &x 1\nb: *x", "sweep: the alias *x is not accepted. Write the value out."],
  ])("%s", (text, message) => {
    expect(problems(text).join("\n")).toContain(message);
  });
});

describe("a grid that is too large", () => {
  const large = "seeds: 100\nparameters: {model.neurons: {min: 1, max: 1000000}}";

  test("is refused before any of it is made", () => {
    expect(problems(large)).toEqual([
      "line 2, column 1: parameters: must have at most 10,000 runs, got 100,000,000 (1000000 × 100). " +
        "Take values out, or raise the limit: limit in the file, --limit on the command line.",
    ]);
    expect(problems("seeds: 9007199254740991")[0]).toContain("got 9,007,199,254,740,991.");
  });

  test("is accepted up to the limit of the file, or of the call", () => {
    expect(parametersOf("{seeds: 10001, limit: 10001}").seed).toHaveLength(10_001);
    expect(parametersOf("{seeds: 10001, limit: 3}", { limit: 10_001 }).seed).toHaveLength(10_001);
    expect(problems("{seeds: 4, limit: 5}", { limit: 3 })[0]).toContain("at most 3 runs, got 4");
  });
});
