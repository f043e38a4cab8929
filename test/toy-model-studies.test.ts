/** The studies of toy models of superposition, from plan to figures, by runs of a few steps. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Conclusion, studyOf, taskHash } from "../src/study/index.ts";
import { figureHost } from "./support/figure-snapshot.ts";
import { concludeShort } from "./support/short-study.ts";

const modes = ["quick", "full"] as const;
const names = ["tms-basic", "tms-geometry", "capacity"];
const cases = names.flatMap((name) => modes.map((mode) => [name, mode] as const));

describe.each(cases)("%s, %s", (name, mode) => {
  const study = studyOf(name);
  const tasks = study.plan(mode);
  let conclusion: Conclusion;

  beforeAll(async () => {
    conclusion = await concludeShort(study, mode);
  }, 120_000);

  it("names every task once, and measures that there are", () => {
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
    for (const task of tasks) {
      expect(task.kind === "measure" && study.measures![task.measure]).toBeTypeOf("function");
    }
  });

  it("judges every claim over three seeds or in closed form, in a section of its own", () => {
    const { claims, sections } = conclusion;
    for (const { seeds, ci95, verdict } of claims) {
      expect([0, 3]).toContain(seeds);
      expect(ci95).not.toBeNull();
      expect(verdict).toMatch(/^(reproduced|differs|inconclusive)$/);
    }
    const shown = sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === "claims" ? block.ids : []));
    expect([...shown].sort()).toEqual(claims.map(({ id }) => id).sort());
    expect(sections.at(-1)!.title).toBe("What this does not show");
  });

  it("draws every figure from tasks of the plan, in letters that PNGs have", () => {
    const keys = new Set(tasks.map(({ key }) => key));
    const blocks = conclusion.sections.flatMap((section) => section.blocks);
    const figures = blocks.filter((block) => block.kind === "figure");
    expect(new Set(figures.map((figure) => figure.name)).size).toBe(figures.length);
    for (const figure of figures) {
      for (const key of figure.tasks) expect(keys).toContain(key);
      const { svg, table } = figure.draw(figureHost);
      expect(svg).not.toMatch(/NaN|undefined|ᵀ/);
      expect(table.rows.length).toBeGreaterThan(0);
    }
    for (const block of blocks) {
      if (block.kind !== "table") continue;
      for (const row of block.rows) expect(row).toHaveLength(block.columns.length);
    }
  });
});

it("shares tasks between modes where they are the same", () => {
  for (const name of names) {
    const [quick, full] = modes.map((mode) => new Set(studyOf(name).plan(mode).map(taskHash)));
    expect([...quick!].some((hash) => full!.has(hash))).toBe(true);
  }
});
