/** All tasks of a plan, on a local pool: what is kept is read, the rest is done. */
import { join } from "node:path";
import { preset } from "../spec/presets.ts";
import type { Spec } from "../spec/schema.ts";
import { trainingSteps } from "../spec/training-steps.ts";
import type { TaskResult } from "../study/results.ts";
import { keptRuns, type Task } from "../study/task.ts";
import { productsPerUpdate } from "../train/cost.ts";
import { removeOwnLocks } from "./lock.ts";
import { runPool } from "./pool.ts";
import type { Failure } from "./pool-messages.ts";
import { workerDied } from "./pool-worker.ts";
import { keptResult, makeResultsFolder, runsFolder } from "./task-results.ts";
import type { RunProgress } from "./train-stored.ts";

/** What a worker needs to do a task: plain data. */
export interface TaskInput {
  readonly task: Task;
  readonly out: string;
}

/** How far all tasks are. */
export interface TasksProgress {
  /** Share of the work, in [0, 1], by an estimate of the cost of a step. */
  readonly done: number;
  readonly finished: number;
  readonly tasks: number;
}

/** Where and how tasks are done. */
export interface DoTasksOptions {
  readonly out: string;
  /** The module of the workers, which serves {@link TaskInput} by `doTask`. */
  readonly script: URL;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TasksProgress) => void;
}

/** What came of a plan. */
export interface TasksOutcome {
  readonly results: ReadonlyMap<string, TaskResult>;
  /** Tasks that failed, by key. */
  readonly failures: ReadonlyMap<string, Failure>;
  readonly isStopped: boolean;
}

/**
 * Does the tasks that have no kept result. A task that another process is at is waited for.
 * @throws StoreError when nothing can be written below `out`.
 */
export async function doTasks(tasks: readonly Task[], options: DoTasksOptions): Promise<TasksOutcome> {
  const { out, onProgress, script, workers, signal } = options;
  makeResultsFolder(out);
  const results = new Map<string, TaskResult>();
  for (const task of tasks) {
    const kept = keptResult(out, task);
    if (kept !== null) results.set(task.key, kept);
  }
  const missing = tasks.filter(({ key }) => !results.has(key));
  const meter = meterOf(tasks, results, onProgress);
  const outcomes = await runPool<TaskInput, TaskResult, Pick<RunProgress, "step" | "steps">>({
    jobs: missing.map((task) => ({
      key: task.key,
      input: { task, out },
      after: dependencies(task, results),
    })),
    script,
    ...(workers === undefined ? {} : { workers }),
    ...(signal === undefined ? {} : { signal }),
    postpone: ({ reason }) => reason === "held",
    isFatal: ({ reason }) => reason === "full",
    onEvent: (event) => {
      const mayBeDead =
        event.kind === "stopped" || (event.kind === "failed" && event.failure.name === workerDied);
      if (mayBeDead) releaseLockOf(missing.find(({ key }) => key === event.key)!, out);
      if (event.kind === "progress") meter.advance(event.key, event.progress.step / event.progress.steps);
      if (event.kind === "finished") meter.finish(event.key);
    },
  });
  const failures = new Map<string, Failure>();
  for (const [key, outcome] of outcomes) {
    if (outcome.status === "finished") results.set(key, outcome.result);
    if (outcome.status === "failed") failures.set(key, outcome.failure);
  }
  return { results, failures, isStopped: [...outcomes.values()].some(({ status }) => status === "stopped") };
}

/** What a dead worker was training is free to be trained again. */
function releaseLockOf(task: Task, out: string): void {
  for (const id of keptRuns(task)) removeOwnLocks(join(runsFolder(out), id));
}

const dependencies = (task: Task, done: ReadonlyMap<string, unknown>): readonly string[] =>
  task.kind === "train" && task.after !== undefined && !done.has(task.after) ? [task.after] : [];

/** Adds up shares of tasks, weighted by what they cost. */
function meterOf(
  tasks: readonly Task[],
  done: ReadonlyMap<string, unknown>,
  onProgress: DoTasksOptions["onProgress"],
) {
  const costs = new Map(tasks.map((task) => [task.key, costOf(task)]));
  const shares = new Map(tasks.map(({ key }) => [key, done.has(key) ? 1 : 0]));
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const tell = () => {
    const finished = [...shares.values()].filter((share) => share === 1).length;
    const sum = [...shares].reduce((all, [key, share]) => all + share * costs.get(key)!, 0);
    onProgress?.({ done: total === 0 ? 1 : sum / total, finished, tasks: tasks.length });
  };
  tell();
  return {
    // Measuring comes after the last step.
    advance: (key: string, share: number) => {
      shares.set(key, 0.95 * share);
      tell();
    },
    finish: (key: string) => {
      shares.set(key, 1);
      tell();
    },
  };
}

/** Relative cost, in steps of the headline model: of training, and of measuring by itself. */
function costOf(task: Task): number {
  if (task.kind === "baselines") return costOfMeasuring;
  if (task.kind === "train") return costOfTraining(task.spec);
  return task.specs.reduce((sum, { spec }) => sum + costOfTraining(spec), costOfMeasuring);
}

const costOfMeasuring = 10_000;
/** Products of weights in a step of the headline model. */
const headlineProducts = productsPerUpdate(preset("compressed-computation"));

/** What every step costs, and what grows with its products. */
const costOfTraining = (spec: Spec): number =>
  trainingSteps(spec) * (0.3 + (0.7 * productsPerUpdate(spec)) / headlineProducts);
