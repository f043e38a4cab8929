/** What a network achieves: exact losses, their odd/even split, and sums of errors over batches. */
export { accumulateErrors, type ErrorMode, type ErrorSums, type SparseBatch } from "./accumulate-errors.ts";
export { type ExactlyOneLoss, exactlyOneLoss } from "./exactly-one.ts";
export { labelSecondMoment } from "./label-moment.ts";
export {
  activity,
  coactivity,
  density,
  type InputDistribution,
  type InputMoments,
  inputMoments,
  isSignSymmetric,
  type ValueKind,
  type ValueMoments,
  valueMoments,
} from "./moments.ts";
export type { Network } from "./network.ts";
export { linearMap, linearPart, linearPartPerOutput, oddTarget } from "./odd-even-split.ts";
export type { LossParts } from "./quadratic.ts";
