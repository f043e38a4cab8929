/**
 * All runs of a folder as rows. Reads spec.json and run.json of each, never weights or metrics: 2,000 runs in half a
 * second. What is no run, damaged or of a later version is passed over and named; nothing is written.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { StoreError, systemError } from "./errors.ts";
import { fileNames } from "./layout.ts";
import { readBytesIfThere } from "./read-file.ts";
import { parseRunFile, parseSpecFile } from "./run-record.ts";
import { type RunRow, runRow } from "./run-row.ts";

/** An entry of a folder that is passed over, and why, in one sentence. */
export interface SkippedEntry {
  readonly path: string;
  readonly reason: string;
}

/** What a folder of runs holds. */
export interface RunList {
  /** One row a run, by the names of their folders. */
  readonly rows: readonly RunRow[];
  readonly skipped: readonly SkippedEntry[];
}

/**
 * Reads every run of a folder, one level deep. Names that begin with a dot are left alone, without a word.
 * @throws StoreError when `out` is no folder or cannot be read.
 */
export function listRuns(out: string): RunList {
  const rows: RunRow[] = [];
  const skipped: SkippedEntry[] = [];
  for (const name of entriesOf(out)) {
    const path = join(out, name);
    try {
      rows.push(readRunRow(path));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      skipped.push({ path, reason: firstLine(error.message) });
    }
  }
  return { rows, skipped };
}

/**
 * The row of one run, in whatever state it is.
 * @throws StoreError when the folder is none of a run, or its spec.json or run.json is damaged or newer.
 */
export function readRunRow(dir: string): RunRow {
  const specPath = join(dir, fileNames.spec);
  const specBytes = isFolder(dir) ? readBytesIfThere(specPath) : null;
  if (specBytes === null) throw noRunError(dir);
  const { spec, origin } = parseSpecFile(specPath, specBytes);
  const recordPath = join(dir, fileNames.run);
  const recordBytes = readBytesIfThere(recordPath);
  const record = recordBytes === null ? null : parseRunFile(recordPath, recordBytes, origin.id);
  return runRow(dir, spec, origin, record);
}

function entriesOf(out: string): readonly string[] {
  try {
    return readdirSync(out)
      .filter((name) => !name.startsWith("."))
      .sort();
  } catch (error) {
    throw systemError(error, out, "read");
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function noRunError(dir: string): StoreError {
  const got = isFolder(dir) ? `no ${fileNames.spec} in it` : "no folder";
  return new StoreError(`${dir}: need the folder of a run, got ${got}. Move it elsewhere, or let it be.`);
}

/** A spec may have many problems; one is enough to find the file. */
function firstLine(message: string): string {
  const [first, ...more] = message.split("\n");
  return more.length === 0 ? first! : `${first} (and ${more.length} more)`;
}
