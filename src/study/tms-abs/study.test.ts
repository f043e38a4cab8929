/** The study on records made by hand, whose answers are known, and its readings of hand-built networks. */
import { describe, expect, it } from "vitest";
import { figureHost } from "../../../test/support/figure-snapshot.ts";
import type { Network } from "../../evaluate/network.ts";
import { matrix } from "../../numeric/matrix.ts";
import type { MeasuredModel, MeasureTask, Plain } from "../measure-task.ts";
import { resultsOf, type TaskResult } from "../results.ts";
import type { WeightsRecord } from "../weights-record.ts";
import {
  answered,
  type MotifsRecord,
  type PairsRecord,
  pairs,
  type WideRecord,
  worstError,
} from "./measures.ts";
import { strictWords } from "./story.ts";
import { tmsAbs } from "./study.ts";

/** Neurons 2i and 2i + 1 read ±x_i and write it back, as far as neurons reach. */
function paired(features: number, neurons: number): WeightsRecord {
  const W_in = matrix(neurons, features);
  const W_out = matrix(features, neurons);
  for (let k = 0; k < Math.min(neurons, 2 * features); k++) {
    const i = Math.floor(k / 2);
    W_in.data[k * features + i] = k % 2 === 0 ? 1 : -1;
    W_out.data[i * neurons + k] = 1;
  }
  return { features, neurons, W_in: [...W_in.data], W_out: [...W_out.data], M: null };
}

const networkOf = ({ features, neurons, W_in, W_out }: WeightsRecord): Network => ({
  W_in: matrix(neurons, features, [...W_in]),
  W_out: matrix(features, neurons, [...W_out]),
  M: null,
  labels: "abs",
});

const motif = {
  neuron: 0,
  read: 0,
  written: 1,
  interference: 4,
  reverse: 0.25,
  inhibition: 1,
  inhibitors: [1],
};

function recordOf({ measure, specs }: MeasureTask): Plain {
  const { features, neurons } = specs[0]!.spec.model;
  const weights = paired(features, neurons);
  const data = specs[0]!.spec.data;
  const isDense = data.kind === "bernoulli" && data.p === 1;
  const records = {
    pairs: { weights, worst: 0, alone: 6, exactStarts: 3, starts: 4 } satisfies PairsRecord,
    motifs: { pairs: [[], [motif]], weights } satisfies MotifsRecord,
    wide: {
      ...{ featuresPerNeuron: Array.from({ length: neurons }, () => (isDense ? 1 : 8)) },
      ...{ sides: 40, whole: 20, weights },
    } satisfies WideRecord,
  };
  return records[measure as keyof typeof records] as unknown as Plain;
}

describe.each(["quick", "full"] as const)("%s mode", (mode) => {
  const tasks = tmsAbs.plan(mode) as readonly MeasureTask[];
  const byKey = new Map(
    tasks.map((task): [string, TaskResult] => [task.key, { kind: "measure", measured: recordOf(task) }]),
  );
  const { claims, sections, table, answer } = tmsAbs.conclude(resultsOf(tasks, byKey, "command"), mode);

  it("has keys of its own for every task, and measures that are there", () => {
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
    for (const { measure } of tasks) expect(Object.keys(tmsAbs.measures!)).toContain(measure);
  });

  it("finds every claim met by what the paper shows", () => {
    // Values that are alike in every repeat meet "most" only where they lie within it.
    for (const { id, verdict } of claims) expect([id, verdict]).toEqual([id, "reproduced"]);
    expect(table.rows[0]).toEqual([1, 1, 1, 40, 20]);
    expect(answer).toContain("100 % of them serve one feature when all are always active, 0 % at p = 0.01");
  });

  it("draws every figure", () => {
    const figures = sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "figure");
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    for (const { draw } of figures) expect(draw(figureHost).table.rows.length).toBeGreaterThan(0);
  });
});

it("says what the strict definition does of the sides answered", () => {
  expect(strictWords(30)).toContain("No network answers more than 30 sides, fewer than it has hidden ReLUs");
  expect(strictWords(100)).toContain("more than their 40 hidden ReLUs, but not more than the 140");
  expect(strictWords(150)).toContain("more than their 140 ReLUs");
});

describe("readings", () => {
  it("a pair for every feature is exact; with one neuron fewer one sign of the last is missed", () => {
    expect(worstError(networkOf(paired(3, 6)))).toBe(0);
    expect(worstError(networkOf(paired(3, 5)))).toBe(1);
    expect(answered(networkOf(paired(3, 6)))).toEqual({ sides: 6, whole: 3 });
    expect(answered(networkOf(paired(3, 5)))).toEqual({ sides: 5, whole: 2 });
  });

  it("takes the best of several starts", async () => {
    const { preset } = await import("../../spec/presets.ts");
    const { train } = await import("../../train/train.ts");
    const spec = preset("tms-absolute", ["training.steps=20", "training.batch=64"]);
    const { model } = await train(spec);
    const found = (await pairs([{ spec, model, records: [] } satisfies MeasuredModel], {
      starts: 2,
    })) as unknown as PairsRecord;
    expect(found.starts).toBe(2);
    expect(found.exactStarts).toBe(0);
    expect(found.worst).toBeGreaterThan(0.1);
    expect(found.weights.W_in).toHaveLength(18);
  });
});
