/** A folder of runs in which everything else lies too: the runs are listed, the rest is named, nothing is changed. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesBelow } from "../../test/support/folder.ts";
import { checkpointOf, specOf, writeRun } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { numericsVersion, runId } from "../spec/identity.ts";
import { closeRun, failRun, listRuns, openRun, readRunRow, saveCheckpoint, stopRun } from "./index.ts";

const clock = () => new Date(0);
let out = "";

beforeAll(async () => {
  out = scratchFolder();
  for (const seed of [1, 2]) await writeRun(out, seed);
  const open = (seed: number) => openRun(out, { spec: specOf(seed), version: "0.0.0", clock });
  const failed = open(3);
  await failRun(failed, "train: need a finite loss, got NaN at step 3.", []);
  closeRun(failed);
  const stopped = open(4);
  saveCheckpoint(stopped, checkpointOf(4, 12));
  stopRun(stopped, 12);
  closeRun(stopped);
  closeRun(open(5));
});

afterAll(() => rmSync(out, { recursive: true }));

const rowOf = (seed: number) => readRunRow(join(out, runId(specOf(seed))));

test("every run is a row, in whatever state", () => {
  const { rows, skipped } = listRuns(out);
  expect(skipped).toEqual([]);
  expect(rows.map(({ dir }) => dir)).toEqual(rows.map(({ id }) => join(out, `${id}`)));
  expect(Object.fromEntries(rows.map(({ seed, status }) => [seed, status]))).toEqual({
    1: "finished",
    2: "finished",
    3: "failed",
    4: "stopped",
    5: "interrupted",
  });
});

test("a row has the spec by path, results by name, times and versions", () => {
  const time = "1970-01-01T00:00:00.000Z";
  expect(rowOf(1)).toMatchObject({
    "model.neurons": 3,
    "labels.mixing.kind": "none",
    "evaluate.p": "[0.001,0.01,0.1,1]",
    "training.learningRate": 0.003,
    ...{ name: "unnamed", loss: 1, started: time, ended: time, toyCisVersion: "0.0.0", numericsVersion },
  });
  expect(rowOf(3)).toMatchObject({ message: "train: need a finite loss, got NaN at step 3." });
  expect(rowOf(4)).toMatchObject({ step: 12 });
  expect(rowOf(5)).toMatchObject({ started: null, ended: null });
});

test("results within results have dotted names, and win over no field of the run", () => {
  const dir = join(out, runId(specOf(2)));
  const path = join(dir, "run.json");
  const before = readFileSync(path, "utf8");
  const record = JSON.parse(before);
  const result = { scale: { learned: 0.5 }, lossPerFeature: [1, 2], status: "fine", __proto__x: 1 };
  writeFileSync(path, JSON.stringify({ ...record, result }));
  expect(rowOf(2)).toMatchObject({ "scale.learned": 0.5, lossPerFeature: "[1,2]", status: "finished" });
  writeFileSync(path, before);
});

test("foreign, truncated, newer and empty entries are passed over, each with its reason", () => {
  const folder = join(out, "..", `${out.split("/").at(-1)}-mixed`);
  const whole = join(out, runId(specOf(1)));
  const copy = (name: string) => cpSync(whole, join(folder, name), { recursive: true });
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), "utf8")));
  try {
    for (const name of [
      "good",
      "cut-spec",
      "empty-spec",
      "cut-record",
      "newer",
      "newer-spec",
      "changed",
      "foreign",
    ])
      copy(name);
    truncateSync(join(folder, "cut-spec/spec.json"), 100);
    truncateSync(join(folder, "empty-spec/spec.json"));
    truncateSync(join(folder, "cut-record/run.json"), 50);
    edit("newer/run.json", (text) => text.replace('"layout": 1', '"layout": 2'));
    edit("newer-spec/spec.json", (text) => text.replace('"version": 1', '"version": 7'));
    edit("changed/spec.json", (text) => text.replace('"seed": 1', '"seed": 8'));
    writeFileSync(join(folder, "foreign/spec.json"), '{ "openapi": "3.0.0" }');
    mkdirSync(join(folder, "empty"));
    mkdirSync(join(folder, "spec-is-folder/spec.json"), { recursive: true });
    writeFileSync(join(folder, "file.txt"), "hello");
    writeFileSync(join(folder, ".DS_Store"), "");
    symlinkSync(join(folder, "nowhere"), join(folder, "dangling"));
    const before = filesBelow(folder);
    const { rows, skipped } = listRuns(folder);
    expect(rows.map(({ dir }) => dir)).toEqual([join(folder, "good")]);
    expect(
      skipped.map(
        ({ path, reason }) => `${path.slice(folder.length + 1)}: ${reason.replaceAll(`${folder}/`, "")}`,
      ),
    ).toEqual([
      expect.stringMatching(
        /^changed: changed\/spec.json: need the spec of run [0-9a-f]{16}, got one that was changed since\./,
      ),
      expect.stringMatching(
        /^cut-record: cut-record\/run.json: need JSON, got something else\. The file is cut off/,
      ),
      expect.stringMatching(/^cut-spec: cut-spec\/spec.json: need JSON/),
      "dangling: dangling: need the folder of a run, got no folder. Move it elsewhere, or let it be.",
      "empty: empty: need the folder of a run, got no spec.json in it. Move it elsewhere, or let it be.",
      expect.stringMatching(/^empty-spec: empty-spec\/spec.json: need JSON/),
      "file.txt: file.txt: need the folder of a run, got no folder. Move it elsewhere, or let it be.",
      "foreign: foreign/spec.json: need what toy-cis writes, got missing or other fields: $run. Get the file again.",
      "newer: newer/run.json: need layout 1 of run folders or an older one, got 2. Update toy-cis.",
      expect.stringMatching(
        /^newer-spec: newer-spec\/spec.json: version: spec version 7 is newer than this toy-cis/,
      ),
      "spec-is-folder: spec-is-folder/spec.json: need a file, got a folder. Name a file in it.",
    ]);
    expect(filesBelow(folder)).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a folder that is none", () => {
  expect(() => listRuns(join(out, "nowhere"))).toThrow(
    "nowhere: need to read it, got no such file or folder (ENOENT).",
  );
  expect(() => listRuns(join(out, runId(specOf(1)), "spec.json"))).toThrow(
    "got a file where a folder should be",
  );
});
