/** What a network achieves: exact losses, their odd/even split, and sums of errors over batches. */

export { type BinaryInputOptions, type BinaryInputs, binaryInputs } from "./binary-inputs.ts";
export { type DirectPaths, directPaths } from "./direct-paths.ts";
export { type ExactlyOneLoss, exactlyOneLoss } from "./exactly-one.ts";
export {
  type FixedInputOptions,
  type FixedInputs,
  type FixedLoss,
  fixedInputs,
  lossAtInputs,
} from "./fixed-inputs.ts";
export { type FunctionModel, forwardOf } from "./function-model.ts";
export { type LabelMomentOptions, labelSecondMoment } from "./label-moment.ts";
export { type EvaluatedLoss, evaluateLoss, type LossOptions } from "./loss.ts";
export { evaluateLossOverP, type LossOverPOptions } from "./loss-over-p.ts";
export { denseMoment, type Moment } from "./moment.ts";
export {
  activity,
  density,
  type GroupedInputs,
  hasMoments,
  type InputDistribution,
  type InputMoments,
  inputMoments,
  isSignSymmetric,
  type MomentInputs,
  type ValueMoments,
  valueMoments,
} from "./moments.ts";
export { isPlain, type Network } from "./network.ts";
export { linearMap, linearPart, linearPartPerOutput, oddTarget } from "./odd-even-split.ts";
export { type OneHotResponses, oneHotResponses } from "./one-hot-responses.ts";
export {
  type OneNeuron,
  type OneNeuronInputs,
  type OneNeuronLoss,
  type OneNeuronRow,
  oneNeuronLoss,
  oneNeuronTable,
} from "./one-neuron.ts";
export { perFeatureLoss } from "./per-feature.ts";
export { type PositiveErrorOptions, type PositiveErrors, positiveErrors } from "./positive-error.ts";
export { type PowerLoss, powerLoss, powerMoments } from "./power-loss.ts";
export { type LossParts, reluLinearLoss, type SplitLoss } from "./relu-linear-loss.ts";
export { type ResponseHeatmap, responseHeatmap } from "./response-heatmap.ts";
export { type SampledErrors, type SampleOptions, sampleErrors } from "./sampled-errors.ts";
