/** Tasks of a study's own measures: found by name, trained once, kept by everything that their record depends on. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { doTask } from "../src/store/do-task.ts";
import { keptResult, makeResultsFolder } from "../src/store/task-results.ts";
import { type Measure, type MeasureRequest, measureTask } from "../src/study/measure-task.ts";
import { resultsOf } from "../src/study/results.ts";
import * as registry from "../src/study/studies.ts";
import { commandOf, taskHash } from "../src/study/task.ts";

const out = mkdtempSync(join(tmpdir(), "toy-cis-measure-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const sizes = [
  "model.features=6",
  "model.neurons=3",
  "training.steps=20",
  "training.batch=16",
  "evaluate.samples=64",
];
const norms: Measure = (models, given) => ({
  given,
  norms: models.map(({ model }) => model.W_in.data.reduce((sum, w) => sum + w * w, 0)),
  steps: models.map(({ records }) => records.at(-1)!.step),
});
const [real] = registry.studies;
vi.spyOn(registry, "studyOf").mockImplementation(() => ({ ...real!, name: "norms", measures: { norms } }));

const request: MeasureRequest = {
  key: "norms/0",
  study: "norms",
  measure: "norms",
  specs: [0, 1].map((seed) => ({ preset: "cc-clean", overrides: [...sizes, `seed=${seed}`] })),
  given: { of: "W_in" },
};
const options = {
  out,
  version: "0",
  clock: () => new Date(0),
  now: () => 0,
  signal: new AbortController().signal,
  onProgress: () => {},
};

it("makes one record of all models, whether they are kept as runs or not", async () => {
  makeResultsFolder(out);
  const forgotten = await doTask(measureTask(request), options);
  expect(readdirSync(out)).not.toContain("runs");
  const kept = await doTask(measureTask({ ...request, keeps: true }), options);
  expect(kept).toEqual(forgotten);
  expect(readdirSync(join(out, "runs"))).toHaveLength(2);
  const record = forgotten.measured as { norms: number[] };
  expect(record).toMatchObject({ given: { of: "W_in" }, steps: [20, 20] });
  expect(record.norms[0]).not.toBe(record.norms[1]);
});

it("is kept until its specs, arguments, version or runs change", async () => {
  const task = measureTask({ ...request, keeps: true });
  const result = await doTask(task, options);
  expect(keptResult(out, task)).toEqual(result);
  expect(keptResult(out, measureTask({ ...request, keeps: true, version: 2 }))).toBeNull();
  expect(keptResult(out, measureTask({ ...request, keeps: true, given: 3 }))).toBeNull();
  const others = [{ version: 2 }, { measure: "x" }, { given: 3 }, { specs: [] }].map((change) =>
    taskHash(measureTask({ ...request, ...change })),
  );
  expect(new Set([taskHash(task), ...others]).size).toBe(5);
  rmSync(join(out, "runs"), { recursive: true });
  expect(keptResult(out, task)).toBeNull();
});

it("hands its record to the conclusion, and says which command repeats it", async () => {
  const task = measureTask(request);
  const results = resultsOf([task], new Map([[task.key, await doTask(task, options)]]), "command");
  expect(results.measured<{ given: unknown }>("norms/0").given).toEqual({ of: "W_in" });
  expect(results.measuredGroup("norms")).toHaveLength(1);
  expect(() => results.measured("norms/1")).toThrow("need a finished task norms/1 of kind measure, got none");
  expect(commandOf(task)).toBe("npx toy-cis reproduce norms");
  expect(commandOf({ ...task, keeps: true })).toMatch(/^npx toy-cis train cc-clean model.features=6 /);
});

it("stops on request, and names a measure that a study lacks", async () => {
  const stopped = doTask(measureTask({ ...request, key: "s/0" }), {
    ...options,
    signal: AbortSignal.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ name: "StoppedError" });
  await expect(doTask(measureTask({ ...request, measure: "x" }), options)).rejects.toThrow(
    "study norms: need a measure x, got none. Add it to the study.",
  );
});
