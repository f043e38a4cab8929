/** `toy-cis reproduce`: runs studies to their verdicts and writes the report. */
import { dirname, join } from "node:path";
import type { ReportedStudy } from "../../src/report/index.ts";
import { numericsVersion } from "../../src/spec/index.ts";
import { checkOutputFolder, doTasks, type ReportFiles, writeReport } from "../../src/store/index.ts";
import {
  type Claim,
  type Mode,
  resultsOf,
  type Study,
  studies,
  studyOf,
  type Task,
  type TaskResult,
} from "../../src/study/index.ts";
import type { Context } from "../context.ts";
import { Mistake } from "../failure.ts";
import { listenForStop } from "../interrupt.ts";
import { type Progress, startProgress } from "../progress.ts";
import { numberText, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { taskWorker } from "../workers.ts";

/** Flags of `toy-cis reproduce`. */
export interface ReproduceFlags {
  readonly quick: boolean;
  readonly out: string;
  readonly workers?: number;
  readonly json: boolean;
}

export async function reproduceCommand(
  this: Context,
  flags: ReproduceFlags,
  ...names: string[]
): Promise<void> {
  const chosen = names.length === 0 ? studies : [...new Set(names)].map(studyOf);
  const mode: Mode = flags.quick ? "quick" : "full";
  checkOutputFolder(flags.out);
  const plans = chosen.map((study) => ({ study, tasks: study.plan(mode) }));
  const results = await resultsOfPlans(plans, flags, this.terminal);
  const reported = plans.map((plan) => concluded(plan, mode, results));
  const files = await writeReport(flags.out, reported, await frame(mode));
  const claims = reported.flatMap(({ conclusion }) => conclusion.claims);
  if (flags.json) this.terminal.printJson({ mode, ...files, claims });
  else this.terminal.print(summary(reported, files, this.terminal));
}

/** A study and its tasks. */
interface Plan {
  readonly study: Study;
  readonly tasks: readonly Task[];
}

/** The name of a task among those of all studies. */
const nameAmongAll = ({ name }: Study, key: string): string => `${name}: ${key}`;

/** All tasks as one plan, so that no processor waits while a study ends. */
function tasksOfAll(plans: readonly Plan[]): readonly Task[] {
  return plans.flatMap(({ study, tasks }) =>
    tasks.map((task) => {
      const key = nameAmongAll(study, task.key);
      if (task.kind !== "train" || task.after === undefined) return { ...task, key };
      return { ...task, key, after: nameAmongAll(study, task.after) };
    }),
  );
}

function concluded(
  { study, tasks }: Plan,
  mode: Mode,
  results: ReadonlyMap<string, TaskResult>,
): Omit<ReportedStudy, "figures"> {
  const command = `npx toy-cis reproduce ${study.name}${mode === "quick" ? " --quick" : ""}`;
  const own = new Map(tasks.map(({ key }) => [key, results.get(nameAmongAll(study, key))!]));
  return { study, tasks, command, conclusion: study.conclude(resultsOf(tasks, own, command), mode) };
}

async function resultsOfPlans(
  plans: readonly Plan[],
  { out, workers }: ReproduceFlags,
  terminal: Terminal,
): Promise<ReadonlyMap<string, TaskResult>> {
  const tasks = tasksOfAll(plans);
  const title = plans.length === 1 ? plans[0]!.study.name : `${plans.length} studies`;
  const stop = listenForStop();
  let progress: Progress | null = null;
  try {
    const { results, failures, isStopped } = await doTasks(tasks, {
      out,
      script: taskWorker,
      ...(workers === undefined ? {} : { workers }),
      signal: stop.signal,
      onProgress: ({ done, finished }) => {
        // What was kept from before took no time now.
        progress ??= startProgress(title, terminal, () => performance.now(), done);
        progress.show(done, `${finished} of ${tasks.length} tasks`);
      },
    });
    if (isStopped && failures.size === 0) {
      throw new Mistake(
        `reproduce: stopped; what is finished is kept in ${out}. Go on with the same command.`,
        130,
      );
    }
    for (const [key, { message }] of failures) {
      throw new Mistake(
        `reproduce: ${failures.size} of ${tasks.length} tasks failed, first ${key}: ${message} What is finished is kept; the same command tries again.`,
      );
    }
    return results;
  } finally {
    endOf(progress);
    stop.end();
  }
}

// Assigned in a callback, which the compiler does not follow.
const endOf = (progress: Progress | null) => progress?.end();

async function frame(mode: Mode) {
  const versions = `toy-cis ${await version()}, numerics ${numericsVersion}, Node ${process.versions.node}`;
  const note =
    mode === "quick"
      ? "Quick mode: at least three seeds, few points. The full mode is the same command without `--quick`."
      : "Full mode: every grid of the studies.";
  return { versions, date: new Date().toISOString().slice(0, 10), note };
}

function summary(
  reported: readonly Omit<ReportedStudy, "figures">[],
  files: ReportFiles,
  terminal: Terminal,
): string {
  return [
    ...reported.flatMap(({ study, conclusion }) => [
      table(conclusion.table.columns, conclusion.table.rows, terminal),
      `${study.question}\n${conclusion.answer}`,
      verdicts(conclusion.claims, terminal),
    ]),
    `The report: ${files.report}`,
    `Next: npx toy-cis runs --out ${join(dirname(files.report), "runs")}, npx toy-cis train --help, npx toy-cis --help`,
  ].join("\n\n");
}

/** How many claims were reproduced, and the others one by one. */
function verdicts(claims: readonly Claim[], terminal: Terminal): string {
  const others = claims.filter(({ verdict }) => verdict !== "reproduced");
  const tally = `${claims.length - others.length} of ${claims.length} published claims reproduced.`;
  if (others.length === 0) return tally;
  const rows = others.map(({ id, expected, tolerance, measured, ci95, verdict }) => {
    const interval = ci95 === null ? "–" : ci95.map(numberText).join(" … ");
    return [id, `${numberText(expected)} ± ${numberText(tolerance)}`, measured, interval, verdict];
  });
  return `${tally} The others:\n${table(["claim", "published", "measured", "95 % interval", "verdict"], rows, terminal)}`;
}
