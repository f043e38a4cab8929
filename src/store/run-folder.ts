/**
 * Writing a run: `OUT/ID/` with spec.json, checkpoints while it trains, then metrics and weights, and run.json last.
 *
 * Every file is written whole or not at all, and run.json says that the others are there: so a run that is killed at
 * any moment is either finished or can go on from its last checkpoint. A run folder is written by one process at a
 * time, which holds its lock.
 */
import { dirname, join } from "node:path";
import { writeSafetensors } from "../formats/safetensors.ts";
import type { UnfoldedModel } from "../model/model.ts";
import type { FileHashes } from "../spec/identity.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons, inputWidth, outputWidth } from "../spec/sizes.ts";
import type { Checkpoint, MetricRecord } from "../train/checkpoint.ts";
import {
  makeFolder,
  removeEmptyFolders,
  removeFile,
  removeQuietly,
  removeTemporaryFiles,
  writeFileAtomic,
} from "./atomic-file.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import { StoreError } from "./errors.ts";
import { fileNames, layoutVersion } from "./layout.ts";
import { acquireLock, type Lock, releaseLock } from "./lock.ts";
import { encodeMetrics } from "./metrics-file.ts";
import { tensorsOf, unfoldedModelOf } from "./model-tensors.ts";
import { checkFreeSpace, checkOutputFolder } from "./output-folder.ts";
import { readBytesIfThere } from "./read-file.ts";
import { runStatus } from "./read-run.ts";
import {
  formatRunFile,
  formatSpecFile,
  identityHash,
  originOf,
  type RunOrigin,
  type RunOutcome,
} from "./run-record.ts";

/** What a run is opened with. */
export interface RunOptions {
  readonly spec: Spec;
  /** SHA-256, in hexadecimal, of each file that the spec names. */
  readonly files?: FileHashes;
  /** The version of toy-cis. */
  readonly version: string;
  /** The time; handed in so that nothing below reads a clock. */
  readonly clock: () => Date;
  /** Train a finished run again, from the start. */
  readonly again?: boolean;
}

/** A run that this process is training. Give it back with `closeRun`, whatever happens. */
export interface OpenRun {
  readonly id: string;
  readonly dir: string;
  /** Where an interrupted run of the same id goes on; null when it starts. */
  readonly checkpoint: Checkpoint | null;
  readonly origin: RunOrigin;
  /** SHA-256 of all that the weights depend on. */
  readonly identity: string;
  readonly started: Date;
  readonly clock: () => Date;
  readonly lock: Lock;
}

/**
 * Makes or takes over the folder of a run below `out`, locks it and writes spec.json.
 * @throws StoreError when the folder cannot be written, the disk is full, another process trains this run, the run is
 *   finished (unless `again`), or its checkpoint is damaged. Folders made here are removed again then.
 */
export function openRun(out: string, options: RunOptions): OpenRun {
  const { spec, files = {}, version, clock, again = false } = options;
  checkOutputFolder(out);
  const origin = originOf(spec, files, version);
  const identity = identityHash(spec, files);
  const dir = join(out, origin.id);
  const made = makeFolder(dir);
  try {
    checkFreeSpace(dir, spaceNeeded(spec));
    const lock = acquireLock(dir);
    const checkpoint = withLock(lock, made, () => prepare(dir, spec, origin, identity, again));
    return { id: origin.id, dir, checkpoint, origin, identity, started: clock(), clock, lock };
  } catch (error) {
    removeEmptyFolders(made);
    throw error;
  }
}

/** Replaces the checkpoint. The old one stays until the new one is on the disk. @throws StoreError */
export function saveCheckpoint(run: OpenRun, checkpoint: Checkpoint): void {
  writeFileAtomic(join(run.dir, fileNames.checkpoint), encodeCheckpoint(checkpoint, run.identity));
}

/**
 * Writes metrics, weights and then run.json with the status finished; the checkpoint goes last.
 * @throws StoreError (as a rejection) when a file cannot be written, or a weight is not finite; the run is then
 *   unfinished still, and its checkpoint is kept.
 */
