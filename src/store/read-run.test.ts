import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkpointOf, specOf, writeRun } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { runId } from "../spec/identity.ts";
import {
  closeRun,
  failRun,
  openRun,
  readRun,
  runStatus,
  StoreError,
  saveCheckpoint,
  stopRun,
} from "./index.ts";

const seed = 9;
const id = runId(specOf(seed));
const other = runId(specOf(10));
let out = "";
let whole = "";
let dir = "";

beforeAll(async () => {
  out = scratchFolder();
  whole = join(out, "whole");
  await writeRun(whole, seed);
  await writeRun(whole, 10);
});

beforeEach(() => {
  dir = join(out, "copy", id);
  rmSync(join(out, "copy"), { recursive: true, force: true });
  cpSync(join(whole, id), dir, { recursive: true });
});

afterAll(() => rmSync(out, { recursive: true }));

const options = { spec: specOf(seed), version: "0.0.0", clock: () => new Date(0) };

function editJson(name: string, edit: (value: Record<string, unknown>) => unknown): void {
  const path = join(dir, name);
  writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, "utf8")))));
}

describe("folders that are none of a run", () => {
  test.each([
    ["missing", () => join(out, "nowhere"), "no such folder"],
    ["another folder", () => out, "no spec.json in it"],
    ["a file", () => join(dir, "spec.json"), "a file"],
  ])("%s", (_, path, got) => {
    expect(() => readRun(path())).toThrow(
      `${path()}: need the folder of a run, got ${got}. Name a folder that holds a run.json.`,
    );
    expect(runStatus(path())).toBe("absent");
  });
});

describe("runs that are not finished say how to go on", () => {
  const resume = () => `toy-cis train ${join(dir, "spec.json")} --out ${dirname(dir)}`;

  test("interrupted", () => {
    rmSync(join(dir, "run.json"));
    expect(() => readRun(dir)).toThrow(
      `${dir}: need a finished run, got an interrupted one (no run.json). Resume it: ${resume()}`,
    );
  });

  test("stopped", () => {
    const run = openRun(dirname(dir), { ...options, again: true });
    saveCheckpoint(run, checkpointOf(seed, 12));
    stopRun(run, 12);
    closeRun(run);
    expect(() => readRun(dir)).toThrow(
      `need a finished run, got one stopped at step 12. Resume it: ${resume()}`,
    );
  });

  test("failed", async () => {
    const run = openRun(dirname(dir), { ...options, again: true });
    await failRun(run, "train: need a finite loss, got NaN at step 3. Lower training.learningRate.", []);
    closeRun(run);
    expect(() => readRun(dir)).toThrow(
      "got one that failed: train: need a finite loss, got NaN at step 3. Lower",
    );
  });
});

describe("damaged files are named", () => {
  test.each(["spec.json", "run.json", "weights.safetensors"])("%s, cut anywhere", (name) => {
    const path = join(dir, name);
    const bytes = readFileSync(path);
    for (let length = 0; length < bytes.length - 1; length++) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(() => readRun(dir)).toThrow(StoreError);
      expect(() => readRun(dir)).toThrow(`${path}: `);
    }
  });

  test("metrics.parquet, cut anywhere", async () => {
    const path = join(dir, "metrics.parquet");
    const bytes = readFileSync(path);
    for (let length = 0; length < bytes.length; length += 7) {
      writeFileSync(path, bytes.subarray(0, length));
      await expect(readRun(dir).metrics()).rejects.toThrow(
        `${path}: need a Parquet file, got a damaged or foreign one.`,
      );
    }
  });

  test.each(["weights.safetensors", "run.json"])("%s of another run", (name) => {
    cpSync(join(whole, other, name), join(dir, name));
    const what = name === "run.json" ? `the record of run ${id}` : `the weights of run ${id}`;
    expect(() => readRun(dir)).toThrow(`${join(dir, name)}: need ${what}, got `);
  });

  test.each(["weights.safetensors", "metrics.parquet"])("%s missing", async (name) => {
    const path = join(dir, name);
    rmSync(path);
    const read = async () => readRun(dir).metrics();
    await expect(read()).rejects.toThrow(`${path}: need to read it, got no such file or folder (ENOENT).`);
  });

  test("a folder in place of a file", () => {
    rmSync(join(dir, "weights.safetensors"));
    mkdirSync(join(dir, "weights.safetensors"));
    expect(() => readRun(dir)).toThrow("weights.safetensors: need a file, got a folder. Name a file in it.");
  });

  test("a spec that was changed", () => {
    editJson("spec.json", (spec) => ({ ...spec, seed: 77 }));
    expect(() => readRun(dir)).toThrow(
      `${join(dir, "spec.json")}: need the spec of run ${id}, got one that was changed since. ` +
        "Restore it, or train it as a new run.",
    );
  });

  test("a name or an evaluation that was changed moves no weight", () => {
    editJson("spec.json", (spec) => ({ ...spec, name: "renamed" }));
    expect(readRun(dir).spec.name).toBe("renamed");
  });

  test("a spec that is none", () => {
    editJson("spec.json", (spec) => ({ ...spec, modle: {} }));
    expect(() => readRun(dir)).toThrow(`${join(dir, "spec.json")}: modle: unknown key.`);
  });

  test("a spec without its origin", () => {
    editJson("spec.json", ({ $run, ...spec }) => spec);
    expect(() => readRun(dir)).toThrow(
      "spec.json: need what toy-cis writes, got missing or other fields: $run.",
    );
  });

  test("a record without its status", () => {
    editJson("run.json", ({ status, ...rest }) => rest);
    expect(() => readRun(dir)).toThrow(
      "run.json: need what toy-cis writes, got missing or other fields: status.",
    );
  });

  test.each([
    ["spec.json", "[]", "need a JSON object, got another value. It was not written by toy-cis."],
    ["run.json", "7", "need what toy-cis writes, got missing or other fields"],
  ])("%s of another kind", (name, text, message) => {
    writeFileSync(join(dir, name), text);
    expect(() => readRun(dir)).toThrow(`${join(dir, name)}: ${message}`);
  });
});

describe("folders of a later toy-cis", () => {
  test("a later layout in spec.json", () => {
    editJson("spec.json", (spec) => ({ ...spec, $run: { layout: 2, anything: true } }));
    expect(() => readRun(dir)).toThrow(
      `${join(dir, "spec.json")}: need layout 1 of run folders or an older one, got 2. Update toy-cis.`,
    );
  });

  test("a later layout in run.json", () => {
    editJson("run.json", () => ({ layout: 3 }));
    expect(() => readRun(dir)).toThrow(
      "run.json: need layout 1 of run folders or an older one, got 3. Update toy-cis.",
    );
  });

  test("a later version of the spec", () => {
    editJson("spec.json", (spec) => ({ ...spec, version: 2 }));
    expect(() => readRun(dir)).toThrow(
      `${join(dir, "spec.json")}: version: spec version 2 is newer than this toy-cis`,
    );
  });

  test("a later numerics version is read, since its weights are weights", () => {
    editJson("spec.json", (spec) => ({ ...spec, $run: { ...(spec.$run as object), numerics: 99 } }));
    expect(readRun(dir).origin.numerics).toBe(99);
  });
});

test("a folder may be moved and renamed", async () => {
  const moved = join(out, "copy", "my favourite run");
  cpSync(dir, moved, { recursive: true });
  expect(await readRun(moved).metrics()).toHaveLength(40);
});
