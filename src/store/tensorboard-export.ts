/** Metrics of runs as event files for TensorBoard, one sub-folder a run; run folders are only read. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type ScalarEvent, writeEventFile } from "../formats/tensorboard.ts";
import type { MetricRecord } from "../train/checkpoint.ts";
import { makeFolder, writeFileAtomic } from "./atomic-file.ts";
import { StoreError } from "./errors.ts";
import { fileNames } from "./layout.ts";
import type { SkippedEntry } from "./list-runs.ts";
import { decodeMetrics } from "./metrics-file.ts";
import { readBytes } from "./read-file.ts";
import { cellOf, type RunRow } from "./run-row.ts";

/** What came of an export. */
export interface TensorBoardExport {
  /** Paths of the event files. */
  readonly files: readonly string[];
  /** Runs without metrics, or with damaged ones. */
  readonly skipped: readonly SkippedEntry[];
}

/** One name for all, so that a later export replaces the file and TensorBoard sees each run once. */
const eventFileName = "events.out.tfevents.toy-cis";

/** Results that are shown at the last step. */
const shownResults = ["lossPerP", "linear", "even"];

/**
 * Writes `to/NAME/events.out.tfevents.toy-cis` for each run, NAME being that of its folder: every metric by step, and
 * L/p with its parts under `result/`. Times are spread evenly from the run's start to its end, so equal runs give
 * equal bytes. @throws StoreError when `to` cannot be written.
 */
export async function exportTensorBoard(rows: readonly RunRow[], to: string): Promise<TensorBoardExport> {
  const files: string[] = [];
  const skipped: SkippedEntry[] = [];
  for (const row of rows) {
    const dir = String(row.dir);
    const events = await eventsOf(row, join(dir, fileNames.metrics));
    if ("reason" in events) skipped.push({ path: dir, reason: events.reason });
    else files.push(writeEvents(join(to, basename(dir)), events));
  }
  return { files, skipped };
}

async function eventsOf(row: RunRow, path: string): Promise<readonly ScalarEvent[] | { reason: string }> {
  if (!existsSync(path)) return { reason: `${path}: need metrics, got none. They come when the run ends.` };
  try {
    return toEvents(row, await decodeMetrics(readBytes(path), path));
  } catch (error) {
    if (error instanceof StoreError) return { reason: error.message };
    throw error;
  }
}

function toEvents(row: RunRow, records: readonly MetricRecord[]): readonly ScalarEvent[] {
  const [started, ended] = [seconds(row, "started"), seconds(row, "ended")];
  const last = Math.max(1, ...records.map(({ step }) => step));
  const wallTime = (step: number) => started + ((ended - started) * step) / last;
  const events = records.map(({ step, ...scalars }) => ({ wallTime: wallTime(step), step, scalars }));
  const results = shownResults.flatMap((name) => {
    const value = cellOf(row, name);
    return typeof value === "number" ? [[`result/${name}`, value] as const] : [];
  });
  if (results.length === 0) return events;
  return [...events, { wallTime: ended, step: last, scalars: Object.fromEntries(results) }];
}

const time = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d(?:\.\d+)?)Z$/;

/** Seconds since 1970 of a time in ISO 8601, UTC; 0 for any other. */
function seconds(row: RunRow, column: string): number {
  const parts = time
    .exec(String(cellOf(row, column)))
    ?.slice(1)
    .map(Number);
  if (parts === undefined) return 0;
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
  return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

/** Days of the Gregorian calendar; years begin in March, so that leap days come last (H. Hinnant, chrono algorithms). */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468;
}

function writeEvents(folder: string, events: readonly ScalarEvent[]): string {
  makeFolder(folder);
  const path = join(folder, eventFileName);
  writeFileAtomic(path, writeEventFile(events));
  return path;
}
