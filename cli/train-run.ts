/** Trains a spec for a person who watches: a bar while it goes, and Ctrl-C that keeps a checkpoint. */
import type { Spec } from "../src/spec/index.ts";
import { type RunProgress, type RunReport, StoppedError, trainStored } from "../src/store/index.ts";
import { Mistake } from "./failure.ts";
import { listenForStop } from "./interrupt.ts";
import { type Progress, startProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** How a spec is trained and shown. */
export interface TrainRunOptions {
  /** Folder that holds the runs. */
  readonly out: string;
  /** Train a finished run anew. */
  readonly again: boolean;
  readonly terminal: Terminal;
  /** Shown beside the bar. */
  readonly label: string;
  /** The command that goes on after a stop. */
  readonly resume: string;
}

/**
 * The report of a spec's run, trained now unless it is finished already.
 * @throws Mistake with exit code 130 when Ctrl-C stops it; a checkpoint is kept then.
 */
export async function trainRun(spec: Spec, options: TrainRunOptions): Promise<RunReport> {
  const { out, again, resume } = options;
  const stop = listenForStop();
  const bar = progressBar(options);
  const onProgress = (progress: RunProgress) => {
    bar.show(progress);
    // What follows the last step is short and has nothing to lose: Ctrl-C ends the process again.
    if (progress.step === progress.steps) stop.end();
  };
  const clocks = { clock: () => new Date(), now: () => performance.now() };
  try {
    const { signal } = stop;
    return await trainStored(spec, { out, again, version: await version(), ...clocks, signal, onProgress });
  } catch (error) {
    throw error instanceof StoppedError ? stopped(error, resume) : error;
  } finally {
    bar.end();
    stop.end();
  }
}

/** A bar that begins with the first progress, since only that says where the run begins. */
function progressBar({ terminal, label }: TrainRunOptions): {
  show: (progress: RunProgress) => void;
  end: () => void;
} {
  let bar: Progress | null = null;
  const end = () => bar?.end();
  const begin = ({ from, steps }: RunProgress) => {
    if (from > 0) terminal.note(`Going on from step ${count(from)}.`);
    return startProgress(label, terminal, () => performance.now(), from / steps);
  };
  const show = (progress: RunProgress) => {
    const { step, steps } = progress;
    bar ??= begin(progress);
    bar.show(step / steps, `${count(step)} of ${count(steps)} steps`);
    if (step === steps) end();
  };
  return { show, end };
}

function stopped({ step, dir }: StoppedError, resume: string): Mistake {
  const message = `train: stopped at step ${count(step)}; a checkpoint is kept in ${dir}. Go on with: ${resume}`;
  return new Mistake(message, 130);
}

const count = (value: number): string => value.toLocaleString("en-US");
