/** Studies whose tasks train any specs, every run cut down to a few steps: the numbers mean nothing then, but all is made. */
import { measureTask } from "../../src/study/measure-task.ts";
import { resultsOf, type TaskResult } from "../../src/study/results.ts";
import type { Conclusion, Mode, Study } from "../../src/study/study.ts";
import type { Task } from "../../src/study/task.ts";
import { train } from "../../src/train/train.ts";

const short = ["training.steps=3", "training.batch=16"];

/** The plan with short runs. @throws for tasks of other kinds than `measure` */
export function shortPlan(study: Study, mode: Mode): readonly Task[] {
  return study.plan(mode).map((task) => {
    if (task.kind !== "measure")
      throw new Error(`short study: need tasks of kind measure, got ${task.kind}.`);
    const specs = task.specs.map(({ preset, overrides }) => ({
      preset,
      overrides: [...overrides.filter((word) => !/^training\.(steps|batch)=/.test(word)), ...short],
    }));
    return measureTask({ ...task, specs });
  });
}

/** What a study concludes from short runs; records go through JSON, as files keep them. */
export async function concludeShort(study: Study, mode: Mode): Promise<Conclusion> {
  const tasks = shortPlan(study, mode);
  const results = new Map<string, TaskResult>();
  for (const task of tasks) {
    if (task.kind !== "measure") continue;
    const models = [];
    for (const { spec } of task.specs) {
      const { model, records } = await train(spec);
      models.push({ spec, model, records });
    }
    const measured = await study.measures![task.measure]!(models, task.given);
    results.set(task.key, { kind: "measure", measured: JSON.parse(JSON.stringify(measured)) });
  }
  return study.conclude(resultsOf(tasks, results, `npx toy-cis reproduce ${study.name}`), mode);
}
