import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { openNotes } from "./run-notes.ts";

let dir = "";
beforeEach(() => {
  dir = scratchFolder();
  return () => rmSync(dir, { recursive: true });
});

const clock = () => new Date(0);
const record = (step: number) => ({ step, loss: 1 / 3, learningRate: 0.003 });
const linesOf = (name: string) => readFileSync(join(dir, name), "utf8").split("\n");

test("a record and an event are a line each", () => {
  const notes = openNotes(dir, [], clock);
  notes.record(record(0));
  notes.log("started\nand more");
  expect(linesOf("metrics.jsonl")).toEqual(['{"step":0,"loss":0.3333333333333333,"learningRate":0.003}', ""]);
  expect(linesOf("log.txt")).toEqual(["1970-01-01T00:00:00.000Z started and more", ""]);
});

test("going on leaves no torn line, and no record twice", () => {
  const notes = openNotes(dir, [], clock);
  for (const step of [0, 10, 20]) notes.record(record(step));
  notes.log("started");
  appendFileSync(join(dir, "metrics.jsonl"), '{"step":30,"lo');
  appendFileSync(join(dir, "log.txt"), "1970-01-0");
  const again = openNotes(dir, [record(0), record(10)], clock);
  again.record(record(20));
  again.log("going on from step 10");
  expect(linesOf("metrics.jsonl").map((line) => line.slice(0, 10))).toEqual([
    ...['{"step":0,', '{"step":10', '{"step":20'],
    "",
  ]);
  expect(linesOf("log.txt").map((line) => line.slice(25))).toEqual(["started", "going on from step 10", ""]);
});

test("a log of one torn line becomes empty", () => {
  writeFileSync(join(dir, "log.txt"), "1970");
  openNotes(dir, [], clock);
  expect(linesOf("log.txt")).toEqual([""]);
});
