/** Sweeps: a grid of specs, its runs, and how far they are. */
export { estimateSeconds, type TimedRun } from "./estimate.ts";
export {
  type Changes,
  changesText,
  expandSweep,
  type SweepPoint,
  type SweepRun,
  type SweepRuns,
  sweepRuns,
  valueText,
} from "./expand.ts";
export { type RunState, type SweepState, sweepState } from "./state.ts";
export { parseSweep, type Sweep, type SweepOptions, type SweepParameter } from "./sweep.ts";
