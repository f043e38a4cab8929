/**
 * A local pool: jobs on worker threads, one job at a time in each. It knows nothing of what the jobs do.
 *
 * A thread that dies (a crash, no memory left, an exit) fails its job alone and is replaced. Every job gets an outcome.
 */
import { availableParallelism } from "node:os";
import type { Failure } from "./pool-messages.ts";
import { createSchedule, type PoolJob, type PoolOutcome, type Schedule } from "./pool-schedule.ts";
import { type PoolWorker, startWorker, workerDied } from "./pool-worker.ts";

/** What happens in a pool, as it happens. */
export type PoolEvent<Result, Progress> = { readonly key: string } & (
  | { readonly kind: "started" }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "finished"; readonly result: Result }
  /** `willRetry`: the job goes back to the end of the queue. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly willRetry: boolean }
  /** The job could not be done now and is tried again in a while. */
  | { readonly kind: "postponed"; readonly failure: Failure }
  | { readonly kind: "stopped" }
);

/** What a pool is to do and how. */
export interface PoolOptions<Input, Result, Progress> {
  readonly jobs: readonly PoolJob<Input>[];
  /** The module that each thread runs; it calls `serveJobs`. */
  readonly script: URL;
  /** Threads at most; unless said, as many as the machine has processors for us. */
  readonly workers?: number;
  readonly onEvent?: (event: PoolEvent<Result, Progress>) => void;
  /** Stops every job within a second; a job is asked first and ended then. */
  readonly signal?: AbortSignal;
  /** Whether a job that has failed for good stops all others. */
  readonly failFast?: boolean;
  /** Which failures stop all jobs at once, without a retry: those that every job would meet. */
  readonly isFatal?: (failure: Failure) => boolean;
  /** How often a failed job is tried again; 0 unless said. */
  readonly retries?: number;
  /** Which failures only mean not now: the job is tried again in a while, as often as it takes. */
  readonly postpone?: (failure: Failure) => boolean;
}

/** Between two tries of a postponed job. */
const postponedMilliseconds = 250;

/**
 * Does the jobs.
 * @returns the outcome of every job by its key, in the order of the jobs; it rejects for no failure of a job.
 * @throws Error (as a rejection) when keys repeat, or a job waits for one that is not there or for itself.
 * @example const outcomes = await runPool<Spec, RunReport>({ jobs: [{ key: id, input: spec }], script })
 */
export async function runPool<Input, Result, Progress = unknown>(
  options: PoolOptions<Input, Result, Progress>,
): Promise<ReadonlyMap<string, PoolOutcome<Result>>> {
  const { jobs, workers = availableParallelism(), signal } = options;
  const pool: Pool<Input, Result, Progress> = {
    ...options,
    schedule: createSchedule<Input, Result>(jobs),
    busy: new Set(),
    timers: new Map(),
    tries: new Map(),
  };
  const onAbort = () => stopAll(pool);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  try {
    await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, () => lane(pool)));
  } finally {
    signal?.removeEventListener("abort", onAbort);
    pool.schedule.stop();
    await Promise.all([...pool.busy].map((worker) => worker.end()));
  }
  return new Map(jobs.map(({ key }) => [key, pool.schedule.outcomes.get(key)!]));
}

interface Pool<Input, Result, Progress> extends PoolOptions<Input, Result, Progress> {
  readonly schedule: Schedule<Input, Result>;
  readonly busy: Set<PoolWorker<Input, Result, Progress>>;
  /** Postponed jobs, and what brings them back. */
  readonly timers: Map<string, NodeJS.Timeout>;
  /** Failures of each job so far. */
  readonly tries: Map<string, number>;
}

/** One thread after the other, until no job is left. */
async function lane<Input, Result, Progress>(pool: Pool<Input, Result, Progress>): Promise<void> {
  let worker: PoolWorker<Input, Result, Progress> | null = null;
  for (let job = await pool.schedule.next(); job !== null; job = await pool.schedule.next()) {
    if (worker === null || !worker.isAlive()) worker = startWorker<Input, Result, Progress>(pool.script);
    await doJob(pool, worker, job);
  }
  await worker?.end();
}

async function doJob<Input, Result, Progress>(
  pool: Pool<Input, Result, Progress>,
  worker: PoolWorker<Input, Result, Progress>,
  { key, input }: PoolJob<Input>,
): Promise<void> {
  const { onEvent, schedule } = pool;
  pool.busy.add(worker);
  onEvent?.({ kind: "started", key });
  const answer = await worker.run(input, (progress) => onEvent?.({ kind: "progress", key, progress }));
  pool.busy.delete(worker);
  if (answer.kind === "failed") return settleFailure(pool, key, answer.failure);
  schedule.settle(key, { status: "finished", result: answer.result });
  onEvent?.({ kind: "finished", key, result: answer.result });
}

function settleFailure<Input, Result, Progress>(
  pool: Pool<Input, Result, Progress>,
  key: string,
  failure: Failure,
): void {
  const { schedule, onEvent, tries, retries = 0 } = pool;
  const isStopped = schedule.isStopped();
  if (failure.name === "StoppedError" || (isStopped && failure.name === workerDied)) {
    schedule.settle(key, { status: "stopped" });
    onEvent?.({ kind: "stopped", key });
  } else if (pool.postpone?.(failure)) {
    // What is put back after a stop is stopped.
    if (isStopped) schedule.putBack(key);
    else
      pool.timers.set(
        key,
        setTimeout(() => bringBack(pool, key), postponedMilliseconds),
      );
    onEvent?.({ kind: "postponed", key, failure });
  } else {
    const isFatal = pool.isFatal?.(failure) ?? false;
    const failed = (tries.get(key) ?? 0) + 1;
    tries.set(key, failed);
    const willRetry = failed <= retries && !isStopped && !isFatal;
    onEvent?.({ kind: "failed", key, failure, willRetry });
    if (willRetry) schedule.putBack(key);
    else fail(pool, key, failure);
    if (isFatal) stopAll(pool);
  }
}

/** Fails a job for good, and those that wait for it. */
function fail<Input, Result, Progress>(
  pool: Pool<Input, Result, Progress>,
  key: string,
  failure: Failure,
): void {
  const { schedule, onEvent, failFast = false } = pool;
  for (const [follower, outcome] of schedule.settle(key, { status: "failed", failure })) {
    if (outcome.status !== "failed") continue;
    onEvent?.({ kind: "failed", key: follower, failure: outcome.failure, willRetry: false });
  }
  if (failFast) stopAll(pool);
}

function bringBack<Input, Result, Progress>(pool: Pool<Input, Result, Progress>, key: string): void {
  pool.timers.delete(key);
  pool.schedule.putBack(key);
}

function stopAll<Input, Result, Progress>(pool: Pool<Input, Result, Progress>): void {
  pool.schedule.stop();
  for (const [key, timer] of pool.timers) {
    clearTimeout(timer);
    bringBack(pool, key);
  }
  for (const worker of pool.busy) worker.stop();
}
