/** What untrained solutions reach, and what no network can go below. */
export { affineAndError, affineAndNetwork } from "./affine-and.ts";
export { type BaselineOptions, type Baselines, baselines, problemOf } from "./baselines.ts";
export { biregularCode, type CodeSizes, randomCode } from "./codes.ts";
export { type EdgeSwapOptions, type EdgeSwaps, edgeSwaps } from "./edge-swaps.ts";
export type { SpreadSampling } from "./expected-spread.ts";
export { halfIdentity } from "./half-identity.ts";
export { type HiddenLayer, leastSquaresReadOff } from "./least-squares-read-off.ts";
export { type NaiveBaseline, naive } from "./naive.ts";
export { type OffsetBaseline, offset } from "./offset.ts";
export {
  type Placement,
  placedNetwork,
  placementLosses,
  type SparseFeatures,
  sharingDensity,
} from "./one-feature-too-many.ts";
export { type BestOneNeuron, bestOneNeuron, naiveOneNeuron, searchOneNeuron } from "./one-neuron.ts";
export {
  type PowerBound,
  type PowerBoundOptions,
  powerBound,
  powerBoundConditions,
  whyNoPowerBound,
} from "./power-bound.ts";
export { type Baseline, type NetworkBaseline, type Problem, whyNoNets, withExactlyOne } from "./problem.ts";
export {
  type RankBound,
  type RankBoundOptions,
  rankBound,
  rankBoundConditions,
  whyNoRankBound,
} from "./rank-bound.ts";
export { type ReadOutBound, readOutBound } from "./read-out-bound.ts";
export type { SampledBaseline, Sampling } from "./sampled.ts";
export { type OwnLabels, type SampledRankBound, sampledRankBound } from "./sampled-rank-bound.ts";
export { complementarySnmf, type FactorOptions, type SnmfOptions, snmf } from "./semi-nmf.ts";
export { evenBound, linearBound } from "./split-bounds.ts";
export { svdBaseline, svdNetwork } from "./svd.ts";
export {
  fitThreeScalars,
  type Inverted,
  type ThreeScalarFit,
  type ThreeScalarNetwork,
  type ThreeScalarOptions,
  type ThreeScalars,
  threeScalarNetwork,
} from "./three-scalars.ts";
export {
  type AndNetwork,
  randomSubsets,
  type UniversalAndMeans,
  type UniversalAndSizes,
  universalAndMeans,
  universalAndNetwork,
} from "./universal-and.ts";
export { zero } from "./zero.ts";
