/** How long runs will take, from how long others took and the multiplications that both need. */
import type { Spec } from "../spec/schema.ts";
import { trainingSteps } from "../spec/training-steps.ts";
import { productsPerUpdate } from "../train/cost.ts";

/** A run whose time is known. */
export interface TimedRun {
  readonly spec: Spec;
  readonly seconds: number;
}

/**
 * Seconds that specs take on some workers, by the mean time of a multiplication in the timed runs. Good to a third when
 * these are of the same size and density; the overhead of small steps makes smaller ones look too fast.
 * @param timed at least one.
 */
export function estimateSeconds(specs: readonly Spec[], timed: readonly TimedRun[], workers: number): number {
  const seconds = timed.reduce((sum, run) => sum + run.seconds, 0);
  const products = timed.reduce((sum, run) => sum + productsOf(run.spec), 0);
  const total = specs.reduce((sum, spec) => sum + productsOf(spec), 0);
  return ((seconds / products) * total) / Math.max(1, Math.min(workers, specs.length));
}

/** The multiplications of training and of the evaluation at its end. */
function productsOf(spec: Spec): number {
  const { model, evaluate } = spec;
  return trainingSteps(spec) * productsPerUpdate(spec) + evaluate.samples * model.features * model.neurons;
}
