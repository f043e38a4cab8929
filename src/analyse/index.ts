/** What a network's weights say: its linear map, alignment, spectra, effective rank, and who works for whom. */
export {
  type Alignment,
  type Alignments,
  alignments,
  alignWithEigenvectors,
  alignWithSingularVectors,
} from "./alignment.ts";
export {
  type AsymmetricPair,
  type AsymmetryOptions,
  asymmetricSuperposition,
} from "./asymmetric-superposition.ts";
export { type Audit, type AuditOptions, audit } from "./audit/audit.ts";
export { type AuditProblem, auditProblemOf } from "./audit/audit-problem.ts";
export { type CanonicalNetwork, canonicalNetwork } from "./audit/canonical-network.ts";
export { type Confidence, wilsonInterval } from "./audit/confidence.ts";
export type { Evidence, EvidenceValue } from "./audit/evidence.ts";
export { auditThresholds, type Verdict } from "./audit/verdict.ts";
export { type Capacity, capacity } from "./capacity.ts";
export { type Codewords, codewords } from "./codewords.ts";
export { type Coherence, coherence, columnCosines } from "./coherence.ts";
export {
  type CodeComparison,
  type CodeComparisonOptions,
  type CodeRow,
  type ComparedCode,
  compareCodes,
} from "./compare-codes.ts";
export { effectiveRank, effectiveRankOf } from "./effective-rank.ts";
export { type FeatureCluster, featureClusters, tegumName } from "./feature-clusters.ts";
export { type Interference, interference } from "./interference.ts";
export { fitLine, type LineFit } from "./line-fit.ts";
export {
  compareLinearMap,
  compareMatrices,
  type LinearMapComparison,
  type MatrixComparison,
  truncate,
} from "./linear-map.ts";
export {
  type BinnedAxis,
  linearMapBins,
  type MatrixBinOptions,
  type MatrixBins,
  readOutBins,
} from "./matrix-bins.ts";
export { type NeuronContributions, neuronContributions } from "./neuron-contributions.ts";
export { neuronScales } from "./neuron-scale.ts";
export {
  type NoiseSensitivity,
  type NoiseSensitivityOptions,
  type NoisyLoss,
  noiseSensitivity,
} from "./noise-sensitivity.ts";
export { type OddInteraction, oddInteraction } from "./odd-interaction.ts";
export { countWithin, type PairErrors, pairErrors } from "./pair-errors.ts";
export { type PartnerCounts, type Polysemanticity, polysemanticity } from "./polysemanticity.ts";
export {
  dimensionalityOf,
  type Polytope,
  type PolytopeName,
  polytopes,
  polytopeVertices,
} from "./polytopes.ts";
export {
  type PowerLossOverP,
  type PowerLossPoint,
  powerLossOverP,
} from "./power-loss-over-p.ts";
export { compareReadOut, type ReadOutComparison } from "./read-out.ts";
export {
  type Signals,
  type SignalToNoise,
  type SignalToNoiseOptions,
  signalToNoise,
} from "./signal-to-noise.ts";
export { type Distance, type Silencing, type SilencingOptions, silencing } from "./silencing.ts";
export { type Spectra, type Spectrum, spectra } from "./spectrum.ts";
export { type Exchange, type SwapTest, type SwapTestOptions, swapTest } from "./swap-test.ts";
export { type CaseErrors, type UniversalAndErrors, universalAndErrors } from "./universal-and-errors.ts";
export { type Difference, difference, matchNeurons, type NeuronMatch } from "./weight-difference.ts";
