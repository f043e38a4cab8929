/** L/p output by output: which features a network answers, and which it leaves. The mean over outputs is the loss. */
import { exactlyOneLoss } from "./exactly-one.ts";
import { type FunctionModel, isFunctionModel, toFunctionModel } from "./function-model.ts";
import { isExactlyOne } from "./loss.ts";
import { density, isSignSymmetric } from "./moments.ts";
import { type Network, sizesOf } from "./network.ts";
import { linearPartPerOutput } from "./odd-even-split.ts";
import { type SampleOptions, sampleErrors } from "./sampled-errors.ts";
import { sampleParts } from "./sampled-loss.ts";

/**
 * E (ŷ_i − y_i)² / p for every output i, its linear part exact and its even part sampled as in `evaluateLoss`.
 *
 * @returns [features]
 */
export async function perFeatureLoss(
  network: Network | FunctionModel,
  options: SampleOptions,
): Promise<Float64Array> {
  const { distribution } = options;
  if (isFunctionModel(network)) return sampledPerFeature(network, options);
  if (network.labels !== undefined) return sampledPerFeature(toFunctionModel(network), options);
  if (isExactlyOne(distribution)) return exactlyOneLoss(network, distribution.values).perOutput;
  const p = density(distribution, sizesOf(network).features);
  const split = isSignSymmetric(distribution);
  const { perOutput, samples } = await sampleErrors(network, options, split ? "even" : "full");
  const sampled = perOutput.map((sum) => sum / samples / p);
  if (!split) return sampled;
  const linear = linearPartPerOutput(network, distribution);
  return sampled.map((even, i) => linear[i]! + even);
}

async function sampledPerFeature(model: FunctionModel, options: SampleOptions): Promise<Float64Array> {
  const p = density(options.distribution, model.features);
  const { perOutput, samples } = await sampleParts(model, options);
  return perOutput.map((sum) => sum / samples / p);
}
