/** Figures from records alone, as SVG text and the table of what they draw; on a document that is handed in. */
export { type AblationRecord, type AblationRow, ablationFigure } from "./ablation-figure.ts";
export { type AndErrorsRecord, andErrorsFigure } from "./and-errors-figure.ts";
export { capacityFigure, type LabelledCapacity } from "./capacity-figure.ts";
export { type ClaimRow, claimsFigure } from "./claims-figure.ts";
export { codeComparisonFigure } from "./code-comparison-figure.ts";
export { codewordsFigure } from "./codewords-figure.ts";
export { coherenceFigure, type LabelledCoherence } from "./coherence-figure.ts";
export type { Curve, CurvePoint, PointMark, Reference, VerticalMark } from "./curve.ts";
export { type DimensionalityLevel, dimensionalityFigure } from "./dimensionality-figure.ts";
export type { FigureHost } from "./draw-figure.ts";
export { type ExponentRecord, exponentFigure } from "./exponent-figure.ts";
export { featureNormsFigure, type LabelledNorms } from "./feature-norms-figure.ts";
export { featurePlaneFigure, type LabelledPlane } from "./feature-plane-figure.ts";
export { csvOf, type Figure, type FigureTable } from "./figure.ts";
export { type HeatmapPanel, type HeatmapRecord, heatmapFigure } from "./heatmap-figure.ts";
export type { BarSharing } from "./heatmap-layout.ts";
export { type LinearMapRecord, linearMapFigure } from "./linear-map-figure.ts";
export { type LossGridCell, lossGridFigure } from "./loss-grid-figure.ts";
export { type LossOverPRecord, lossOverPFigure } from "./loss-over-p-figure.ts";
export { type MixingRankRecord, mixingRankFigure } from "./mixing-rank-figure.ts";
export { type MixingSweepRecord, mixingSweepFigure } from "./mixing-sweep-figure.ts";
export { type LabelledSensitivity, noiseSensitivityFigure } from "./noise-sensitivity-figure.ts";
export { type OddEvenRow, oddEvenFigure } from "./odd-even-figure.ts";
export { type OneHotPanel, oneHotFigure } from "./one-hot-figure.ts";
export { type OneNeuronRecord, oneNeuronFigure } from "./one-neuron-figure.ts";
export {
  type PhaseBoundary,
  type PhaseCell,
  type PhaseRecord,
  phaseFigure,
  type Treatment,
} from "./phase-figure.ts";
export { polysemanticityFigure } from "./polysemanticity-figure.ts";
export { type LabelledPositiveErrors, positiveErrorsFigure } from "./positive-errors-figure.ts";
export { type LabelledPowerLoss, powerLossFigure } from "./power-loss-figure.ts";
export { type ReadOutRecord, readOutFigure } from "./read-out-figure.ts";
export { responseHeatmapFigure } from "./response-heatmap-figure.ts";
export { type ScalingPanel, type ScalingRecord, scalingFigure } from "./scaling-figure.ts";
export { type LabelledSignals, signalToNoiseFigure } from "./signal-to-noise-figure.ts";
export {
  type LabelledCosines,
  type LabelledSpectrum,
  labelledSpectra,
  type ProjectionRecord,
  projectionFigure,
  spectrumFigure,
} from "./spectrum-figure.ts";
export type { BarOrder } from "./stack-terms.ts";
export type { FigureDocument } from "./svg-text.ts";
export { type LabelledSwapTest, swapTestFigure } from "./swap-test-figure.ts";
export {
  type LearnedScaleRecord,
  learnedScaleFigure,
  type TrainingCurvesRecord,
  type TransplantRecord,
  trainingCurvesFigure,
  transplantFigure,
} from "./training-curves-figure.ts";
export { type WeightBarsOptions, type WeightBarsRecord, weightBarsFigure } from "./weight-bars-figure.ts";
export {
  type LabelledErrors,
  type WithinEpsilonOptions,
  withinEpsilonFigure,
} from "./within-epsilon-figure.ts";
