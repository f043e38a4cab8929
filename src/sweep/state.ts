/** How far a sweep is: which of its runs are finished, and which are still to be trained. */
import type { SweepRun } from "./expand.ts";

/** How far a run is, as its folder says. */
export type RunState = "absent" | "interrupted" | "stopped" | "failed" | "finished";

/** The runs of a sweep by what is to be done with them; each is in one list. */
export interface SweepState {
  readonly finished: readonly SweepRun[];
  /** Never begun, or begun and not ended: they start, or go on from their checkpoints. */
  readonly missing: readonly SweepRun[];
  /** Failed when they were trained: they are tried again. */
  readonly failed: readonly SweepRun[];
}

/** Sorts runs by their states; a run of no known state is absent. */
export function sweepState(runs: readonly SweepRun[], states: ReadonlyMap<string, RunState>): SweepState {
  const of = (run: SweepRun) => states.get(run.id) ?? "absent";
  return {
    finished: runs.filter((run) => of(run) === "finished"),
    missing: runs.filter((run) => of(run) !== "finished" && of(run) !== "failed"),
    failed: runs.filter((run) => of(run) === "failed"),
  };
}
