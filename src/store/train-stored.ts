/**
 * Trains a spec in its run folder: starts it, goes on with an interrupted run, or reads a finished one.
 *
 * The one way from a spec to a stored run, for the command line and for every pool worker. Time is handed in.
 */
import { join } from "node:path";
import { evaluateLoss } from "../evaluate/loss.ts";
import { runId } from "../spec/identity.ts";
import type { Spec } from "../spec/schema.ts";
import { trainingSteps } from "../spec/training-steps.ts";
import type { Checkpoint, MetricRecord } from "../train/checkpoint.ts";
import { type Trained, type TrainOptions, train } from "../train/train.ts";
import { StoppedError, StoreError } from "./errors.ts";
import { readRun, runStatus } from "./read-run.ts";
import {
  closeRun,
  failRun,
  finishRun,
  type OpenRun,
  openRun,
  type RunOptions,
  saveCheckpoint,
  stopRun,
} from "./run-folder.ts";
import { openNotes, type RunNotes } from "./run-notes.ts";
import { mixingFileOf, startingWeights } from "./spec-inputs.ts";

/** What a finished run is reported with: plain data, stored in run.json as its result. */
export interface RunReport {
  readonly id: string;
  readonly dir: string;
  /** Optimiser steps of the whole run. */
  readonly steps: number;
  /** Of the training loop alone; after a resume, since then. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly kernelPath: string;
  /** What was minimised, on the last batch measured: the mean squared error per output unless the spec says otherwise. */
  readonly loss: number;
  /** L/p at the density of the spec's data. */
  readonly lossPerP: number;
  readonly stderr: number;
  readonly linear: number | null;
  readonly even: number | null;
  /** The learned scale, of the labels' mixing or of the bypass's noise; there when one is learned. */
  readonly mixingScale?: number;
  /** Whether the run was finished before and is only read. */
  readonly stored: boolean;
}

/** How far a run has come: plain data, about a hundred times a run. */
export interface RunProgress {
  /** Updates made so far, of `steps` in all. */
  readonly step: number;
  readonly steps: number;
  /** The step that this call began at: 0, or that of the checkpoint it goes on from. */
  readonly from: number;
  /** What is minimised, on the batch measured last; null before the first. */
  readonly loss: number | null;
}

/** How a spec is trained and where it is kept. */
export interface TrainStoredOptions {
  /** Folder that holds the runs. */
  readonly out: string;
  /** The version of toy-cis. */
  readonly version: string;
  /** The time, for run.json and the log. */
  readonly clock: () => Date;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Train a finished run anew. */
  readonly again?: boolean;
  /** Stops the run within a fraction of a second, a checkpoint kept. */
  readonly signal?: AbortSignal;
  /** Hears of the start, and of every metric record. Not called for a run that is finished already. */
  readonly onProgress?: (progress: RunProgress) => void;
}

/** A checkpoint no older than this survives a kill. */
const millisecondsBetweenCheckpoints = 1000;
const checkpointsPerRun = 200;

/**
 * The report of a spec's run, trained now unless it is finished already.
 * @throws StoppedError when `signal` stopped it; StoreError when files cannot be read or written, or another process
 *   trains this run (reason `held`); Error when training itself failed, which the folder then records.
 * @example await trainStored(preset("cc-clean"), { out: "runs", version, clock: () => new Date(), now: () => performance.now() })
 */
export async function trainStored(spec: Spec, options: TrainStoredOptions): Promise<RunReport> {
  const { out, version, clock, again = false } = options;
  const { file, hashes } = await mixingFileOf(spec);
  const dir = join(out, runId(spec, hashes));
  if (!again && runStatus(dir) === "finished") return storedReport(dir);
  const inputs = { ...startingWeights(spec, out), ...(file === undefined ? {} : { mixing: file }) };
  const run = openUnlessFinished(out, { spec, files: hashes, version, clock, again });
  if (run === null) return storedReport(dir);
  try {
    const notes = openNotes(dir, run.checkpoint?.records ?? [], clock);
    return await logged(notes, () => trainAndKeep(spec, run, notes, inputs, options));
  } finally {
    closeRun(run);
  }
}

