/**
 * Which job a pool does next. Jobs go in their order; one that names others waits until they are finished. Pure but for
 * the waiting: no threads and no clock here.
 */
import type { Failure } from "./pool-messages.ts";

/** A job of a pool. */
export interface PoolJob<Input> {
  /** Names the job among all of the pool. */
  readonly key: string;
  /** What the handler gets: plain data that a thread can be sent (structured clone). */
  readonly input: Input;
  /** Keys of the jobs that must be finished before this one begins. */
  readonly after?: readonly string[];
}

/** How a job ended. `stopped`: given up on request, begun or not. */
export type PoolOutcome<Result> =
  | { readonly status: "finished"; readonly result: Result }
  | { readonly status: "failed"; readonly failure: Failure }
  | { readonly status: "stopped" };

/** The jobs of a pool in order, and what came of them. */
export interface Schedule<Input, Result> {
  /** The next job that may begin, as soon as there is one; null when there will be none. */
  readonly next: () => Promise<PoolJob<Input> | null>;
  /** Records how a job ended. @returns the outcomes that follow for jobs that wait for it. */
  readonly settle: (key: string, outcome: PoolOutcome<Result>) => readonly Settled<Result>[];
  /** Puts a job that was begun back, behind all others. */
  readonly putBack: (key: string) => void;
  /** Gives up every job that is not running. */
  readonly stop: () => void;
  readonly isStopped: () => boolean;
  readonly outcomes: ReadonlyMap<string, PoolOutcome<Result>>;
}

type Settled<Result> = readonly [key: string, outcome: PoolOutcome<Result>];

/**
 * @throws Error when two jobs have one key, or a job waits for one that is not there or, through others, for itself.
 */
export function createSchedule<Input, Result>(jobs: readonly PoolJob<Input>[]): Schedule<Input, Result> {
  const byKey = checkedByKey(jobs);
  let waiting = jobs.map(({ key }) => key);
  let isStopped = false;
  const outcomes = new Map<string, PoolOutcome<Result>>();
  let idle: (() => void)[] = [];
  const wake = () => {
    const woken = idle;
    idle = [];
    for (const resolve of woken) resolve();
  };
  const isReady = (key: string) =>
    (byKey.get(key)!.after ?? []).every((other) => outcomes.get(other)?.status === "finished");

  const next = async (): Promise<PoolJob<Input> | null> => {
    for (;;) {
      if (isStopped || outcomes.size === jobs.length) return null;
      const place = waiting.findIndex(isReady);
      if (place >= 0) return byKey.get(waiting.splice(place, 1)[0]!)!;
      await new Promise<void>((resolve) => idle.push(resolve));
    }
  };
  const settle = (key: string, outcome: PoolOutcome<Result>): readonly Settled<Result>[] => {
    outcomes.set(key, outcome);
    const followers =
      outcome.status === "finished" ? [] : waiting.filter((k) => byKey.get(k)!.after?.includes(key));
    waiting = waiting.filter((other) => !followers.includes(other));
    const following = followers.flatMap((follower) => {
      const theirs = outcomeAfter(key, outcome, follower);
      return [[follower, theirs] as const, ...settle(follower, theirs)];
    });
    wake();
    return following;
  };
  const putBack = (key: string) => {
    if (isStopped) outcomes.set(key, { status: "stopped" });
    else waiting.push(key);
    wake();
  };
  const stop = () => {
    isStopped = true;
    for (const key of waiting) outcomes.set(key, { status: "stopped" });
    waiting = [];
    wake();
  };
  return { next, settle, putBack, stop, isStopped: () => isStopped, outcomes };
}

/** What becomes of a job when one that it waits for did not finish. */
function outcomeAfter<Result>(
  key: string,
  outcome: PoolOutcome<Result>,
  follower: string,
): PoolOutcome<Result> {
  if (outcome.status !== "failed") return { status: "stopped" };
  const message = `${follower}: need ${key} to be finished first, got one that failed. Mend ${key} and run the same again.`;
  return { status: "failed", failure: { name: "Error", message, reason: null, stack: null } };
}

function checkedByKey<Input>(jobs: readonly PoolJob<Input>[]): ReadonlyMap<string, PoolJob<Input>> {
  const byKey = new Map<string, PoolJob<Input>>();
  for (const job of jobs) {
    if (byKey.has(job.key))
      throw new Error(`jobs: need a key of its own for each, got two ${job.key}. Merge them.`);
    byKey.set(job.key, job);
  }
  const sound = new Set<string>();
  const visit = (key: string, path: readonly string[]): void => {
    if (sound.has(key)) return;
    if (path.includes(key)) {
      const circle = [...path.slice(path.indexOf(key)), key].join(" after ");
      throw new Error(`jobs: need an order, got a circle, ${circle}. Take one step out.`);
    }
    for (const other of byKey.get(key)!.after ?? []) {
      if (!byKey.has(other))
        throw new Error(`jobs: ${key} waits for ${other}, which is none of them. Add it.`);
      visit(other, [...path, key]);
    }
    sound.add(key);
  };
  for (const { key } of jobs) visit(key, []);
  return byKey;
}
