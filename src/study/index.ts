/** Studies: questions of the literature, each with its plan, its claims and its verdicts. */
export { type Claim, type ClaimInput, judge, type Verdict, verdictOf } from "./claim.ts";
export { type Measurement, measure, type Parts, type TrainedRun } from "./measure.ts";
export { type BaselineMeasurement, measureBaselines } from "./measure-baselines.ts";
export {
  type Measure,
  type MeasuredModel,
  type MeasuredSpec,
  type MeasureRequest,
  type MeasureTask,
  measureTask,
  type Plain,
} from "./measure-task.ts";
export { resultsOf, type TaskResult } from "./results.ts";
export { studies, studyOf } from "./studies.ts";
export type {
  Block,
  Conclusion,
  FigureBlock,
  Mode,
  Results,
  Section,
  Study,
  TableBlock,
} from "./study.ts";
export {
  type BaselineTask,
  baselineTask,
  commandOf,
  runIdOf,
  type Task,
  type TrainRequest,
  type TrainTask,
  taskHash,
  trainTask,
  type Want,
} from "./task.ts";
