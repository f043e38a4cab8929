/** L/p output by output: which features a network answers, and which it leaves. The mean over outputs is the loss. */
import { exactlyOneLoss } from "./exactly-one.ts";
import { type FunctionModel, isFunctionModel, toFunctionModel } from "./function-model.ts";
import { isExactlyOne, type LossOptions } from "./loss.ts";
import { density, hasMoments, isSignSymmetric } from "./moments.ts";
import { isPlain, type Network, sizesOf } from "./network.ts";
import { linearPartPerOutput } from "./odd-even-split.ts";
import { powerLoss } from "./power-loss.ts";
import { sampleErrors } from "./sampled-errors.ts";
import { sampleParts } from "./sampled-loss.ts";

/**
 * E |ŷ_i − y_i|^q / p for every output i, sampled or exact as in `evaluateLoss`.
 *
 * @returns [outputs]: one a feature or, for labels of pairs, one a pair
 */
export async function perFeatureLoss(
  network: Network | FunctionModel,
  options: LossOptions,
): Promise<Float64Array> {
  const { distribution, exponent = 2 } = options;
  if (isFunctionModel(network)) return ofModel(network, options);
  if (typeof network.labels === "function") return ofModel(toFunctionModel(network), options);
  const plain = isPlain(network);
  if (plain && isExactlyOne(distribution)) {
    const { values } = distribution;
    return (exponent === 2 ? exactlyOneLoss(network, values) : powerLoss(network, exponent, values))
      .perOutput;
  }
  const p = density(distribution, sizesOf(network).features);
  const split = plain && exponent === 2 && hasMoments(distribution) && isSignSymmetric(distribution);
  const { perOutput, samples } = await sampleErrors(network, options, split ? "even" : "full", exponent);
  const sampled = perOutput.map((sum) => sum / samples / p);
  if (!split) return sampled;
  const linear = linearPartPerOutput(network, distribution);
  return sampled.map((even, i) => linear[i]! + even);
}

async function ofModel(model: FunctionModel, options: LossOptions): Promise<Float64Array> {
  const p = density(options.distribution, model.features);
  const { perOutput, samples } = await sampleParts(model, options, options.exponent ?? 2);
  return perOutput.map((sum) => sum / samples / p);
}
