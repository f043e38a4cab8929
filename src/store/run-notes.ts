/**
 * Notes on a run while it trains: `metrics.jsonl`, a line a metric record, and `log.txt`, a line an event with its time.
 *
 * For people and their tools that watch; run.json and metrics.parquet stay the truth. Lines are appended without being
 * flushed to the disk, so after a power cut notes may be missing.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { MetricRecord } from "../train/checkpoint.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import { systemError } from "./errors.ts";
import { noteNames } from "./layout.ts";

/** Takes notes. Both throw StoreError when the file cannot be written. */
export interface RunNotes {
  readonly record: (record: MetricRecord) => void;
  readonly log: (event: string) => void;
}

/**
 * Starts or goes on with the notes of a run: the records are made those of its checkpoint, so none is there twice, and
 * a line that a kill tore is taken off the log.
 * @throws StoreError
 */
export function openNotes(dir: string, records: readonly MetricRecord[], clock: () => Date): RunNotes {
  const recordsPath = join(dir, noteNames.records);
  const logPath = join(dir, noteNames.log);
  writeFileAtomic(recordsPath, records.map(recordLine).join(""));
  removeTornLine(logPath);
  return {
    record: (record) => append(recordsPath, recordLine(record)),
    log: (event) => append(logPath, `${clock().toISOString()} ${event.replaceAll("\n", " ")}\n`),
  };
}

const recordLine = ({ step, loss, learningRate, mixingScale }: MetricRecord): string =>
  `${JSON.stringify({ step, loss, learningRate, mixingScale })}\n`;

function append(path: string, line: string): void {
  try {
    appendFileSync(path, line);
  } catch (error) {
    throw systemError(error, path, "write");
  }
}

function removeTornLine(path: string): void {
  try {
    if (existsSync(path)) truncateSync(path, readFileSync(path).lastIndexOf("\n") + 1);
  } catch (error) {
    throw systemError(error, path, "write");
  }
}
