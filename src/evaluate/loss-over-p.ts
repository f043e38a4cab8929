/** L/p over a grid of activities: the curves on which sparse and dense solutions differ. */
import type { ValueKind } from "../engine/engine.ts";
import type { FunctionModel } from "./function-model.ts";
import { type EvaluatedLoss, evaluateLoss, type LossOptions } from "./loss.ts";
import type { Network } from "./network.ts";

/** A grid of Bernoulli activities, and how to sample at each. */
export interface LossOverPOptions extends Omit<LossOptions, "distribution"> {
  /** Each in (0, 1]. */
  readonly p: readonly number[];
  /** U[-1,1] unless told. */
  readonly values?: ValueKind;
}

/** The loss for independent features at every p of the grid, in its order; each with the same seed. */
export async function evaluateLossOverP(
  network: Network | FunctionModel,
  { p, values = "symmetric", ...options }: LossOverPOptions,
): Promise<EvaluatedLoss[]> {
  const losses: EvaluatedLoss[] = [];
  for (const activity of p) {
    const distribution = { kind: "bernoulli", p: activity, values } as const;
    losses.push(await evaluateLoss(network, { ...options, distribution }));
  }
  return losses;
}
