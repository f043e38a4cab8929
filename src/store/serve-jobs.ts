/** The worker's side of a pool: takes one job after the other from the pool that started this thread. */
import { parentPort } from "node:worker_threads";
import { type Answer, describeFailure, type FromWorker, type ToWorker } from "./pool-messages.ts";

/** What a handler gets besides its job. */
export interface JobContext<Progress> {
  /** Aborted when the pool is stopped. The handler should throw a StoppedError soon. */
  readonly signal: AbortSignal;
  /** Sends plain data to the pool, which passes it on as an event. */
  readonly report: (progress: Progress) => void;
}

/** Does one job. What it returns must be plain data; what it throws becomes the job's failure. */
export type JobHandler<Input, Result, Progress> = (
  input: Input,
  context: JobContext<Progress>,
) => Promise<Result> | Result;

/**
 * Serves the pool that started this worker thread, until the pool ends it.
 * @throws Error when this is no worker thread.
 * @example serveJobs<Spec, RunReport, RunProgress>((spec, { signal, report }) =>
 *   trainStored(spec, { out, version, clock, now, signal, onProgress: report }))
 */
export function serveJobs<Input, Result, Progress = never>(
  handler: JobHandler<Input, Result, Progress>,
): void {
  const port = parentPort;
  if (port === null)
    throw new Error("serveJobs: need a worker thread, got the main one. Start it by runPool.");
  const send = (message: FromWorker<Result, Progress>) => port.postMessage(message);
  let stop = new AbortController();
  const work = async (input: Input): Promise<void> => {
    stop = new AbortController();
    const { signal } = stop;
    const answer = await answerOf(async () =>
      handler(input, { signal, report: (progress) => send({ kind: "progress", progress }) }),
    );
    try {
      send(answer);
    } catch (error) {
      // The result is no plain data.
      send({ kind: "failed", failure: describeFailure(error) });
    }
  };
  port.on("message", (message: ToWorker<Input>) => {
    if (message.kind === "stop") stop.abort();
    else void work(message.input);
  });
}

async function answerOf<Result>(work: () => Promise<Result>): Promise<Answer<Result>> {
  try {
    return { kind: "finished", result: await work() };
  } catch (error) {
    return { kind: "failed", failure: describeFailure(error) };
  }
}
