/** Plan and conclusion, on records that are made up: claims, verdicts, words and every figure. */
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { plan as compressedPlan } from "../compressed-computation/plan.ts";
import { resultsOf, type TaskResult } from "../results.ts";
import { keptRuns, taskHash } from "../task.ts";
import { counts, features, plan } from "./plan.ts";
import type { ResidualRecord } from "./record.ts";
import { residualMlp } from "./study.ts";

const list = (value: number) => Array.from({ length: features }, () => value);
const signals = { signal: list(0.6), noise: list(0.04), meanSignal: 0.6, meanNoise: 0.04 };
const distance = (lossPerP: number) => ({ lossPerP, stderr: 0.0002 });

/** A record like a trained network's. */
function recordOf(key: string, seed: number): ResidualRecord {
  const neurons = key === "3x17" ? 51 : 50;
  const shift = 0.0002 * seed;
  return {
    neurons,
    loss: { lossPerP: 0.0668 + shift, linear: 0.0185, even: 0.0483 + shift, stderr: 0.0002 },
    exactlyOne: { lossPerP: 0.062, linear: 0.0183, even: 0.0437 },
    bound: {
      ...{ lossPerP: 0.0575, linear: 0.0157, even: 0.0414 },
      exactlyOne: { lossPerP: 0.0574, linear: 0.0157, even: 0.0417 },
    },
    active: counts.map((k) => ({ k, lossPerP: 0.06 + 0.003 * k, stderr: 0.0002, bound: 0.057 })),
    own: { negative: list(-1.05), positive: list(1.6 + shift) },
    others: {
      negative: { least: list(-0.05), greatest: list(0.06) },
      positive: { least: list(-0.07), greatest: list(0.12) },
    },
    signals: { one: signals, two: signals },
    oddInteraction: key === "1x50" ? 0 : 0.005,
    silencing: {
      neuronsPerFeature: 6,
      ...{ scrubbed: distance(0.013), antiScrubbed: distance(0.136) },
      ...{ random: distance(0.086), monosemantic: distance(0.085) },
    },
    foldingError: 3e-8,
    terms: seed === 0 ? Array.from({ length: features * neurons }, (_, i) => ((i % 7) - 2) / 10) : null,
  };
}

const tasks = plan("quick");
function conclude(change: (record: ResidualRecord, key: string) => ResidualRecord = (record) => record) {
  const results = tasks.map(({ key }): [string, TaskResult] => {
    const [kind, seed] = key.split("/") as [string, string];
    return [key, { kind: "measure", measured: change(recordOf(kind, Number(seed)), kind) }];
  });
  return residualMlp.conclude(resultsOf(tasks, new Map(results), "command"), "quick");
}
const verdictsOf = (conclusion: ReturnType<typeof conclude>) =>
  Object.fromEntries(conclusion.claims.map(({ id, verdict }) => [id, verdict]));

describe("plan", () => {
  it.each([
    ["quick", 9],
    ["full", 15],
  ] as const)("%s: every network with at least three seeds", (mode, count) => {
    const planned = plan(mode);
    expect(planned).toHaveLength(count);
    expect(new Set(planned.map(taskHash)).size).toBe(count);
    expect(planned.every(({ specs }) => specs[0]!.spec.training.steps === 10_000)).toBe(true);
  });

  it("shares its runs of one layer with the study of compressed computation", () => {
    const others = compressedPlan("full").filter(({ key }) => key.startsWith("original/"));
    const own = tasks.filter(({ key }) => key.startsWith("1x50/"));
    expect(own.flatMap(keptRuns)).toEqual(others.flatMap(keptRuns));
  });
});

describe("conclusion", () => {
  it("reproduces everything of records like those of trained networks", () => {
    const verdicts = verdictsOf(conclude());
    expect(Object.values(verdicts).every((verdict) => verdict === "reproduced")).toBe(true);
    expect(Object.keys(verdicts)).toHaveLength(4 + 3 * 6 + 3);
  });

  it.each<[string, (record: ResidualRecord, key: string) => ResidualRecord]>([
    ["response", (record) => ({ ...record, own: { ...record.own, positive: list(1.8) } })],
    ["answered", (record) => ({ ...record, own: { ...record.own, positive: list(1.2) } })],
    ["folding-2x25", (record) => ({ ...record, foldingError: 1e-3 })],
    ["beats-monosemantic-3x17", (record) => ({ ...record, loss: { ...record.loss, lossPerP: 0.0815 } })],
    ["below-bound-1x50", (record) => ({ ...record, loss: { ...record.loss, lossPerP: 0.0565 } })],
    [
      "below-bound-2x25",
      (record) => ({ ...record, active: record.active.map((at) => ({ ...at, lossPerP: 0.05 })) }),
    ],
    ["below-parts-3x17", (record) => ({ ...record, exactlyOne: { ...record.exactlyOne, even: 0.0416 } })],
    ["odd-linear-1x50", (record) => ({ ...record, oddInteraction: 0.01 })],
    ["odd-not-linear-2x25", (record) => ({ ...record, oddInteraction: 0.0001 })],
    [
      "scrubbed-1x50",
      (record) => ({ ...record, silencing: { ...record.silencing, scrubbed: distance(0.09) } }),
    ],
    [
      "anti-scrubbed-1x50",
      (record) => ({ ...record, silencing: { ...record.silencing, antiScrubbed: distance(0.05) } }),
    ],
  ])("%s differs where it does", (id, change) => {
    expect(verdictsOf(conclude(change))[id]).toBe("differs");
  });

  it("answers with what was seen", () => {
    expect(conclude().answer).toMatch(
      /^9 of 9 residual networks .* and none of them answers the nonlinearity of single features better\./,
    );
    const better = conclude((record) => ({ ...record, exactlyOne: { ...record.exactlyOne, even: 0.02 } }));
    expect(better.answer).toContain("9 of them answer the nonlinearity of single features better");
  });

  it("draws every figure, and shows every claim in a section", () => {
    const { sections, claims } = conclude();
    const blocks = sections.flatMap(({ blocks }) => blocks);
    const host = { document: parseHTML("<html></html>").document };
    for (const block of blocks) {
      if (block.kind !== "figure") continue;
      expect(block.draw(host).svg).not.toMatch(/NaN|undefined/);
    }
    const shown = blocks.flatMap((block) => (block.kind === "claims" ? block.ids : []));
    expect([...shown].sort()).toEqual(claims.map(({ id }) => id).sort());
  });
});
