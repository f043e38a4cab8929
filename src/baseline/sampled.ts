/** The losses of a net without closed form beyond one active feature: exact there, sampled at the problem's density. */
import { exactlyOneLoss } from "../evaluate/exactly-one.ts";
import { evaluateLoss } from "../evaluate/loss.ts";
import type { InputDistribution } from "../evaluate/moments.ts";
import type { Network } from "../evaluate/network.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import type { NetworkBaseline } from "./problem.ts";

/** How many inputs are drawn, and from which seed. */
export type Sampling = Omit<SampleOptions, "distribution">;

/** A net with its losses; the linear part and everything for exactly one active feature are exact. */
export interface SampledBaseline extends NetworkBaseline {
  /** Standard error of `lossPerP` and `even`; 0 when exact. */
  readonly stderr: number;
}

/** The losses of a net on inputs of a distribution, and for exactly one active feature. */
export async function sampledBaseline(
  network: Network,
  distribution: InputDistribution,
  sampling: Sampling,
): Promise<SampledBaseline> {
  const { mean, linear, even, stderr } = await evaluateLoss(network, { ...sampling, distribution });
  const once = exactlyOneLoss(network, distribution.values);
  const exactlyOne = { lossPerP: once.lossPerP, linear: once.linear, even: once.even };
  return { lossPerP: mean, linear, even, stderr, exactlyOne, network };
}
