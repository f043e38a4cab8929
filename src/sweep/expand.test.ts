import { describe, expect, test } from "vitest";
import { preset, runId, type SpecError } from "../spec/index.ts";
import { changesText, estimateSeconds, expandSweep, parseSweep, sweepRuns, sweepState } from "./index.ts";

const pointsOf = (text: string) => expandSweep(parseSweep(text, { fileName: "s.yaml" }));

describe("the points of a sweep", () => {
  test("are every combination, the last parameter fastest, as if trained one by one", () => {
    const points = pointsOf("base: cc-symmetric\nparameters: {labels.mixing.std: [0.01, 0.03]}\nseeds: 2");
    expect(points.map(({ changes }) => changesText(changes))).toEqual([
      "labels.mixing.std=0.01 seed=0",
      "labels.mixing.std=0.01 seed=1",
      "labels.mixing.std=0.03 seed=0",
      "labels.mixing.std=0.03 seed=1",
    ]);
    expect(points[1]!.spec).toEqual(preset("cc-symmetric", ["labels.mixing.std=0.01", "seed=1"]));
  });

  test("take any value: a text, a mapping, a tiny number", () => {
    const text = `parameters:
  training.schedule: [constant]
  labels.mixing: [{kind: none}, {kind: asymmetric, std: 0.01}]
  training.learningRate: [1.0e-7]
`;
    const [, { spec, changes }] = pointsOf(text) as [unknown, ReturnType<typeof pointsOf>[number]];
    expect(spec).toMatchObject({
      labels: { mixing: { kind: "asymmetric", std: 0.01 } },
      training: { schedule: "constant", learningRate: 1e-7 },
    });
    expect(changesText(changes)).toBe(
      'training.schedule=constant labels.mixing={"kind":"asymmetric","std":0.01} training.learningRate=1e-7',
    );
  });

  test("are refused with each problem once, where the file causes it, and the first point that has it", () => {
    const text = `base: {model: {neurons: 0}}
parameters:
  training.learningRate: {values: [-1, 0.1]}
seeds: 3
`;
    let error: SpecError | null = null;
    try {
      pointsOf(text);
    } catch (thrown) {
      error = thrown as SpecError;
    }
    expect(error?.message.split("\n")).toEqual([
      "s.yaml, line 1, column 25: model.neurons: must be a whole number ≥ 1, got 0. Leave it out for the default, 50. (run training.learningRate=-1 seed=0, the first of 6)",
      "s.yaml, line 3, column 26: training.learningRate: must be a number > 0, got -1. Leave it out for the default, 0.003. (run training.learningRate=-1 seed=0, the first of 3)",
    ]);
  });
});

describe("the runs of a sweep", () => {
  test("are its points by their ids; points of one run are merged", () => {
    const { runs, merged } = sweepRuns(
      pointsOf("parameters: {seed: [1, 2, 1], evaluate.samples: [1000, 2000]}"),
    );
    expect(runs.map(({ changes }) => changesText(changes))).toEqual([
      "seed=1 evaluate.samples=1000",
      "seed=2 evaluate.samples=1000",
    ]);
    expect(merged).toHaveLength(4);
    expect(runs[0]!.id).toBe(runId(preset("compressed-computation", ["seed=1"])));
  });

  test("know files by their hashes", () => {
    const points = pointsOf(
      "parameters: {labels.mixing: [{kind: file, path: a.npy}, {kind: file, path: b.npy}]}",
    );
    const same = { "a.npy": "00", "b.npy": "00" };
    expect(sweepRuns(points, same).runs).toHaveLength(1);
    expect(sweepRuns(points, { ...same, "b.npy": "01" }).runs).toHaveLength(2);
  });

  test("are sorted by what is to be done with them", () => {
    const { runs } = sweepRuns(pointsOf("seeds: 5"));
    const [a, b, c, d, e] = runs.map(({ id }) => id) as [string, string, string, string, string];
    const states = new Map([
      [a, "finished"],
      [b, "failed"],
      [c, "stopped"],
      [d, "interrupted"],
    ] as const);
    const state = sweepState(runs, states);
    const ids = (some: typeof runs) => some.map(({ id }) => id);
    expect([ids(state.finished), ids(state.failed), ids(state.missing)]).toEqual([[a], [b], [c, d, e]]);
  });
});

describe("the estimate of a sweep's time", () => {
  const spec = preset("cc-clean");

  test("is the time of the same run, shared among workers", () => {
    const timed = [{ spec, seconds: 6 }];
    expect(estimateSeconds([spec], timed, 4)).toBeCloseTo(6, 9);
    expect(estimateSeconds([spec, spec, spec, spec], timed, 2)).toBeCloseTo(12, 9);
    expect(estimateSeconds([], timed, 2)).toBe(0);
  });

  test("follows the multiplications of training and evaluation", () => {
    const twice = preset("cc-clean", ["training.steps=20000", "evaluate.samples=2000000"]);
    expect(estimateSeconds([twice], [{ spec, seconds: 6 }], 1)).toBeCloseTo(12, 9);
  });
});