export async function finishRun(
  run: OpenRun,
  finished: {
    readonly model: UnfoldedModel;
    readonly records: readonly MetricRecord[];
    readonly result: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { model, records, result } = finished;
  await writeMetrics(run, records);
  writeFileAtomic(join(run.dir, fileNames.weights), encodeWeights(run, model));
  writeOutcome(run, { status: "finished", result });
  removeFile(join(run.dir, fileNames.checkpoint));
}

/** Records that a run failed, and why: metrics so far, and run.json. There is nothing to resume. @throws StoreError */
export async function failRun(
  run: OpenRun,
  message: string,
  records: readonly MetricRecord[],
): Promise<void> {
  await writeMetrics(run, records);
  writeOutcome(run, { status: "failed", message });
  removeFile(join(run.dir, fileNames.checkpoint));
}

/** Records that a run was stopped on request after `step` steps. It goes on from the checkpoint saved last. */
export function stopRun(run: OpenRun, step: number): void {
  writeOutcome(run, { status: "stopped", step });
}

/** Gives the run's lock back. Once is enough, more does no harm. */
export function closeRun(run: OpenRun): void {
  releaseLock(run.lock);
}

/** Under the lock: what killed writers left goes, an old outcome goes, spec.json comes. */
function prepare(
  dir: string,
  spec: Spec,
  origin: RunOrigin,
  identity: string,
  again: boolean,
): Checkpoint | null {
  const status = runStatus(dir);
  if (status === "finished" && !again) throw finishedError(dir);
  removeTemporaryFiles(dir);
  const checkpointPath = join(dir, fileNames.checkpoint);
  const bytes = status === "finished" ? null : readBytesIfThere(checkpointPath);
  const checkpoint = bytes === null ? null : decodeCheckpoint(bytes, identity, checkpointPath);
  // run.json goes first: whatever is changed after it belongs to an unfinished run.
  removeFile(join(dir, fileNames.run));
  if (checkpoint === null) removeFile(checkpointPath);
  writeFileAtomic(join(dir, fileNames.spec), formatSpecFile(spec, origin));
  return checkpoint;
}

/** On failure gives the lock back and, in a folder that was made for it, leaves nothing behind. */
function withLock<T>(lock: Lock, made: readonly string[], action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (made.length > 0) removeQuietly(join(dirname(lock.path), fileNames.spec));
    releaseLock(lock);
    throw error;
  }
}

async function writeMetrics(run: OpenRun, records: readonly MetricRecord[]): Promise<void> {
  writeFileAtomic(join(run.dir, fileNames.metrics), await encodeMetrics(records));
}

function encodeWeights(run: OpenRun, model: UnfoldedModel): Uint8Array {
  const tensors = tensorsOf(model);
  const sizes = { outputs: model.W_out.shape[0] };
  unfoldedModelOf(tensors, join(run.dir, fileNames.weights), sizes); // shapes and finiteness, as a reader will ask
  return writeSafetensors(tensors, { spec: run.identity, version: run.origin.version });
}

function writeOutcome(run: OpenRun, outcome: RunOutcome): void {
  const { id, version, numerics } = run.origin;
  const times = { started: run.started.toISOString(), ended: run.clock().toISOString() };
  const versions = { toyCis: version, numerics, node: process.versions.node };
  const record = { layout: layoutVersion, id, ...times, versions, ...outcome };
  writeFileAtomic(join(run.dir, fileNames.run), formatRunFile(record));
}

/** Bytes for weights and two checkpoints of four times the weights (Adam's moments, the start), and for the rest. */
function spaceNeeded(spec: Spec): number {
  const { features, embedding } = spec.model;
  const [inputs, outputs, neurons] = [inputWidth(spec.model), outputWidth(spec), hiddenNeurons(spec.model)];
  const weights = (inputs + outputs) * neurons + neurons + outputs;
  const around = (embedding.kind === "none" ? 0 : inputs * features) + 2 * features * features;
  return 4 * (weights + around + 2 * 4 * weights) + 2 ** 16;
}

function finishedError(dir: string): StoreError {
  return new StoreError(
    `${dir}: need an unfinished run, got a finished one. Read it, choose another folder with --out, or delete it.`,
    { reason: "finished" },
  );
}
