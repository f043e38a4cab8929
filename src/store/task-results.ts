/**
 * Results of study tasks, kept as `results/HASH.json` beside the runs, so that a study that is run again measures
 * nothing twice. The hash covers everything that a result depends on; a file that cannot be read is measured anew.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TaskResult } from "../study/results.ts";
import { keptRuns, type Task, taskHash } from "../study/task.ts";
import { makeFolder, writeFileAtomic } from "./atomic-file.ts";
import { fileNames } from "./layout.ts";
import { readBytesIfThere } from "./read-file.ts";

/** The folder of the runs that studies train, within the folder of a reproduction. */
export const runsFolder = (out: string): string => join(out, "runs");
const resultPath = (out: string, task: Task): string => join(out, "results", `${taskHash(task)}.json`);

/** A task's kept result; null when it has to be done, or its run is gone, which others may start from. */
export function keptResult(out: string, task: Task): TaskResult | null {
  const isGone = (id: string) => !existsSync(join(runsFolder(out), id, fileNames.run));
  if (keptRuns(task).some(isGone)) return null;
  const bytes = readBytesIfThere(resultPath(out, task));
  if (bytes === null) return null;
  try {
    const result = JSON.parse(new TextDecoder().decode(bytes)) as TaskResult;
    return result.kind === task.kind && result.measured !== undefined ? result : null;
  } catch {
    return null;
  }
}

/** Makes the folder of the results, before anything is done that would go there. @throws StoreError */
export function makeResultsFolder(out: string): void {
  makeFolder(join(out, "results"));
}

/** Keeps a task's result, in the folder that is there. @throws StoreError when it cannot be written. */
export function keepResult(out: string, task: Task, result: TaskResult): void {
  writeFileAtomic(resultPath(out, task), `${JSON.stringify(result)}\n`);
}
