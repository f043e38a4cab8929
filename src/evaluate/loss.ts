/**
 * L/p: the mean squared error per output, divided by p, with its linear and even parts.
 *
 * For sign-symmetric values the linear part is exact and the even part is sampled: mean = linear + even, and the
 * sampling error is that of the even part alone (docs/theory/odd-even-split.md). Otherwise the whole error is sampled.
 * Exactly one active feature needs no sampling. With a label function, and for models that are functions, everything
 * is sampled, both parts too.
 */
import { exactlyOneLoss } from "./exactly-one.ts";
import { type FunctionModel, isFunctionModel, toFunctionModel } from "./function-model.ts";
import { density, type InputDistribution, isSignSymmetric } from "./moments.ts";
import { type Network, sizesOf } from "./network.ts";
import { linearPart } from "./odd-even-split.ts";
import { type SampledErrors, type SampleOptions, sampleErrors } from "./sampled-errors.ts";
import { sampleParts } from "./sampled-loss.ts";

/** A loss at one density of the inputs. Numbers are L/p. */
export interface EvaluatedLoss {
  /** The density of the inputs, k/n for exactly k. */
  readonly p: number;
  readonly mean: number;
  /** Standard error of `mean` from the inputs drawn; 0 when exact. */
  readonly stderr: number;
  /** The linear part, with a label function or a function model the odd part; null when values are not sign-symmetric. */
  readonly linear: number | null;
  /** The even part; null when values are not sign-symmetric. */
  readonly even: number | null;
  /** Inputs drawn; 0 when exact. */
  readonly samples: number;
}

/**
 * Evaluates the L/p of a network, or of any model as a function, on inputs of a distribution.
 *
 * A label function or a model is called twice an input, for x and −x; a million inputs of 100 features take about ten
 * seconds in one call each.
 * @throws when one answers with anything but `features` finite numbers: the row, the output and the value
 * @example await evaluateLoss(model, { distribution: { kind: "bernoulli", p: 0.01, values: "symmetric" }, samples: 1e6 })
 */
export async function evaluateLoss(
  network: Network | FunctionModel,
  options: SampleOptions,
): Promise<EvaluatedLoss> {
  const { distribution } = options;
  if (isFunctionModel(network)) return sampled(network, options);
  if (network.labels !== undefined) return sampled(toFunctionModel(network), options);
  if (isExactlyOne(distribution)) return exact(network, distribution);
  const { features } = sizesOf(network);
  const p = density(distribution, features);
  const split = isSignSymmetric(distribution);
  const errors = await sampleErrors(network, options, split ? "even" : "full");
  const { mean, stderr } = meanOfRows(errors, features * p);
  const { samples } = errors;
  if (!split) return { p, mean, stderr, linear: null, even: null, samples };
  const linear = linearPart(network, distribution);
  return { p, mean: linear + mean, stderr, linear, even: mean, samples };
}

/** Whether the loss has a closed form: exactly one active feature. */
export function isExactlyOne(distribution: InputDistribution): boolean {
  return distribution.kind === "exactly" && distribution.k === 1;
}

function exact(network: Network, { values }: InputDistribution): EvaluatedLoss {
  const { lossPerP, linear, even } = exactlyOneLoss(network, values);
  return { p: 1 / sizesOf(network).features, mean: lossPerP, stderr: 0, linear, even, samples: 0 };
}

async function sampled(model: FunctionModel, options: SampleOptions): Promise<EvaluatedLoss> {
  const p = density(options.distribution, model.features);
  const parts = await sampleParts(model, options);
  const { samples, odd } = parts;
  const { mean, stderr } = meanOfRows(parts, model.features * p);
  if (odd === null) return { p, mean, stderr, linear: null, even: null, samples };
  const linear = odd / samples / (model.features * p);
  return { p, mean, stderr, linear, even: mean - linear, samples };
}

/** Mean over rows of ‖e‖² / scale and its standard error, with the unbiased variance. */
export function meanOfRows({ sum, sumOfSquares, samples }: Omit<SampledErrors, "perOutput">, scale: number) {
  const mean = sum / samples;
  // Rounding can leave the difference just below zero when all rows are alike.
  const variance = Math.max(0, sumOfSquares - sum * mean) / (samples - 1);
  return { mean: mean / scale, stderr: Math.sqrt(variance / samples) / scale };
}
