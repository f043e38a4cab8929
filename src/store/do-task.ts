/** One task of a study, in its worker: trains the run unless it is finished, measures it and keeps what was measured. */
import { measure } from "../study/measure.ts";
import { measureBaselines } from "../study/measure-baselines.ts";
import type { TaskResult } from "../study/results.ts";
import type { Task, TrainTask } from "../study/task.ts";
import { readRun } from "./read-run.ts";
import { keepResult, runsFolder } from "./task-results.ts";
import { type RunProgress, type TrainStoredOptions, trainStored } from "./train-stored.ts";

/** Where a task is done; time is handed in. */
export interface DoTaskOptions extends Pick<TrainStoredOptions, "version" | "clock" | "now"> {
  /** The folder of the reproduction. */
  readonly out: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Pick<RunProgress, "step" | "steps">) => void;
}

/** Does a task and keeps its result. @throws as `trainStored` does. */
export async function doTask(task: Task, options: DoTaskOptions): Promise<TaskResult> {
  const result = await resultOf(task, options);
  keepResult(options.out, task, result);
  return result;
}

async function resultOf(task: Task, options: DoTaskOptions): Promise<TaskResult> {
  if (task.kind === "baselines") return { kind: "baselines", measured: await measureBaselines(task) };
  return { kind: "train", measured: await measureRun(task, options) };
}

async function measureRun(task: TrainTask, { out, ...options }: DoTaskOptions) {
  const runs = runsFolder(out);
  const report = await trainStored(task.spec, { ...options, out: runs });
  const { id, dir } = report;
  const stored = readRun(dir);
  const { mixingScale } = stored.run.result;
  return measure(task, {
    id,
    model: stored.weights,
    records: await stored.metrics(),
    loss: report,
    mixingScale: typeof mixingScale === "number" ? mixingScale : null,
  });
}
