import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bundleForNode } from "../../test/support/bundle.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { parseSpec, runId, type Spec } from "../spec/index.ts";
import { closeRun, openRun, trainRuns, trainStored } from "./index.ts";
import { acquireLock, removeOwnLocks } from "./lock.ts";

let script: URL;
let out = "";
beforeAll(async () => {
  const entry = new URL("../../test/support/train-worker.ts", import.meta.url);
  script = pathToFileURL(await bundleForNode(fileURLToPath(entry)));
});
afterAll(() => rmSync(dirname(fileURLToPath(script)), { recursive: true }));
beforeEach(() => {
  out = scratchFolder();
  return () => rmSync(out, { recursive: true });
});

const specWith = (fields: object): Spec =>
  parseSpec({ model: { features: 6, neurons: 3 }, evaluate: { samples: 1000 }, ...fields });
const training = { steps: 100, batch: 64 };
const runsOf = (specs: readonly Spec[]) => specs.map((spec) => ({ id: runId(spec), spec }));
const options = () => ({ out, script, workers: 2, version: "0.0.0" });

test("trains each run as trainStored does, one after the run that it starts from", async () => {
  const first = specWith({ training });
  const next = specWith({ training: { ...training, from: runId(first) } });
  const bad = specWith({ training: { ...training, learningRate: 1e30 } });
  const outcomes = await trainRuns(runsOf([next, first, bad]), options());
  expect([...outcomes.values()].map(({ status }) => status)).toEqual(["finished", "finished", "failed"]);
  expect(outcomes.get(runId(bad))).toMatchObject({
    failure: { message: expect.stringContaining("train: the loss must stay finite") },
  });
  const alone = await trainStored(first, {
    ...{ out: join(out, "alone"), version: "0.0.0", clock: () => new Date(0), now: () => 0 },
  });
  for (const name of ["spec.json", "metrics.parquet", "weights.safetensors"]) {
    const [a, b] = [alone.dir, join(out, alone.id)].map((dir) => readFileSync(join(dir, name)));
    expect(a, name).toEqual(b);
  }
  expect(readdirSync(join(out, alone.id)).sort()).toEqual(
    ["log.txt", "metrics.jsonl", "metrics.parquet", "run.json", "spec.json", "weights.safetensors"].sort(),
  );
});

test("a run that somebody else trains is waited for", async () => {
  const spec = specWith({ training });
  const held = openRun(out, { spec, version: "0.0.0", clock: () => new Date(0) });
  const outcomes = await trainRuns(runsOf([spec]), {
    ...options(),
    onEvent: ({ kind }) => {
      if (kind === "postponed") closeRun(held);
    },
  });
  expect(outcomes.get(held.id)?.status).toBe("finished");
});

test("the locks that a dead thread left are removed, those of others are not", () => {
  acquireLock(out);
  appendFileSync(join(out, "lock.1..abcdef00.00000000.elsewhere"), "");
  removeOwnLocks(out);
  expect(readdirSync(out)).toEqual(["lock.1..abcdef00.00000000.elsewhere"]);
  expect(() => removeOwnLocks(join(out, "absent"))).not.toThrow();
  expect(existsSync(join(out, "absent"))).toBe(false);
});
