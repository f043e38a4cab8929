/** A worker thread of a pool, seen from the pool: one job at a time, and an answer whatever happens to the thread. */
import { Worker } from "node:worker_threads";
import {
  type Answer,
  describeFailure,
  type Failure,
  type FromWorker,
  type ToWorker,
} from "./pool-messages.ts";

/** A thread that does jobs. */
export interface PoolWorker<Input, Result, Progress> {
  /** Whether the thread still takes jobs. */
  readonly isAlive: () => boolean;
  /** Does a job. Never rejects: a thread that dies fails its job with the name `WorkerDied`. */
  readonly run: (input: Input, onProgress: (progress: Progress) => void) => Promise<Answer<Result>>;
  /** Asks for the end of the job; a thread that has not given it up after the grace time is ended. */
  readonly stop: () => void;
  readonly end: () => Promise<unknown>;
}

/** Time from a wish to stop to the end of the thread. A run asks for the wish every tenth of a second. */
const graceMilliseconds = 800;

/** The name of the failure of a job whose thread died, and what else a thread that was ended says. */
export const workerDied = "WorkerDied";

/** Starts a thread on a script that calls `serveJobs`. */
export function startWorker<Input, Result, Progress>(script: URL): PoolWorker<Input, Result, Progress> {
  const worker = new Worker(script);
  let isAlive = true;
  let cause: unknown = null;
  let grace: NodeJS.Timeout | undefined;
  let settle: (answer: Answer<Result>) => void = () => {};
  let hear: (progress: Progress) => void = () => {};
  worker.on("message", (message: FromWorker<Result, Progress>) => {
    if (message.kind === "progress") hear(message.progress);
    else settle(message);
  });
  worker.on("error", (error) => {
    cause = error;
  });
  worker.on("exit", (code) => {
    isAlive = false;
    settle({ kind: "failed", failure: death(cause, code) });
  });
  const post = (message: ToWorker<Input>) => worker.postMessage(message);
  return {
    isAlive: () => isAlive,
    run: (input, onProgress) =>
      new Promise((resolve) => {
        hear = onProgress;
        settle = (answer) => {
          clearTimeout(grace);
          resolve(answer);
        };
        try {
          post({ kind: "job", input });
        } catch (error) {
          // The job is no plain data.
          settle({ kind: "failed", failure: describeFailure(error) });
        }
      }),
    stop: () => {
      post({ kind: "stop" });
      grace ??= setTimeout(() => void worker.terminate(), graceMilliseconds);
    },
    end: () => worker.terminate(),
  };
}

function death(cause: unknown, code: number): Failure {
  const because = cause === null ? `exit code ${code}` : describeFailure(cause).message.replace(/\.$/, "");
  const message = `worker: need a thread that does its job to the end, got one that died (${because}). Try again; with too little memory, use fewer workers.`;
  return { name: workerDied, message, reason: null, stack: describeFailure(cause).stack };
}
