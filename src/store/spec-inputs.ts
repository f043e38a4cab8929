/** What a spec needs besides itself before it can be trained or bounded: its mixing file, and the run it starts from. */
import { join } from "node:path";
import { mixingMatrix } from "../data/mixing.ts";
import type { Weights } from "../model/model.ts";
import { startingMixing } from "../model/objective.ts";
import { transplantedWeights } from "../model/transplant.ts";
import type { Matrix } from "../numeric/matrix.ts";
import type { FileHashes } from "../spec/identity.ts";
import type { Spec } from "../spec/schema.ts";
import { StoreError } from "./errors.ts";
import { readMatrixFile } from "./matrix-file.ts";
import { readRun } from "./read-run.ts";

/** The matrix that `labels.mixing.path` names, if it does, and its hash for the run's id. */
export interface MixingFile {
  readonly file?: Matrix;
  readonly hashes: FileHashes;
}

/**
 * Reads the mixing file of a spec; a relative path starts from the working folder of the process.
 * @throws StoreError (as a rejection) naming the file, when it is missing, damaged or of another size.
 */
export async function mixingFileOf({ labels: { mixing }, model }: Spec): Promise<MixingFile> {
  if (mixing.kind !== "file") return { hashes: {} };
  const { matrix, sha256 } = await readMatrixFile(mixing.path, model.features);
  return { file: matrix, hashes: { [mixing.path]: sha256 } };
}

/**
 * The mixing of a spec's labels before training as a simplified model has it, [features, features]; null for clean labels.
 * @throws as `mixingFileOf` does.
 */
export async function mixingOf(spec: Spec): Promise<Matrix<Float32Array> | null> {
  const { file } = await mixingFileOf(spec);
  return startingMixing(spec, mixingMatrix(spec.labels.mixing, spec.model.features, file));
}

/**
 * The weights of the run that `training.from` names, among the runs of a folder, as the spec's network takes them;
 * nothing when it names none.
 * @throws StoreError when that run is not there, not finished, or its weights do not fit the spec's network.
 */
export function startingWeights(target: Spec, out: string): { from?: Weights } {
  const { from } = target.training;
  if (from === undefined) return {};
  const { spec, unfolded } = readRun(join(out, from));
  try {
    return { from: transplantedWeights({ id: from, ...spec, unfolded }, target) };
  } catch (error) {
    throw error instanceof Error ? new StoreError(error.message, { cause: error }) : error;
  }
}
