/** The study on records made from the exact losses, whose answers are known. */
import { describe, expect, it } from "vitest";
import { figureHost } from "../../../test/support/figure-snapshot.ts";
import { placementLosses } from "../../baseline/one-feature-too-many.ts";
import { matrix } from "../../numeric/matrix.ts";
import { type MeasureTask, measureTask, type Plain } from "../measure-task.ts";
import { resultsOf, type TaskResult } from "../results.ts";
import { bestOf, placements, treatmentOf, treatments } from "./placements.ts";
import { searches } from "./plan.ts";
import { crossingOf } from "./readings.ts";
import { tmsPhase } from "./study.ts";

/** What training would find if the hand-built networks were the best there are; a second start is always worse. */
function recordOf(task: MeasureTask): Plain {
  return task.specs.map(({ spec }) => {
    const { data, loss, model } = spec;
    if (data.kind !== "bernoulli" || typeof data.p !== "number" || loss.importance.kind !== "list")
      return null;
    const importance = loss.importance.values.at(-1)!;
    const [best, second] = placementLosses({ features: model.features, density: data.p, importance });
    const starts = [{ ...second!, loss: 1.01 * second!.loss }, best!];
    return starts.map(({ placement, loss }) => ({ loss, treatment: treatments[placement] }));
  });
}

describe.each(["quick", "full"] as const)("%s mode", (mode) => {
  const tasks = tmsPhase.plan(mode) as readonly MeasureTask[];
  const byKey = new Map(
    tasks.map(({ key }, i): [string, TaskResult] => [
      key,
      { kind: "measure", measured: recordOf(tasks[i]!) },
    ]),
  );
  const { claims, sections, table, answer } = tmsPhase.conclude(resultsOf(tasks, byKey, "command"), mode);

  it("stays within 20 × 20 cells of ten starts", () => {
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
    for (const { specs, given } of tasks) {
      expect(specs.length).toBeLessThanOrEqual(20);
      expect((given as { starts: number }).starts).toBeLessThanOrEqual(10);
    }
  });

  it("finds the crossing of the hand-built networks at s*, so that the claims about trained ones differ", () => {
    const verdicts = Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts["boundary-0.3"]).toBe("reproduced");
    expect(verdicts["equal-losses"]).toBe("reproduced");
    expect(verdicts["crossing-0.3"]).toBe("differs");
    expect(verdicts["crossing-1"]).toBe("differs");
    expect(claims.find(({ id }) => id === "trained-below-built")!.measured).toBeCloseTo(1, 12);
    expect(table.rows).toHaveLength(searches.length);
    expect(answer).toMatch(/agree in (\d+) of \1 cells for n = 2 and (\d+) of \2 for n = 3/);
  });

  it("draws every figure", () => {
    const figures = sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "figure");
    expect(figures.map(({ name }) => name)).toEqual(["phases-2", "phases-3", "claims"]);
    for (const { draw } of figures) expect(draw(figureHost).table.rows.length).toBeGreaterThan(0);
  });
});

describe("what became of the last feature", () => {
  it.each([
    ["shared", 1, 2, [1, -0.8]],
    ["ignored", 1, 2, [1, 0.4]],
    ["alone", 1, 2, [0.1, 1]],
    ["alone", 2, 3, [1, -1, 0, 0, 0, 1]],
    ["shared", 2, 3, [1, 0, 0, 0, 1, -1]],
  ] as const)("%s: W of %i × %i %j", (treatment, neurons, features, W) => {
    expect(treatmentOf(matrix(neurons, features, W))).toBe(treatment);
  });
});

describe("a crossing", () => {
  const [search] = searches;
  const cell = (treatment: "shared" | "ignored") => [
    { loss: 2, treatment: "shared" as const },
    { loss: 1, treatment },
  ];

  it("lies half a step above the last density whose best start shares", () => {
    const cells = search!.shares.map((_, i) => cell(i === 0 || i === 2 ? "shared" : "ignored"));
    expect(bestOf(cells[1]!).treatment).toBe("ignored");
    expect(crossingOf(search!, cells)).toBeCloseTo(1.05, 12);
  });

  it("lies below the first density when none does", () => {
    expect(
      crossingOf(
        search!,
        search!.shares.map(() => cell("ignored")),
      ),
    ).toBeCloseTo(0.99, 12);
  });
});

it("trains further starts of each spec, and measures all on the same inputs", async () => {
  const { train } = await import("../../train/train.ts");
  const overrides = [
    ...["model.features=2", "model.neurons=1", "loss.importance={kind: list, values: [1, 0.5]}"],
    ...["data.p=0.1", "training.steps=300", "training.learningRate=0.02", "training.batch=256"],
  ];
  const { specs } = measureTask({
    key: "a/0",
    study: "tms-phase",
    measure: "placements",
    specs: [{ preset: "tms-relu", overrides }],
  });
  const [{ spec }] = specs as [(typeof specs)[0]];
  const { model } = await train(spec);
  const [cell] = (await placements([{ spec, model, records: [] }], { starts: 4 })) as [
    readonly { loss: number; treatment: string }[],
  ];
  expect(cell).toHaveLength(4);
  // Doing nothing but answering means loses both variances, .0308 each; every start is below that.
  for (const { loss } of cell) expect(loss).toBeLessThan(1.5 * (0.1 / 3 - 0.01 / 4));
  expect(new Set(cell.map(({ loss }) => loss)).size).toBe(4);
});
