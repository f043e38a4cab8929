/** One task of a study, in its worker: trains the run unless it is finished, measures it and keeps what was measured. */
import type { Spec } from "../spec/schema.ts";
import { trainingSteps } from "../spec/training-steps.ts";
import { measure } from "../study/measure.ts";
import { measureBaselines } from "../study/measure-baselines.ts";
import type { MeasuredModel, MeasureTask, Plain } from "../study/measure-task.ts";
import type { TaskResult } from "../study/results.ts";
import { studyOf } from "../study/studies.ts";
import type { Task, TrainTask } from "../study/task.ts";
import { train } from "../train/train.ts";
import { StoppedError } from "./errors.ts";
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
  switch (task.kind) {
    case "train":
      return { kind: "train", measured: await measureRun(task, options) };
    case "baselines":
      return { kind: "baselines", measured: await measureBaselines(task) };
    case "measure":
      return { kind: "measure", measured: await measureModels(task, options) };
  }
}

/** Trains the specs of a task one after the other, and lets its study measure them. */
async function measureModels(task: MeasureTask, options: DoTaskOptions): Promise<Plain> {
  const measure = studyOf(task.study).measures?.[task.measure];
  if (measure === undefined) {
    throw new Error(`study ${task.study}: need a measure ${task.measure}, got none. Add it to the study.`);
  }
  const models: MeasuredModel[] = [];
  const total = task.specs.reduce((sum, { spec }) => sum + trainingSteps(spec), 0);
  let before = 0;
  for (const { spec } of task.specs) {
    const onProgress = (step: number) => options.onProgress({ step: before + step, steps: total });
    models.push(await (task.keeps ? trainKept : trainForgotten)(spec, { ...options, onStep: onProgress }));
    before += trainingSteps(spec);
  }
  return measure(models, task.given);
}

type TrainOptions = DoTaskOptions & { readonly onStep: (step: number) => void };

async function trainKept(spec: Spec, { out, onStep, ...options }: TrainOptions): Promise<MeasuredModel> {
  const onProgress = ({ step }: Pick<RunProgress, "step">) => onStep(step);
  const { dir } = await trainStored(spec, { ...options, onProgress, out: runsFolder(out) });
  const stored = readRun(dir);
  const { weights: model, unfolded } = stored;
  return { spec, model, unfolded, records: await stored.metrics() };
}

async function trainForgotten(spec: Spec, { onStep, signal }: TrainOptions): Promise<MeasuredModel> {
  const { model, unfolded, records, status, steps } = await train(spec, {
    signal,
    onRecord: ({ step }) => onStep(step),
  });
  if (status === "stopped") throw new StoppedError(null, steps);
  return { spec, model, unfolded, records };
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
