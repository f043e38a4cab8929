/**
 * How much of a trained network is its code: its loss beside those of three-scalar networks (src/baseline/three-scalars.ts)
 * on its own code, on a biregular code with and without edge swaps, and on a random one, all at the same inputs.
 *
 * Da Silva & Heimersheim (arXiv 2607.04800): with codewords of five neurons and edge swaps, three numbers reach about 1.12
 * times the trained loss. Limit: codes of the comparison have one size of codeword, the network's most frequent.
 */
import { biregularCode, type CodeSizes, randomCode } from "../baseline/codes.ts";
import { edgeSwaps } from "../baseline/edge-swaps.ts";
import { fitThreeScalars, type ThreeScalarOptions, type ThreeScalars } from "../baseline/three-scalars.ts";
import { type FixedLoss, fixedInputs, lossAtInputs } from "../evaluate/fixed-inputs.ts";
import { type Network, requirePlain } from "../evaluate/network.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { mean, standardError, sum } from "../numeric/statistics.ts";
import { codewords } from "./codewords.ts";
import { compareMatrices } from "./linear-map.ts";

/** Whose loss it is: the network's, or that of three scalars on one of the codes. */
export type ComparedCode = "trained" | "own" | "swapped" | "biregular" | "random";

/** One network of the comparison. */
export interface CodeRow {
  readonly code: ComparedCode;
  readonly lossPerP: number;
  /** Standard error of `lossPerP`; 0 when exact. */
  readonly stderr: number;
  /** Its loss over the trained network's */
  readonly ratio: number;
  /** Standard error of `ratio`: small, since the inputs are the same. */
  readonly ratioStderr: number;
  /** Fitted; of the trained network measured, as means on and off its code and the best multiple of pinv(code). */
  readonly scalars: ThreeScalars;
  /** Σ over pairs of features of the neurons that they share, squared */
  readonly squaredOverlaps: number;
}

/** A network beside what three scalars reach. */
export interface CodeComparison {
  /** q */
  readonly exponent: number;
  /** Neurons in the codewords of the codes that are not the network's own. */
  readonly size: number;
  /** The trained network first, then by the order of {@link ComparedCode}. */
  readonly rows: readonly CodeRow[];
}

/** What the losses are taken of (L⁴, Bernoulli(.02) unless told), and how codes are made. */
export interface CodeComparisonOptions extends Omit<ThreeScalarOptions, "on" | "inputs"> {
  /** Inputs for the comparison, 16,384 unless told; scalars are fitted at a quarter as many others. */
  readonly inputs?: number;
  /** Of the network's codewords; 0.05 unless told. */
  readonly threshold?: number;
  /** Of the other codes; the network's most frequent size unless told. */
  readonly size?: number;
  /** Of the edge swaps. */
  readonly sweeps?: number;
}

/**
 * Compares a network with three scalars on codes. Deterministic by seed; about six seconds for 100 features, 50 neurons.
 *
 * @throws on labels that are not clean, on a network without codewords, and on what `fitThreeScalars` refuses.
 */
export function compareCodes(network: Network, options: CodeComparisonOptions = {}): CodeComparison {
  const { inputs = 16_384, threshold = 0.05, sweeps, seed = 0, exponent = 4 } = options;
  requireCleanLabels(network);
  const own = codewords(network.W_in, { threshold });
  const [neurons, features] = own.code.shape;
  const sizes: CodeSizes = { features, neurons, size: options.size ?? modeOf(own.sizes), seed };
  requireCodewords(sizes.size, threshold);
  const biregular = biregularCode(sizes);
  const codes = {
    own: own.code,
    swapped: edgeSwaps(biregular, { seed, ...(sweeps === undefined ? {} : { sweeps }) }).code,
    biregular,
    random: randomCode(sizes),
  };
  const at = fixedInputs(features, { ...options, inputs, seed });
  const trained = lossAtInputs(network, at);
  const scalars = measuredScalars(network, own.code);
  const fitOptions = { ...options, inputs: Math.ceil(inputs / 4), seed: seed + 1, on: scalars.on };
  const rows = Object.entries(codes).map(([name, code]) => {
    const { on, off, scale, network } = fitThreeScalars(code, fitOptions);
    return rowOf(name as ComparedCode, code, { on, off, scale }, lossAtInputs(network, at), trained);
  });
  return {
    exponent,
    size: sizes.size,
    rows: [rowOf("trained", own.code, scalars, trained, trained), ...rows],
  };
}

function requireCleanLabels(network: Network): void {
  requirePlain("compareCodes", network);
  if (network.M === null) return;
  throw new Error("compareCodes: need clean labels, got a mixing matrix. Set labels.mixing.kind=none.");
}

function requireCodewords(size: number, threshold: number): void {
  if (size >= 1) return;
  throw new Error(
    `compareCodes: need codewords, got none above the threshold ${threshold} for most features. Lower it, or give a size.`,
  );
}

/** The most frequent; the least of several. */
function modeOf(sizes: Int32Array): number {
  const count = (size: number) => sizes.filter((other) => other === size).length;
  return Array.from(sizes)
    .sort((a, b) => a - b)
    .reduce((best, size) => (count(size) > count(best) ? size : best));
}

function measuredScalars({ W_in, W_out }: Network, code: Matrix): ThreeScalars {
  const weights = (bit: number) => Float64Array.from(W_in.data.filter((_, at) => code.data[at] === bit));
  const meanOf = (values: Float64Array) => (values.length === 0 ? 0 : mean(values));
  return {
    on: meanOf(weights(1)),
    off: meanOf(weights(0)),
    scale: compareMatrices(W_out, pseudoinverse(code)).bestScale,
  };
}

function rowOf(
  name: ComparedCode,
  code: Matrix,
  scalars: ThreeScalars,
  { lossPerP, stderr, perInput }: FixedLoss,
  trained: FixedLoss,
): CodeRow {
  const ratio = lossPerP / trained.lossPerP;
  // The ratio of two means over the same inputs varies as the mean of a − ratio · b.
  const differences = perInput.map((loss, s) => loss - ratio * trained.perInput[s]!);
  const ratioStderr = stderr === 0 ? 0 : standardError(differences) / trained.lossPerP;
  const { overlaps } = codewords(code, { threshold: 0.5 });
  const squaredOverlaps = sum(overlaps.map((pairs, shared) => pairs * shared * shared));
  return { code: name, lossPerP, stderr, ratio, ratioStderr, scalars, squaredOverlaps };
}
