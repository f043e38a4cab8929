/** Run folders and files of weights, on Node. */
export type { Checkpoint } from "./checkpoint-file.ts";
export { StoreError } from "./errors.ts";
export { type MatrixFile, readMatrixFile } from "./matrix-file.ts";
export type { MetricRecord } from "./metrics-file.ts";
export { loadModelFile } from "./model-file.ts";
export type { StoredModel } from "./model-tensors.ts";
export { checkOutputFolder } from "./output-folder.ts";
export { type RunStatus, readRun, runStatus, type StoredRun } from "./read-run.ts";
export {
  closeRun,
  failRun,
  finishRun,
  type OpenRun,
  openRun,
  type RunOptions,
  saveCheckpoint,
  stopRun,
} from "./run-folder.ts";
export type { RunOrigin, RunRecord } from "./run-record.ts";
