/**
 * L/p: the mean error per output, divided by p; squared unless another exponent q is asked for, |ŷ − y|^q. Every output
 * counts alike, whatever importance the training gave it.
 *
 * For the squared error of a plain network at sign-symmetric values the linear part is exact and the even part is sampled:
 * mean = linear + even, and the sampling error is that of the even part alone (docs/theory/odd-even-split.md); exactly one
 * active feature needs no sampling. For every other network the whole error is sampled, and its even part on the same
 * inputs: linear is their difference. With a label function, and for models that are functions, x and −x are taken in
 * pairs, and both parts are sampled.
 */
import { exactlyOneLoss } from "./exactly-one.ts";
import { type FunctionModel, isFunctionModel, toFunctionModel } from "./function-model.ts";
import { density, hasMoments, type InputDistribution, isSignSymmetric } from "./moments.ts";
import { isPlain, type Network, sizesOf } from "./network.ts";
import { linearPart } from "./odd-even-split.ts";
import { powerLoss } from "./power-loss.ts";
import { type SampledErrors, type SampleOptions, sampleErrors } from "./sampled-errors.ts";
import { sampleParts } from "./sampled-loss.ts";

/** A loss at one density of the inputs. Numbers are L/p. */
export interface EvaluatedLoss {
  /** The density of the inputs, k/n for exactly k. */
  readonly p: number;
  readonly mean: number;
  /** Standard error of `mean` from the inputs drawn; 0 when exact. */
  readonly stderr: number;
  /** The odd part, linear for a plain network; null when values are not sign-symmetric, and for exponents but 2. */
  readonly linear: number | null;
  /** The even part; null as `linear` is. */
  readonly even: number | null;
  /** Inputs drawn; 0 when exact. */
  readonly samples: number;
}

/** Which inputs, how many, and which loss. */
export interface LossOptions extends SampleOptions {
  /** q > 0 of |ŷ − y|^q; 2 unless told. */
  readonly exponent?: number;
}

/**
 * Evaluates the L/p of a network, or of any model as a function, on inputs of a distribution.
 *
 * A label function or a model is called twice an input, for x and −x; a million inputs of 100 features take about ten
 * seconds in one call each.
 * @throws when one answers with anything but finite numbers, one an output: the row, the output and the value
 * @throws RangeError on an exponent that is not above 0
 * @example await evaluateLoss(model, { distribution: { kind: "bernoulli", p: 0.01, values: "symmetric" }, samples: 1e6 })
 */
export async function evaluateLoss(
  network: Network | FunctionModel,
  options: LossOptions,
): Promise<EvaluatedLoss> {
  const { distribution, exponent = 2 } = options;
  if (isFunctionModel(network)) return ofModel(network, options);
  if (typeof network.labels === "function") return ofModel(toFunctionModel(network), options);
  if (!isPlain(network)) return ofNetwork(network, options);
  if (isExactlyOne(distribution)) return exact(network, distribution, exponent);
  return exponent === 2 && hasMoments(distribution) && isSignSymmetric(distribution)
    ? withExactLinearPart(network, options)
    : ofNetwork(network, options);
}

/** Whether a plain network's loss has a closed form: exactly one active feature. */
export function isExactlyOne(distribution: InputDistribution): boolean {
  return distribution.kind === "exactly" && distribution.k === 1;
}

function exact(network: Network, { values }: InputDistribution, exponent: number): EvaluatedLoss {
  const { lossPerP, linear, even } =
    exponent === 2
      ? exactlyOneLoss(network, values)
      : { ...powerLoss(network, exponent, values), linear: null, even: null };
  return { p: 1 / sizesOf(network).features, mean: lossPerP, stderr: 0, linear, even, samples: 0 };
}

async function withExactLinearPart(network: Network, options: LossOptions): Promise<EvaluatedLoss> {
  const { distribution } = options;
  const { features } = sizesOf(network);
  const p = density(distribution, features);
  const errors = await sampleErrors(network, options, "even");
  const { mean, stderr } = meanOfRows(errors, features * p);
  const linear = linearPart(network, distribution);
  return { p, mean: linear + mean, stderr, linear, even: mean, samples: errors.samples };
}

/** Everything sampled by an engine; the parts by two passes over the same inputs. */
async function ofNetwork(network: Network, options: LossOptions): Promise<EvaluatedLoss> {
  const { distribution, exponent = 2 } = options;
  const { features, outputs } = sizesOf(network);
  const p = density(distribution, features);
  const errors = await sampleErrors(network, options, "full", exponent);
  const { mean, stderr } = meanOfRows(errors, outputs * p);
  const { samples } = errors;
  if (exponent !== 2 || !isSignSymmetric(distribution)) {
    return { p, mean, stderr, linear: null, even: null, samples };
  }
  const even = meanOfRows(await sampleErrors(network, options, "even"), outputs * p).mean;
  return { p, mean, stderr, linear: mean - even, even, samples };
}

async function ofModel(model: FunctionModel, options: LossOptions): Promise<EvaluatedLoss> {
  const p = density(options.distribution, model.features);
  const parts = await sampleParts(model, options, options.exponent ?? 2);
  const { samples, odd } = parts;
  const scale = parts.perOutput.length * p;
  const { mean, stderr } = meanOfRows(parts, scale);
  if (odd === null) return { p, mean, stderr, linear: null, even: null, samples };
  const linear = odd / samples / scale;
  return { p, mean, stderr, linear, even: mean - linear, samples };
}

/** Mean over rows of Σ |e|^q / scale and its standard error, with the unbiased variance. */
export function meanOfRows({ sum, sumOfSquares, samples }: Omit<SampledErrors, "perOutput">, scale: number) {
  const mean = sum / samples;
  // Rounding can leave the difference just below zero when all rows are alike.
  const variance = Math.max(0, sumOfSquares - sum * mean) / (samples - 1);
  return { mean: mean / scale, stderr: Math.sqrt(variance / samples) / scale };
}
