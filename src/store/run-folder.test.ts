import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  checkpointOf,
  modelOf,
  recordsOf,
  specOf,
  unfoldedOf,
  writeRun,
} from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { readSafetensors } from "../formats/safetensors.ts";
import { numericsVersion, runId } from "../spec/identity.ts";
import { parseSpec } from "../spec/parse.ts";
import {
  closeRun,
  failRun,
  finishRun,
  openRun,
  readRun,
  runStatus,
  saveCheckpoint,
  stopRun,
} from "./index.ts";

const seed = 5;
const spec = specOf(seed);
const id = runId(spec);
const options = { spec, version: "1.2.3", clock: () => new Date("2026-01-02T03:04:05Z") };
const finished = { model: unfoldedOf(seed), records: recordsOf(seed), result: { loss: 0.1 } };
let out = "";
let dir = "";

beforeEach(() => {
  out = join(scratchFolder(), "runs");
  dir = join(out, id);
});

afterEach(() => {
  rmSync(join(out, ".."), { recursive: true });
});

const json = (name: string) => JSON.parse(readFileSync(join(dir, name), "utf8"));

describe("a finished run", () => {
  beforeEach(async () => {
    const run = openRun(out, options);
    saveCheckpoint(run, checkpointOf(seed, 10));
    await finishRun(run, finished);
    closeRun(run);
  });

  test("is a folder of four files", () => {
    expect(readdirSync(dir).sort()).toEqual([
      "metrics.parquet",
      "run.json",
      "spec.json",
      "weights.safetensors",
    ]);
    expect(runStatus(dir)).toBe("finished");
  });

  test("is read back whole", async () => {
    const stored = readRun(dir);
    expect(stored).toMatchObject({
      dir,
      spec,
      weights: modelOf(seed),
      run: { status: "finished", result: { loss: 0.1 } },
    });
    expect(await stored.metrics()).toEqual(recordsOf(seed));
  });

  test("has a spec.json that is a spec, and says whose it is", () => {
    expect(parseSpec(json("spec.json"))).toEqual(spec);
    const origin = { layout: 1, id, version: "1.2.3", numerics: numericsVersion, files: {} };
    expect(json("spec.json").$run).toEqual(origin);
    expect(json("spec.json").model.features).toBe(5);
  });

  test("has a run.json with times and versions", () => {
    expect(json("run.json")).toEqual({
      layout: 1,
      id,
      started: "2026-01-02T03:04:05.000Z",
      ended: "2026-01-02T03:04:05.000Z",
      versions: { toyCis: "1.2.3", numerics: numericsVersion, node: process.versions.node },
      status: "finished",
      result: { loss: 0.1 },
    });
  });

  test("has float32 weights that name their spec", () => {
    const { tensors, metadata } = readSafetensors(readFileSync(join(dir, "weights.safetensors")));
    expect(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ["M", "F32", [5, 5]],
      ["W_in", "F32", [3, 5]],
      ["W_out", "F32", [5, 3]],
    ]);
    expect(metadata).toEqual({ spec: expect.stringMatching(`^${id}[0-9a-f]{48}$`), version: "1.2.3" });
  });

  test("is not trained again unless that is wanted", async () => {
    expect(() => openRun(out, options)).toThrow(
      `${dir}: need an unfinished run, got a finished one. Read it, choose another folder with --out, or delete it.`,
    );
    expect(readdirSync(dir)).toHaveLength(4);
    const run = openRun(out, { ...options, again: true });
    expect(run.checkpoint).toBeNull();
    expect(runStatus(dir)).toBe("interrupted");
    closeRun(run);
  });

  test("has the same bytes when it is written again, but for times", async () => {
    const bytes = () =>
      ["spec.json", "metrics.parquet", "weights.safetensors"].map((name) => readFileSync(join(dir, name)));
    const before = bytes();
    rmSync(dir, { recursive: true });
    const run = openRun(out, { ...options, clock: () => new Date(0) });
    await finishRun(run, finished);
    closeRun(run);
    expect(bytes()).toEqual(before);
  });
});

describe("a run without mixing", () => {
  test("has no M", async () => {
    const run = openRun(out, options);
    await finishRun(run, { ...finished, model: { ...unfoldedOf(seed), M: null } });
    closeRun(run);
    expect(readRun(dir).weights.M).toBeNull();
  });
});

