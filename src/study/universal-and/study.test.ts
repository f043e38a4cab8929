import { describe, expect, it } from "vitest";
import { figureHost } from "../../../test/support/figure-snapshot.ts";
import { universalAndMeans } from "../../baseline/universal-and.ts";
import { train } from "../../train/train.ts";
import { type MeasureTask, measureTask } from "../measure-task.ts";
import { resultsOf, type TaskResult } from "../results.ts";
import type { Mode } from "../study.ts";
import { type LargeRecord, measures, type ScalingRecord, type SmallRecord } from "./measures.ts";
import { type LargeSizes, plan, type ScalingPoint, small, smallNeurons } from "./plan.ts";
import { lessConstant, perNeuron } from "./readings.ts";
import { universalAnd } from "./study.ts";

const pairs = (features: number) => (features * (features - 1)) / 2;

/** What theory says of a construction, with means off by a factor. */
function scalingRecord(point: ScalingPoint, factor: number): ScalingRecord {
  const { both, one, none } = universalAndMeans({ probability: point.probability, active: 3 });
  const spread = Math.sqrt((2 * (1 - point.probability)) / (point.neurons * point.probability));
  return { ...point, both: both! * factor, one: one! * factor, none: none * factor, spread, read: 1 };
}

/** Small networks of which the trained ones are off by `trained`. */
function smallRecord(trained: number): SmallRecord {
  const record = (way: SmallRecord["ways"][number]["way"], meanSquare: number, worst: number) =>
    smallNeurons.map((neurons) => ({
      ...{ way, neurons, coverage: 1, meanSquare },
      worst: Array(pairs(small.features)).fill(worst),
    }));
  return {
    ways: [
      ...record("random subsets", 0.04, 0.6),
      ...record("least squares", 0.003, 0.9),
      ...record("trained", 0.007, trained),
    ],
    formulaGap: 1e-16,
    xorRatio: 2,
  };
}

function concluded(mode: Mode, { factor = 1, trained = 0.19, built = 0.4 } = {}) {
  const tasks = plan(mode);
  const recordOf = ({ measure, given }: MeasureTask) => {
    const words = given as unknown as LargeSizes & { points: readonly ScalingPoint[]; seed: number };
    // A little spread, so that intervals are no points.
    const wobble = factor * (1 + 0.001 * (words.seed % 2));
    if (measure === "scaling") return words.points.map((point) => scalingRecord(point, wobble));
    if (measure === "small") return smallRecord(trained);
    const record: LargeRecord = { ...words, worst: Array(pairs(words.features)).fill(built) };
    return record;
  };
  const byKey = new Map<string, TaskResult>(
    tasks.map((task) => [task.key, { kind: "measure", measured: recordOf(task) }]),
  );
  return universalAnd.conclude(resultsOf(tasks, byKey, "npx toy-cis reproduce universal-and"), mode);
}

const others = (conclusion: ReturnType<typeof concluded>) =>
  conclusion.claims.flatMap(({ id, verdict }) => (verdict === "reproduced" ? [] : [id]));

describe("plan", () => {
  it.each(["quick", "full"] as const)("has each task once, %s", (mode) => {
    const tasks = plan(mode);
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
    for (const { measure } of tasks) expect(Object.keys(measures)).toContain(measure);
  });
});

describe("conclude", () => {
  it.each(["quick", "full"] as const)("reproduces what theory says, and draws every figure, %s", (mode) => {
    const conclusion = concluded(mode);
    expect(others(conclusion)).toEqual([]);
    expect(conclusion.answer).toMatch(/^Yes, in the strict sense/);
    const blocks = conclusion.sections.flatMap((section) => section.blocks);
    for (const block of blocks) {
      if (block.kind === "figure") expect(block.draw(figureHost).svg).toContain("<svg");
    }
    const shown = blocks.flatMap((block) => (block.kind === "claims" ? block.ids : []));
    expect([...shown].sort()).toEqual(conclusion.claims.map(({ id }) => id).sort());
  });

  it("tells what differs", () => {
    expect(others(concluded("quick", { factor: 1.2 }))).toEqual(["mean-both", "mean-one", "mean-none"]);
    expect(others(concluded("quick", { built: 0.5 }))).toEqual(["strict-200"]);
    const untrained = concluded("quick", { trained: 0.7 });
    expect(others(untrained)).toEqual(["strict-trained", "trained-worst"]);
    expect(untrained.answer).toMatch(/^Not at these sizes/);
  });
});

describe("measures", () => {
  it("of constructions agree with theory and keep their points", () => {
    const points = [{ rule: "fixed", neurons: 200, probability: 0.3 }] as const;
    const [record] = measures.scaling([], { features: 30, active: 3, seed: 0, points }) as ScalingRecord[];
    const { both, one, none } = universalAndMeans({ probability: 0.3, active: 3 });
    // One wiring of 6,000 entries: the share of ones is .3 ± .006.
    expect(Math.abs(record!.both - both!)).toBeLessThan(0.03);
    expect(Math.abs(record!.one - one!)).toBeLessThan(0.06);
    expect(Math.abs(record!.none - none)).toBeLessThan(0.06);
    expect(record).toMatchObject(points[0]);
  });

  it("of small networks have every way at every width", async () => {
    const sizes = { features: 6, active: 2, probability: 0.5 };
    const task = measureTask({
      ...{ key: "small/0", study: "universal-and", measure: "small" },
      specs: plan("quick")
        .find(({ key }) => key === "small/0")!
        .specs.slice(0, 1)
        .map(({ preset, overrides }) => ({
          preset,
          overrides: [
            ...overrides.filter((word) => !/^(model\.features|model\.neurons|training)=/.test(word)),
            "model.features=6",
            "model.neurons=8",
            "training={optimizer: adam, steps: 500, batch: 64, learningRate: 0.01}",
          ],
        })),
    });
    const { spec } = task.specs[0]!;
    const { model, records } = await train(spec);
    const record = measures.small([{ spec, model, records }], {
      ...sizes,
      seed: 0,
    }) as unknown as SmallRecord;
    expect(record.ways.map(({ way, neurons }) => [way, neurons])).toEqual([
      ["random subsets", 8],
      ["least squares", 8],
      ["trained", 8],
    ]);
    for (const { worst, coverage } of record.ways) {
      expect(worst).toHaveLength(15);
      expect(coverage).toBe(1);
    }
    expect(record.formulaGap).toBeLessThan(1e-12);
    expect(record.xorRatio).toBeCloseTo(2, 12);
  });
});

it("a constant halves the largest error, but of pairs without readers", () => {
  const record = { worst: [0.4, 0.5, 1], neurons: 2 };
  expect(lessConstant(record).worst).toEqual([0.2, 0.25, 1]);
  expect(perNeuron(lessConstant(record))).toBe(0.5);
});
