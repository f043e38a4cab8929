/** A worker thread of `toy-cis reproduce`: does the tasks of studies. */

import type { RunProgress } from "../src/store/index.ts";
import { doTask, serveJobs, type TaskInput } from "../src/store/index.ts";
import type { TaskResult } from "../src/study/index.ts";
import { version } from "./version.ts";

serveJobs<TaskInput, TaskResult, Pick<RunProgress, "step" | "steps">>(
  async ({ task, out }, { signal, report }) =>
    doTask(task, {
      out,
      version: await version(),
      clock: () => new Date(),
      now: () => performance.now(),
      signal,
      onProgress: ({ step, steps }) => report({ step, steps }),
    }),
);
