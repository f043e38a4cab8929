/**
 * Reading a run folder that is finished, and saying what is the matter with one that is not. Nothing is written.
 */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { FormatError } from "../formats/errors.ts";
import { readSafetensors } from "../formats/safetensors.ts";
import { foldedModel } from "../model/fold.ts";
import type { Model, UnfoldedModel } from "../model/model.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons, outputCount } from "../spec/sizes.ts";
import type { MetricRecord } from "../train/checkpoint.ts";
import { StoreError } from "./errors.ts";
import { fileNames } from "./layout.ts";
import { decodeMetrics } from "./metrics-file.ts";
import { unfoldedModelOf } from "./model-tensors.ts";
import { readBytes, readBytesIfThere } from "./read-file.ts";
import { parseRunFile, parseSpecFile, type RunOrigin, type RunRecord } from "./run-record.ts";

/** A finished run. `metrics` reads its file when asked. */
export interface StoredRun {
  readonly dir: string;
  readonly spec: Spec;
  readonly origin: RunOrigin;
  readonly run: Extract<RunRecord, { status: "finished" }>;
  /** What to evaluate: for a network with an embedding or a bypass, the simplified model of the same errors. */
  readonly weights: Model;
  /** The network itself, with its embedding and bypass and at its full width. */
  readonly unfolded: UnfoldedModel;
  metrics(): Promise<readonly MetricRecord[]>;
}

/** How far a run came. `absent`: no run folder; `interrupted`: begun, and its process ended without a word. */
export type RunStatus = "absent" | "interrupted" | RunRecord["status"];

/** The status of a run folder, whole or not. @throws StoreError when spec.json or run.json is damaged or newer. */
export function runStatus(dir: string): RunStatus {
  const specBytes = readBytesIfThere(join(dir, fileNames.spec));
  if (specBytes === null) return "absent";
  const { origin } = parseSpecFile(join(dir, fileNames.spec), specBytes);
  return readRecord(dir, origin.id)?.status ?? "interrupted";
}

/**
 * Reads a finished run.
 * @throws StoreError when the folder is none of a run, the run is interrupted, stopped or failed (saying how to go on),
 *   or a file is missing, damaged, newer, or of another run (naming it).
 */
export function readRun(dir: string): StoredRun {
  checkRunFolder(dir);
  const specPath = join(dir, fileNames.spec);
  const { spec, origin } = parseSpecFile(specPath, readBytes(specPath));
  const run = readRecord(dir, origin.id);
  if (run?.status !== "finished") throw unfinishedError(dir, run);
  const metricsPath = join(dir, fileNames.metrics);
  const unfolded = readWeights(dir, spec, origin.id);
  return {
    dir,
    spec,
    origin,
    run,
    weights: foldedModel(spec, unfolded),
    unfolded,
    metrics: async () => decodeMetrics(readBytes(metricsPath), metricsPath),
  };
}

function checkRunFolder(dir: string): void {
  const found = statSync(dir, { throwIfNoEntry: false });
  const got =
    found === undefined ? "no such folder" : found.isDirectory() ? `no ${fileNames.spec} in it` : "a file";
  if (got.startsWith("no spec") && existsSync(join(dir, fileNames.spec))) return;
  throw new StoreError(`${dir}: need the folder of a run, got ${got}. Name a folder that holds a run.json.`);
}

function readRecord(dir: string, id: string): RunRecord | null {
  const path = join(dir, fileNames.run);
  const bytes = readBytesIfThere(path);
  return bytes === null ? null : parseRunFile(path, bytes, id);
}

function readWeights(dir: string, spec: Spec, id: string): UnfoldedModel {
  const path = join(dir, fileNames.weights);
  const { tensors, metadata } = parseWeights(path);
  if (metadata.spec?.startsWith(id) !== true) {
    throw new StoreError(
      `${path}: need the weights of run ${id}, got others. Get the file again, or train the run anew.`,
    );
  }
  const sizes = { features: spec.model.features, outputs: outputCount(spec) };
  const model = unfoldedModelOf(tensors, path, sizes);
  checkAround(model, spec, path);
  const neurons = hiddenNeurons(spec.model);
  if (model.W_in.shape[0] === neurons) return model;
  throw new StoreError(
    `${path}, W_in: need ${neurons} neurons as in the spec, got ${model.W_in.shape[0]}. Get the file again.`,
  );
}

/** What a spec puts around the hidden layers, and their biases, are in its run's file. @throws StoreError */
function checkAround({ W_E, bypass, b_in, b_out }: UnfoldedModel, { model }: Spec, path: string): void {
  if (
    (b_in !== undefined) !== (model.bias.hidden !== "none") ||
    (b_out !== undefined) !== (model.bias.output !== "none")
  ) {
    throw new StoreError(
      `${path}: need the biases of the spec (b_in, b_out), got other ones. Get the file again.`,
    );
  }
  const width = model.embedding.kind === "none" ? null : model.embedding.width;
  if ((W_E?.shape[0] ?? null) !== width || (bypass !== null) !== (model.bypass.kind === "noise")) {
    throw new StoreError(
      `${path}: need the embedding and bypass of the spec (W_E, bypass), got other ones. Get the file again.`,
    );
  }
}

function parseWeights(path: string): ReturnType<typeof readSafetensors> {
  const bytes = readBytes(path);
  try {
    return readSafetensors(bytes);
  } catch (error) {
    throw error instanceof FormatError
      ? new StoreError(`${path}: ${error.message}`, { cause: error })
      : error;
  }
}

function unfinishedError(dir: string, run: RunRecord | null): StoreError {
  const resume = `toy-cis train ${join(dir, fileNames.spec)} --out ${dirname(dir)}`;
  if (run?.status === "failed") {
    return new StoreError(
      `${dir}: need a finished run, got one that failed: ${run.message} Change its spec, and train that.`,
    );
  }
  const got =
    run?.status === "stopped"
      ? `one stopped at step ${run.step}`
      : `an interrupted one (no ${fileNames.run})`;
  return new StoreError(`${dir}: need a finished run, got ${got}. Resume it: ${resume}`);
}