describe("an unfinished run", () => {
  const interrupt = () => {
    const run = openRun(out, options);
    saveCheckpoint(run, checkpointOf(seed, 10));
    saveCheckpoint(run, checkpointOf(seed, 20));
    closeRun(run);
  };

  test("goes on from its last checkpoint", () => {
    interrupt();
    expect(runStatus(dir)).toBe("interrupted");
    const run = openRun(out, options);
    expect(run.checkpoint).toEqual(checkpointOf(seed, 20));
    closeRun(run);
  });

  test("that was stopped says so until it goes on", () => {
    const first = openRun(out, options);
    saveCheckpoint(first, checkpointOf(seed, 15));
    stopRun(first, 15);
    closeRun(first);
    expect(json("run.json")).toMatchObject({ status: "stopped", step: 15 });
    const second = openRun(out, options);
    expect(second.checkpoint?.step).toBe(15);
    expect(runStatus(dir)).toBe("interrupted");
    closeRun(second);
  });

  test("that failed keeps its metrics and its reason, and starts anew", async () => {
    const first = openRun(out, options);
    saveCheckpoint(first, checkpointOf(seed, 10));
    await failRun(first, "the loss is NaN at step 12.", recordsOf(seed).slice(0, 12));
    closeRun(first);
    expect(json("run.json")).toMatchObject({ status: "failed", message: "the loss is NaN at step 12." });
    expect(readdirSync(dir).sort()).toEqual(["metrics.parquet", "run.json", "spec.json"]);
    const second = openRun(out, options);
    expect(second.checkpoint).toBeNull();
    closeRun(second);
  });

  test.each([
    ["cut off", (bytes: Uint8Array) => bytes.slice(0, -1), "got a damaged one (safetensors: need data"],
    ["empty", () => new Uint8Array(0), "got a damaged one (safetensors: need at least 8 bytes, got 0."],
  ])("whose checkpoint is %s is not resumed", (_, damage, message) => {
    interrupt();
    const path = join(dir, "checkpoint.safetensors");
    writeFileSync(path, damage(readFileSync(path)));
    expect(() => openRun(out, options)).toThrow(
      `${path}: need a checkpoint of this run, ${message.split(": ")[0]}`,
    );
    expect(() => openRun(out, options)).toThrow("Delete it to train from the start.");
    expect(readdirSync(dir).filter((name) => name.startsWith("lock"))).toEqual([]);
  });

  test("with the checkpoint of another run is not resumed", () => {
    interrupt();
    const other = openRun(out, { ...options, spec: specOf(6) });
    saveCheckpoint(other, checkpointOf(6, 10));
    closeRun(other);
    const path = join(dir, "checkpoint.safetensors");
    writeFileSync(path, readFileSync(join(other.dir, "checkpoint.safetensors")));
    expect(() => openRun(out, options)).toThrow(
      `${path}: need a checkpoint of this run, got one of another run. Delete it to train from the start.`,
    );
  });

  test("loses what killed writers left", () => {
    interrupt();
    writeFileSync(join(dir, ".weights.safetensors.123.tmp"), "half");
    closeRun(openRun(out, options));
    expect(readdirSync(dir).sort()).toEqual(["checkpoint.safetensors", "spec.json"]);
  });

  test("is trained by one process at a time", () => {
    const run = openRun(out, options);
    expect(() => openRun(out, options)).toThrow(`got one that process ${process.pid} trains.`);
    closeRun(run);
    closeRun(openRun(out, options));
  });
});

test("weights that are not finite are not written, and the run stays unfinished", async () => {
  const model = unfoldedOf(seed);
  model.W_out.data[7] = Number.NaN;
  const run = openRun(out, options);
  await expect(finishRun(run, { ...finished, model })).rejects.toThrow(
    `${join(dir, "weights.safetensors")}, W_out[2, 1]: need a finite number, got NaN.`,
  );
  closeRun(run);
  expect(runStatus(dir)).toBe("interrupted");
});

test("runs with other seeds have other folders", async () => {
  await writeRun(out, 1);
  await writeRun(out, 2);
  expect(readdirSync(out)).toHaveLength(2);
});

test("a spec with a mixing file is bound to the file's content", async () => {
  const filed = parseSpec({
    model: { features: 5, neurons: 3 },
    labels: { mixing: { kind: "file", path: "M.npy" } },
  });
  const run = openRun(out, { ...options, spec: filed, files: { "M.npy": "ab".repeat(32) } });
  await finishRun(run, finished);
  closeRun(run);
  expect(readRun(run.dir).origin.files).toEqual({ "M.npy": "ab".repeat(32) });
  expect(run.id).not.toBe(openRunId(filed, "cd".repeat(32)));
});

const openRunId = (filed: typeof spec, hash: string) => runId(filed, { "M.npy": hash });