/** Writes into the log how an attempt ended. */
async function logged(notes: RunNotes, work: () => Promise<RunReport>): Promise<RunReport> {
  try {
    const report = await work();
    notes.log(`finished ${report.steps} steps in ${report.seconds.toFixed(1)} s, L/p ${report.lossPerP}`);
    return report;
  } catch (error) {
    if (error instanceof StoppedError) notes.log(`stopped at step ${error.step}, a checkpoint is kept`);
    else if (!isFull(error)) notes.log(`failed: ${error instanceof Error ? error.message : error}`);
    throw error;
  }
}

/** On a full disk a line more would fail too, and hide what is the matter. */
const isFull = (error: unknown): boolean => error instanceof StoreError && error.reason === "full";

/** null when another process has finished the run since it was looked at. */
function openUnlessFinished(out: string, options: RunOptions): OpenRun | null {
  try {
    return openRun(out, options);
  } catch (error) {
    if (error instanceof StoreError && error.reason === "finished") return null;
    throw error;
  }
}

function storedReport(dir: string): RunReport {
  const { run } = readRun(dir);
  return { id: run.id, dir, ...(run.result as Omit<RunReport, "id" | "dir" | "stored">), stored: true };
}

type Inputs = Pick<TrainOptions, "mixing" | "from">;

async function trainAndKeep(
  spec: Spec,
  run: OpenRun,
  notes: RunNotes,
  inputs: Inputs,
  options: TrainStoredOptions,
): Promise<RunReport> {
  const { trained, seconds } = await trainInFolder(spec, run, notes, inputs, options);
  const { mean, stderr, linear, even } = await lossAtData(spec, trained);
  const result = {
    steps: trained.steps,
    seconds,
    stepsPerSecond: (trained.steps - (run.checkpoint?.step ?? 0)) / seconds,
    kernelPath: trained.kernelPath,
    loss: trained.loss,
    ...{ lossPerP: mean, stderr, linear, even },
    ...(trained.mixingScale === null ? {} : { mixingScale: trained.mixingScale }),
  };
  await finishRun(run, { model: trained.unfolded, records: trained.records, result });
  return { id: run.id, dir: run.dir, ...result, stored: false };
}

const lossAtData = ({ data, evaluate, seed }: Spec, { model }: Trained) =>
  evaluateLoss(model, { distribution: data, samples: evaluate.samples, seed });

/** @returns the trained model, and the seconds of the training loop alone. */
async function trainInFolder(
  spec: Spec,
  run: OpenRun,
  notes: RunNotes,
  inputs: Inputs,
  { now, signal, onProgress }: TrainStoredOptions,
): Promise<{ trained: Trained; seconds: number }> {
  const { checkpoint } = run;
  const from = checkpoint?.step ?? 0;
  const records: MetricRecord[] = [...(checkpoint?.records ?? [])];
  const keep = checkpointKeeper(run, now);
  let start = now();
  notes.log(from === 0 ? `started, ${trainingSteps(spec)} steps` : `going on from step ${from}`);
  onProgress?.({ step: from, steps: trainingSteps(spec), from, loss: records.at(-1)?.loss ?? null });
  const onRecord = (record: MetricRecord, steps: number) => {
    // The first record comes before the first step, after everything has been set up.
    if (record.step === 0) start = now();
    records.push(record);
    notes.record(record);
    onProgress?.({ step: record.step, steps, from, loss: record.loss });
  };
  try {
    const trained = await train(spec, {
      ...inputs,
      ...(checkpoint === null ? {} : { checkpoint }),
      checkpointEvery: Math.ceil(spec.training.steps / checkpointsPerRun),
      onRecord,
      onCheckpoint: (checkpoint) => keep(checkpoint, signal?.aborted === true),
      ...(signal === undefined ? {} : { signal }),
    });
    if (trained.status === "finished") return { trained, seconds: (now() - start) / 1000 };
    stopRun(run, trained.steps);
    throw new StoppedError(run.dir, trained.steps);
  } catch (error) {
    // A plain Error is training's own verdict; a full disk or a bug leaves the run to be gone on with.
    if (error instanceof Error && error.name === "Error") await failRun(run, error.message, records);
    throw error;
  }
}

/** Keeps a checkpoint every few seconds, and the last one before a stop. */
function checkpointKeeper(
  run: OpenRun,
  now: () => number,
): (checkpoint: Checkpoint, isLast: boolean) => void {
  let kept = now();
  return (checkpoint, isLast) => {
    if (!isLast && now() - kept < millisecondsBetweenCheckpoints) return;
    saveCheckpoint(run, checkpoint);
    kept = now();
  };
}
