/**
 * Trains many specs on a local pool, each in its run folder: what a sweep and a study do with their runs.
 *
 * Runs that are finished are only read. A run that another process trains is left to it and read when it is done, so
 * several calls over one folder share the work. A full disk stops everything.
 */
import { join } from "node:path";
import type { Spec } from "../spec/schema.ts";
import { removeOwnLocks } from "./lock.ts";
import { type PoolEvent, type PoolOptions, runPool } from "./pool.ts";
import type { PoolOutcome } from "./pool-schedule.ts";
import { workerDied } from "./pool-worker.ts";
import { serveJobs } from "./serve-jobs.ts";
import { type RunProgress, type RunReport, type TrainStoredOptions, trainStored } from "./train-stored.ts";

/** What a worker thread is sent. */
type TrainJob = Pick<TrainStoredOptions, "out" | "version"> & { readonly spec: Spec };

/** How runs are trained; `script` is a module that calls {@link serveTraining}. */
export interface TrainRunsOptions
  extends Pick<TrainStoredOptions, "out" | "version">,
    Pick<
      PoolOptions<TrainJob, RunReport, RunProgress>,
      "script" | "workers" | "signal" | "retries" | "failFast"
    > {
  /** Events are by the run's id. */
  readonly onEvent?: (event: PoolEvent<RunReport, RunProgress>) => void;
}

/**
 * Trains specs that have the given ids. A spec whose `training.from` is one of these ids waits for that run.
 * @returns the outcome of each run by its id, in their order; no failure of a run rejects.
 */
export function trainRuns(
  runs: readonly { readonly id: string; readonly spec: Spec }[],
  options: TrainRunsOptions,
): Promise<ReadonlyMap<string, PoolOutcome<RunReport>>> {
  const { out, version, onEvent, ...pool } = options;
  const ids = new Set(runs.map(({ id }) => id));
  const jobs = runs.map(({ id, spec }) => {
    const { from } = spec.training;
    const after = from !== undefined && ids.has(from) ? [from] : [];
    return { key: id, input: { spec, out, version }, after };
  });
  return runPool<TrainJob, RunReport, RunProgress>({
    ...{ ...pool, jobs },
    isFatal: ({ reason }) => reason === "full",
    postpone: ({ reason }) => reason === "held",
    onEvent: (event) => {
      if (isOver(event)) removeOwnLocks(join(out, event.key));
      onEvent?.(event);
    },
  });
}

/** Whether the run's thread may have died, by itself or because it did not stop, and left its lock. */
const isOver = (event: PoolEvent<RunReport, RunProgress>): boolean =>
  event.kind === "stopped" || (event.kind === "failed" && event.failure.name === workerDied);

/** The worker's side of {@link trainRuns}: call it in the script, and hand in the clocks. */
export function serveTraining(clocks: Pick<TrainStoredOptions, "clock" | "now">): void {
  serveJobs<TrainJob, RunReport, RunProgress>(({ spec, out, version }, { signal, report }) =>
    trainStored(spec, { out, version, ...clocks, signal, onProgress: report }),
  );
}
