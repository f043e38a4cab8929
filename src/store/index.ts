/** Run folders and files of weights, on Node. */
export { StoppedError, StoreError, type StoreReason } from "./errors.ts";
export { type MatrixFile, readMatrixFile } from "./matrix-file.ts";
export { loadModelFile } from "./model-file.ts";
export { checkOutputFolder } from "./output-folder.ts";
export { svgToPng } from "./png.ts";
export { type PoolEvent, type PoolOptions, runPool } from "./pool.ts";
export type { Failure } from "./pool-messages.ts";
export type { PoolJob, PoolOutcome } from "./pool-schedule.ts";
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
export { type JobContext, type JobHandler, serveJobs } from "./serve-jobs.ts";
export { type MixingFile, mixingFileOf, mixingOf, startingWeights } from "./spec-inputs.ts";
export { serveTraining, type TrainRunsOptions, trainRuns } from "./train-runs.ts";
export { type RunProgress, type RunReport, type TrainStoredOptions, trainStored } from "./train-stored.ts";
