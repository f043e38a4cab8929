/** Run folders and files of weights, on Node. */

export {
  diffRuns,
  type FieldDifference,
  type ResultDifference,
  type RunDifference,
  type TensorDifference,
} from "./diff-runs.ts";
export { type DoTaskOptions, doTask } from "./do-task.ts";
export {
  type DoTasksOptions,
  doTasks,
  type TaskInput,
  type TasksOutcome,
  type TasksProgress,
} from "./do-tasks.ts";
export {
  type DuckDbModule,
  duckDbPackage,
  loadDuckDb,
  missingDuckDb,
  queryDuckDb,
  selectWithDuckDb,
} from "./duckdb.ts";
export { StoppedError, StoreError, type StoreReason } from "./errors.ts";
export { listRuns, type RunList, readRunRow, type SkippedEntry } from "./list-runs.ts";
export { type MatrixFile, readMatrixFile } from "./matrix-file.ts";
export { loadModelFile, modelOfFile } from "./model-file.ts";
export type { NameMap } from "./named-matrices.ts";
export { checkOutputFolder } from "./output-folder.ts";

export { svgToPng } from "./png.ts";
export { type PoolEvent, type PoolOptions, runPool } from "./pool.ts";
export type { Failure } from "./pool-messages.ts";
export type { PoolJob, PoolOutcome } from "./pool-schedule.ts";

export { selectRuns } from "./query/compile.ts";
export { BeyondQueryError } from "./query/tokens.ts";
export { type RunStatus, readRun, runStatus, type StoredRun } from "./read-run.ts";
export { readWeightsFile, type WeightsFile, type WeightsOptions } from "./read-weights.ts";
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
export { type Cell, cellOf, isSpecColumn, knownColumns, type RunRow } from "./run-row.ts";
export {
  checkColumn,
  type Estimate,
  groupCell,
  groupColumns,
  groupRuns,
  type RunGroup,
  type SortKey,
  sortGroups,
  sortRuns,
  varyingColumns,
} from "./run-table.ts";
export { type JobContext, type JobHandler, serveJobs } from "./serve-jobs.ts";
export {
  type MixingFile,
  mixingFileOf,
  mixingOf,
  startingWeights,
} from "./spec-inputs.ts";
export { keptResult } from "./task-results.ts";
export { exportTensorBoard, type TensorBoardExport } from "./tensorboard-export.ts";
export { serveTraining, type TrainRunsOptions, trainRuns } from "./train-runs.ts";
export { type RunProgress, type RunReport, type TrainStoredOptions, trainStored } from "./train-stored.ts";
export { writeAuditPage } from "./write-audit-page.ts";
export { writePages } from "./write-pages.ts";
export { type ReportFiles, writeReport } from "./write-report.ts";
export { writeWeightsFile } from "./write-weights.ts";
