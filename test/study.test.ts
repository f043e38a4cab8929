/**
 * Studies from plan to report, every task cut down to a few steps: the numbers mean nothing then, but every claim, figure
 * and table is made, from records alone.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doTasks, type TasksOutcome, writeReport } from "../src/store/index.ts";
import {
  baselineTask,
  type Mode,
  resultsOf,
  type Study,
  studyOf,
  type Task,
  type TrainTask,
  trainTask,
} from "../src/study/index.ts";
import { scratchFolder } from "./support/scratch-folder.ts";

/** What makes the models of a study small; their full size is cheap where only squared errors are measured. */
const smaller: Readonly<Record<string, readonly string[]>> = {
  l4: ["model.features=20", "model.neurons=10"],
  exponent: ["model.features=20", "model.neurons=10"],
};
/** The full modes of the others have more of the same tasks. */
const cases = [
  { name: "compressed-computation", mode: "quick" },
  { name: "compressed-computation", mode: "full" },
  { name: "l4", mode: "quick" },
  { name: "exponent", mode: "quick" },
] as const;
const script = new URL("../dist/cli/task-worker.js", import.meta.url);

/** The plan with short runs, few samples and, for runs that start from others, the ids of the short ones. */
function shortPlan({ name, plan }: Study, mode: Mode): readonly Task[] {
  const short = new Map<string, TrainTask>();
  return plan(mode).flatMap((task): Task[] => {
    if (task.kind === "measure") return [task];
    if (task.kind === "baselines") {
      const small = ["model.features=10", "model.neurons=5"];
      return [baselineTask(task.key, task.preset, [...task.overrides, ...small], 1)];
    }
    const overrides = task.overrides.filter((word) => !/^training\.(from|steps|count)=/.test(word));
    const narrow = task.spec.model.embedding.kind === "none" ? [] : ["model.embedding.width=40"];
    const size = name in smaller ? [...smaller[name]!, ...narrow] : [];
    const cut = ["training.steps=4", "training.batch=64", "evaluate.samples=128", ...size];
    const from = task.after === undefined ? {} : { from: short.get(task.after)! };
    const { key, preset, p, wants } = task;
    const made = trainTask({
      key,
      preset,
      overrides: [...overrides, ...cut],
      p,
      wants,
      samples: 256,
      ...from,
    });
    short.set(key, made);
    return [made];
  });
}

const folders: string[] = [];
function newFolder(): string {
  folders.push(scratchFolder());
  return folders.at(-1)!;
}
afterAll(() => folders.forEach((folder) => void rmSync(folder, { recursive: true })));

const frame = { versions: "toy-cis", date: "2026-01-02", note: "" };

describe.each(cases)("$name, $mode mode", ({ name, mode }) => {
  const study = studyOf(name);
  const command = `npx toy-cis reproduce ${name}`;
  const out = newFolder();
  const tasks = shortPlan(study, mode);
  let outcome: TasksOutcome;

  beforeAll(async () => {
    outcome = await doTasks(tasks, { out, script });
  }, 180_000);

  it("does every task of the plan", () => {
    expect([...outcome.failures]).toEqual([]);
    expect(outcome.results.size).toBe(tasks.length);
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(tasks.length);
  });

  it("concludes and writes report, claims and every figure in three formats", async () => {
    const conclusion = study.conclude(resultsOf(tasks, outcome.results, command), mode);
    const files = await writeReport(out, [{ study, conclusion, tasks, command }], frame);
    const figures = conclusion.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === "figure" ? [block.name] : []));
    expect(new Set(figures).size).toBe(figures.length);
    const kept = figures.flatMap((figure) => [`${figure}.csv`, `${figure}.png`, `${figure}.svg`]);
    expect(readdirSync(join(files.figures, name)).sort()).toEqual(kept.sort());
    // The font of the PNGs has no letter for it.
    for (const figure of figures) {
      expect(readFileSync(join(files.figures, name, `${figure}.svg`), "utf8")).not.toContain("ᵀ");
    }
    const claims = JSON.parse(readFileSync(files.claims, "utf8"));
    for (const claim of claims) {
      expect(Object.keys(claim)).toEqual(
        expect.arrayContaining([
          "id",
          "study",
          "source",
          "statement",
          "expected",
          "tolerance",
          "measured",
          "ci95",
          "verdict",
        ]),
      );
    }
    const html = readFileSync(files.report, "utf8");
    for (const { id } of claims) expect(conclusion.claims.filter((claim) => claim.id === id)).toHaveLength(1);
    expect(html).not.toContain("NaN");
    expect(html).not.toContain("undefined");
    // Every claim stands in a section of its own as well as in the list of all.
    const shown = conclusion.sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((b) => (b.kind === "claims" ? b.ids : []));
    expect([...shown].sort()).toEqual(claims.map(({ id }: { id: string }) => id).sort());
  });

  it("does nothing twice, and mends what is gone or damaged", async () => {
    const before = outcome.results;
    const [first, second] = readdirSync(join(out, "results"));
    writeFileSync(join(out, "results", first!), "{");
    rmSync(join(out, "results", second!));
    const shares: number[] = [];
    const again = await doTasks(tasks, { out, script, onProgress: ({ finished }) => shares.push(finished) });
    expect(shares[0]).toBe(tasks.length - 2);
    expect(again.results).toEqual(before);
    expect(existsSync(join(out, "results", second!))).toBe(true);
  });
});

describe("doTasks", () => {
  it("tells what failed and keeps the rest", async () => {
    const short = ["training.steps=4", "training.batch=32", "evaluate.samples=64"];
    const good = trainTask({ key: "good/0", preset: "cc-clean", overrides: short, samples: 64 });
    const bad = trainTask({
      key: "bad/0",
      preset: "cc-clean",
      overrides: [...short, "training.learningRate=1e30"],
      samples: 64,
    });
    const waiting = trainTask({ key: "waiting/0", preset: "cc-clean", overrides: short, from: bad });
    const { results, failures } = await doTasks([good, bad, waiting], { out: newFolder(), script });
    expect([...results.keys()]).toEqual(["good/0"]);
    expect(failures.get("bad/0")!.message).toMatch(/^train: the loss must stay finite/);
    expect([...failures.keys()]).toEqual(["bad/0", "waiting/0"]);
  });

  it("stops on a signal, with what is finished kept", async () => {
    const out = newFolder();
    const tasks = [0, 1, 2, 3].map((seed) =>
      trainTask({
        key: `long/${seed}`,
        preset: "cc-clean",
        overrides: [`seed=${seed}`, "training.steps=200000"],
      }),
    );
    const abort = new AbortController();
    const { results, isStopped } = await doTasks(tasks, {
      out,
      script,
      signal: abort.signal,
      onProgress: ({ done }) => done > 0 && abort.abort(),
    });
    expect([isStopped, results.size]).toEqual([true, 0]);
  });
});
