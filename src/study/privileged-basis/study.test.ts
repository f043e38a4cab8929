/** The study on records made by hand, whose answers are known. */
import { describe, expect, it } from "vitest";
import { figureHost } from "../../../test/support/figure-snapshot.ts";
import type { MetricRecord } from "../../train/checkpoint.ts";
import type { MeasureTask, Plain } from "../measure-task.ts";
import { resultsOf, type TaskResult } from "../results.ts";
import { type BasisRecord, bestBasis, finalLoss } from "./best-basis.ts";
import { privilegedBasis } from "./study.ts";

const W_in = Array.from({ length: 50 }, (_, at) => (at % 10 === Math.floor(at / 10) ? 1 : 0.1));
const weights = { features: 10, neurons: 5, W_in, W_out: W_in, M: null };
const counts: Readonly<Record<string, number>> = { relu: 4, l1: 1, linear: 3 };

function recordOf({ key }: MeasureTask): Plain {
  const [layer, p] = key.split("/") as [string, string];
  const count = layer === "relu" && p === "0.5" ? 1 : counts[layer]!;
  const featuresPerNeuron = [count, count, count, count, count];
  return { weights, featuresPerNeuron, losses: [1] } satisfies BasisRecord as unknown as Plain;
}

describe.each(["quick", "full"] as const)("%s mode", (mode) => {
  const tasks = privilegedBasis.plan(mode) as readonly MeasureTask[];
  const byKey = new Map(
    tasks.map((task): [string, TaskResult] => [task.key, { kind: "measure", measured: recordOf(task) }]),
  );
  const { claims, sections, table, answer } = privilegedBasis.conclude(
    resultsOf(tasks, byKey, "command"),
    mode,
  );

  it("finds every claim met by what the paper shows", () => {
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
    for (const { id, verdict } of claims) expect([id, verdict]).toEqual([id, "reproduced"]);
    expect(claims.find(({ id }) => id === "l1-fewer")!.measured).toBe(0.25);
    expect(table.rows[0]).toEqual([1, 4, 1, 3]);
    expect(answer).toContain("from 4.0 back to 1.0 features at p = 0.1");
  });

  it("draws every figure", () => {
    const figures = sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "figure");
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    for (const { draw } of figures) expect(draw(figureHost).table.rows.length).toBeGreaterThan(0);
  });
});

it("takes the loss of the last ten records", () => {
  const records = Array.from({ length: 12 }, (_, i) => ({ loss: i < 2 ? 100 : i }) as MetricRecord);
  expect(finalLoss({ records })).toBe(6.5);
});

it("keeps the start of the least loss", async () => {
  const { train } = await import("../../train/train.ts");
  const { specs } = privilegedBasis.plan("quick")[0] as MeasureTask;
  const spec = {
    ...specs[0]!.spec,
    training: { ...specs[0]!.spec.training, steps: 30, batch: 64 },
  };
  const { model, records } = await train(spec);
  const record = (await bestBasis([{ spec, model, records }], { starts: 3 })) as unknown as BasisRecord;
  expect(record.losses).toHaveLength(3);
  expect(record.featuresPerNeuron).toHaveLength(5);
  const isFirst = Math.min(...record.losses) === record.losses[0];
  expect(JSON.stringify(record.weights.W_in) === JSON.stringify([...model.W_in.data])).toBe(isFirst);
});
