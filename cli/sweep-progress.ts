/** One line on the whole of a sweep: runs done, the rate now, the time left. */
import { trainingSteps } from "../src/spec/index.ts";
import type { PoolEvent, RunProgress, RunReport } from "../src/store/index.ts";
import type { SweepRun } from "../src/sweep/index.ts";
import { startProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** Hears the events of the pool and shows them until `end`. */
export interface SweepProgress {
  readonly hear: (event: PoolEvent<RunReport, RunProgress>) => void;
  readonly end: () => void;
}

/** @param now milliseconds of a clock that never goes back */
export function sweepProgress(
  runs: readonly SweepRun[],
  terminal: Terminal,
  now: () => number,
): SweepProgress {
  const stepsOf = new Map(runs.map(({ id, spec }) => [id, trainingSteps(spec)]));
  const total = [...stepsOf.values()].reduce((sum, steps) => sum + steps, 0);
  const done = new Map<string, number>();
  const begun = now();
  let trained = 0;
  let ended = 0;
  const bar = startProgress("sweep", terminal, now);
  const hear = (event: PoolEvent<RunReport, RunProgress>) => {
    const { key } = event;
    if (event.kind === "progress") {
      const { step, from } = event.progress;
      trained += Math.max(0, step - (done.get(key) ?? from));
      done.set(key, step);
    }
    const isOver = event.kind === "finished" || (event.kind === "failed" && !event.willRetry);
    if (isOver) {
      ended += 1;
      done.set(key, stepsOf.get(key)!);
    }
    const steps = [...done.values()].reduce((sum, step) => sum + step, 0);
    const rate = Math.round(trained / Math.max(1e-3, (now() - begun) / 1000));
    bar.show(
      steps / total,
      `${ended} of ${runs.length} runs, ${rate.toLocaleString("en-US")} steps a second`,
    );
  };
  return { hear, end: bar.end };
}
