/** Trains a spec in its run folder, goes on with an interrupted run, or reads a finished one. */
import { join } from "node:path";
import { evaluateLoss } from "../src/evaluate/index.ts";
import { runId, type Spec, trainingSteps } from "../src/spec/index.ts";
import {
  closeRun,
  failRun,
  finishRun,
  type OpenRun,
  openRun,
  readRun,
  runStatus,
  saveCheckpoint,
  stopRun,
} from "../src/store/index.ts";
import {
  type Checkpoint,
  type MetricRecord,
  type Trained,
  type TrainOptions,
  train,
} from "../src/train/index.ts";
import { Mistake } from "./failure.ts";
import { mixingFileOf, startingWeights } from "./inputs.ts";
import { listenForStop, type StopWish } from "./interrupt.ts";
import { startProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/** What a finished run is reported with; the names are those of the command's JSON. */
export interface TrainReport {
  readonly id: string;
  readonly dir: string;
  /** Optimiser steps of the whole run. */
  readonly steps: number;
  /** Of the training loop alone; after a resume, since then. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly kernelPath: string;
  /** Mean squared error per output on the last batch measured. */
  readonly loss: number;
  /** L/p at the density of the spec's data. */
  readonly lossPerP: number;
  readonly stderr: number;
  readonly linear: number | null;
  readonly even: number | null;
  /** Whether the run was finished before and is only read. */
  readonly stored: boolean;
}

/** How a spec is trained. */
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

/** A checkpoint no older than this survives a kill. */
const millisecondsBetweenCheckpoints = 1000;
const checkpointsPerRun = 200;

/**
 * The report of a spec's run, trained now unless it is finished already.
 * @throws Mistake with exit code 130 when Ctrl-C stops it; a checkpoint is kept then.
 */
export async function trainRun(spec: Spec, options: TrainRunOptions): Promise<TrainReport> {
  const { out, again } = options;
  const { file, hashes } = await mixingFileOf(spec);
  const dir = join(out, runId(spec, hashes));
  if (!again && runStatus(dir) === "finished") return storedReport(dir);
  const inputs = { ...startingWeights(spec, out), ...(file === undefined ? {} : { file }) };
  const stop = listenForStop();
  try {
    const opening = { spec, files: hashes, version: await version(), clock: () => new Date(), again };
    return await trainOpened(openRun(out, opening), spec, { inputs, stop, ...options });
  } finally {
    stop.end();
  }
}

function storedReport(dir: string): TrainReport {
  const { run } = readRun(dir);
  return { id: run.id, dir, ...(run.result as Omit<TrainReport, "id" | "dir" | "stored">), stored: true };
}

interface Training extends TrainRunOptions {
  readonly inputs: Pick<TrainOptions, "file" | "from">;
  readonly stop: StopWish;
}

async function trainOpened(run: OpenRun, spec: Spec, training: Training): Promise<TrainReport> {
  try {
    const { checkpoint } = run;
    if (checkpoint !== null) training.terminal.note(`Going on from step ${count(checkpoint.step)}.`);
    return await trainAndKeep(spec, run, training);
  } finally {
    closeRun(run);
  }
}

async function trainAndKeep(spec: Spec, run: OpenRun, training: Training): Promise<TrainReport> {
  const { trained, seconds } = await trainWithProgress(spec, run, training);
  training.stop.end();
  const { mean, stderr, linear, even } = await lossAtData(spec, trained);
  const result = {
    steps: trained.steps,
    seconds,
    stepsPerSecond: (trained.steps - (run.checkpoint?.step ?? 0)) / seconds,
    kernelPath: trained.kernelPath,
    loss: trained.loss,
    ...{ lossPerP: mean, stderr, linear, even },
  };
  await finishRun(run, { model: trained.model, records: trained.records, result });
  return { id: run.id, dir: run.dir, ...result, stored: false };
}

const lossAtData = (spec: Spec, { model }: Trained) => {
  const { data, evaluate, seed } = spec;
  if (data.kind !== "bernoulli" && data.kind !== "exactly")
    throw new Error(`data.kind: ${data.kind} is not available yet.`);
  return evaluateLoss(model, { distribution: data, samples: evaluate.samples, seed });
};

async function trainWithProgress(
  spec: Spec,
  run: OpenRun,
  { inputs, stop: { signal }, terminal, label, resume }: Training,
): Promise<{ trained: Trained; seconds: number }> {
  const { checkpoint } = run;
  const from = (checkpoint?.step ?? 0) / trainingSteps(spec);
  const progress = startProgress(label, terminal, () => performance.now(), from);
  const records: MetricRecord[] = [...(checkpoint?.records ?? [])];
  const keeper = checkpointKeeper(run);
  let start = performance.now();
  const onRecord = (record: MetricRecord, steps: number) => {
    // The first record comes before the first step, after everything has been set up.
    if (record.step === 0) start = performance.now();
    records.push(record);
    progress.show(record.step / steps, `${count(record.step)} of ${count(steps)} steps`);
  };
  try {
    const trained = await train(spec, {
      ...inputs,
      ...(checkpoint === null ? {} : { checkpoint }),
      checkpointEvery: Math.ceil(spec.training.steps / checkpointsPerRun),
      onRecord,
      onCheckpoint: (checkpoint) => keeper(checkpoint, signal.aborted),
      signal,
    });
    if (trained.status === "stopped") {
      stopRun(run, trained.steps);
      throw stopped(trained, run, resume);
    }
    return { trained, seconds: (performance.now() - start) / 1000 };
  } catch (error) {
    // A plain Error is training's own verdict; a full disk or a bug leaves the run to be gone on with.
    if (error instanceof Error && error.name === "Error") await failRun(run, error.message, records);
    throw error;
  } finally {
    progress.end();
  }
}

/** Keeps a checkpoint every few seconds, and the last one before a stop. */
function checkpointKeeper(run: OpenRun): (checkpoint: Checkpoint, isLast: boolean) => void {
  let kept = performance.now();
  return (checkpoint, isLast) => {
    if (!isLast && performance.now() - kept < millisecondsBetweenCheckpoints) return;
    saveCheckpoint(run, checkpoint);
    kept = performance.now();
  };
}

function stopped(trained: Trained, run: OpenRun, resume: string): Mistake {
  const message = `train: stopped at step ${count(trained.steps)}; a checkpoint is kept in ${run.dir}. Go on with: ${resume}`;
  return new Mistake(message, 130);
}

const count = (value: number): string => value.toLocaleString("en-US");
