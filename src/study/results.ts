/** The results of a plan, by key, and plain for files. */

import type { Measurement } from "./measure.ts";
import type { BaselineMeasurement } from "./measure-baselines.ts";
import type { Plain } from "./measure-task.ts";
import type { Results } from "./study.ts";
import { keptRuns, type Task } from "./task.ts";

/** What came of a task. */
export type TaskResult =
  | { readonly kind: "train"; readonly measured: Measurement }
  | { readonly kind: "baselines"; readonly measured: BaselineMeasurement }
  | { readonly kind: "measure"; readonly measured: Plain };

/** The results of `tasks`, for a study to conclude from. @param byKey the result of each task, by its key */
export function resultsOf(
  tasks: readonly Task[],
  byKey: ReadonlyMap<string, TaskResult>,
  command: string,
): Results {
  const tasksByKey = new Map(tasks.map((task) => [task.key, task]));
  const missing = (key: string, kind: string) =>
    new Error(`results: need a finished task ${key} of kind ${kind}, got none. Add it to the plan.`);
  const keysOf = (name: string, kind: Task["kind"]) => {
    const keys = tasks.map(({ key }) => key).filter((key) => key.slice(0, key.lastIndexOf("/")) === name);
    if (keys.length === 0) throw missing(`${name}/0`, kind);
    return keys;
  };
  const trained = (key: string) => {
    const [task, result] = [tasksByKey.get(key), byKey.get(key)];
    if (task?.kind !== "train" || result?.kind !== "train") throw missing(key, "train");
    return { task, measured: result.measured };
  };
  const measured = <Record>(key: string): Record => {
    const result = byKey.get(key);
    if (result?.kind !== "measure") throw missing(key, "measure");
    return result.measured as Record;
  };
  return {
    command,
    measured,
    measuredGroup: <Record>(name: string) => keysOf(name, "measure").map((key) => measured<Record>(key)),
    trained,
    group: (name) => keysOf(name, "train").map(trained),
    baselineKeys: (name) => keysOf(name, "baselines"),
    runsOf: (keys) =>
      keys.flatMap((key) => {
        const task = tasksByKey.get(key);
        return task === undefined ? [] : keptRuns(task);
      }),
    baselines(key) {
      const [task, result] = [tasksByKey.get(key), byKey.get(key)];
      if (task?.kind !== "baselines" || result?.kind !== "baselines") throw missing(key, "baselines");
      return { task, measured: result.measured };
    },
  };
}
