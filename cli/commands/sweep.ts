/** `toy-cis sweep`: trains every run of a sweep file that is not finished yet. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { trainingSteps } from "../../src/spec/index.ts";
import { type PoolOutcome, type RunReport, runStatus, trainRuns } from "../../src/store/index.ts";
import {
  type RunState,
  type SweepRun,
  type SweepRuns,
  sweepState,
  valueText,
} from "../../src/sweep/index.ts";
import type { Context } from "../context.ts";
import { Mistake } from "../failure.ts";
import { listenForStop } from "../interrupt.ts";
import { duration } from "../progress.ts";
import { estimateOf } from "../sweep-estimate.ts";
import { readSweepRuns } from "../sweep-file.ts";
import { sweepProgress } from "../sweep-progress.ts";
import { type Cell, table } from "../table.ts";
import { version } from "../version.ts";
import { trainWorker } from "../workers.ts";

/** Flags of `toy-cis sweep`. */
export interface SweepFlags {
  readonly workers?: number;
  readonly out: string;
  readonly dryRun: boolean;
  readonly failFast: boolean;
  readonly keepGoing: boolean;
  readonly retries: number;
  readonly limit?: number;
  readonly json: boolean;
}

/** One run of the sweep as it is reported. */
interface Row {
  readonly id: string;
  readonly dir: string;
  readonly changes: SweepRun["changes"];
  readonly steps: number;
  readonly status: RunState;
  readonly lossPerP: number | null;
  readonly message: string | null;
}

/** Trains what is missing, and prints what came of every run. */
export async function sweepCommand(this: Context, flags: SweepFlags, file: string): Promise<void> {
  if (flags.failFast && flags.keepGoing) {
    throw new Mistake("--fail-fast: contradicts --keep-going. Keep one of them.", 2);
  }
  const found = await readSweepRuns(file, flags.limit);
  const workers = flags.workers ?? availableParallelism();
  if (flags.dryRun) return dryRun.call(this, found, workers, flags);
  const stop = listenForStop();
  const progress = sweepProgress(found.runs, this.terminal, () => performance.now());
  try {
    const outcomes = await trainRuns(found.runs, {
      ...{ out: flags.out, workers, failFast: flags.failFast, retries: flags.retries },
      ...{ script: trainWorker, version: await version(), signal: stop.signal, onEvent: progress.hear },
    });
    progress.end();
    report.call(
      this,
      found,
      found.runs.map((run) => rowOf(run, outcomes.get(run.id)!, flags.out)),
      flags,
    );
  } finally {
    progress.end();
    stop.end();
  }
}

async function dryRun(
  this: Context,
  found: SweepRuns,
  workers: number,
  { out, json }: SweepFlags,
): Promise<void> {
  const { runs, merged } = found;
  const states = new Map(runs.map(({ id }) => [id, runStatus(join(out, id))]));
  const { finished, missing, failed } = sweepState(runs, states);
  const estimate = await estimateOf([...missing, ...failed], finished, out, workers);
  const rows = runs.map((run): Row => {
    const { id, changes, spec } = run;
    const status = states.get(id)!;
    return {
      id,
      dir: join(out, id),
      changes,
      steps: trainingSteps(spec),
      status,
      lossPerP: null,
      message: null,
    };
  });
  if (json) {
    const listed = rows.map(({ id, dir, changes, steps, status }) => ({ id, dir, changes, steps, status }));
    return this.terminal.printJson({
      runs: listed,
      merged: merged.length,
      toTrain: missing.length + failed.length,
      workers,
      estimate,
    });
  }
  const lines = [
    runTable(rows, this.terminal, false),
    `${runs.length} runs${mergedText(found)}: ${finished.length} finished, ${missing.length} missing, ${failed.length} failed.`,
  ];
  if (estimate !== null) {
    lines.push(
      `About ${duration(estimate.seconds)} with ${workers} ${workers === 1 ? "worker" : "workers"}, ${estimate.from}.`,
    );
  }
  this.terminal.print(lines.join("\n\n"));
}

const mergedText = ({ merged }: SweepRuns): string =>
  merged.length === 0 ? "" : ` (${merged.length} more are the same runs, merged)`;

function rowOf({ id, changes, spec }: SweepRun, outcome: PoolOutcome<RunReport>, out: string): Row {
  const shared = { id, dir: join(out, id), changes, steps: trainingSteps(spec) };
  if (outcome.status === "finished") {
    return { ...shared, status: "finished", lossPerP: outcome.result.lossPerP, message: null };
  }
  if (outcome.status === "failed") {
    return { ...shared, status: "failed", lossPerP: null, message: outcome.failure.message };
  }
  return { ...shared, status: runStatus(join(out, id)), lossPerP: null, message: null };
}

/** @throws Mistake when a run is not finished; with --json the document is printed before. */
function report(this: Context, found: SweepRuns, rows: readonly Row[], { json }: SweepFlags): void {
  const finished = rows.filter(({ status }) => status === "finished").length;
  const failed = rows.filter(({ status }) => status === "failed");
  const all = `${finished} of ${rows.length} finished`;
  if (json)
    this.terminal.printJson({ runs: rows, merged: found.merged.length, finished, total: rows.length });
  else this.terminal.print(`${runTable(rows, this.terminal, true)}\n\n${all}${mergedText(found)}`);
  if (finished === rows.length) return;
  const reasons = [...new Set(failed.map(({ message }) => message))];
  const shown = reasons.slice(0, 5).join("\n");
  const more = reasons.length > 5 ? `\n… and ${reasons.length - 5} more` : "";
  if (failed.length > 0)
    throw new Mistake(
      `sweep: ${all}, ${failed.length} failed. The same command tries them again.\n${shown}${more}`,
    );
  throw new Mistake(`sweep: stopped, ${all}. The same command goes on.`, 130);
}

function runTable(rows: readonly Row[], terminal: Context["terminal"], withLoss: boolean): string {
  const paths = [...new Set(rows.flatMap(({ changes }) => Object.keys(changes)))];
  const last = withLoss ? ["L/p"] : [];
  const cells = rows.map(({ id, changes, steps, status, lossPerP }): Cell[] => [
    id,
    ...paths.map((path) => valueText(changes[path])),
    steps,
    status,
    ...(withLoss ? [lossPerP] : []),
  ]);
  return table(["run", ...paths, "steps", "status", ...last], cells, terminal);
}
