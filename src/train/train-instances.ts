/**
 * The instance axis: many seeds, sparsities or sizes of a small model, trained in one call.
 *
 * One after the other, each in a program of its own: a small model lives in the first cache, and a batch of instances would
 * only take it out. Ten instances of 5 features take a third of the time of a batched PyTorch step (`npm run bench:peers`).
 * For many processors, and to keep every run, sweep them: docs/guides/sweeps.md.
 */
import type { Spec } from "../spec/schema.ts";
import { trainingSteps } from "../spec/training-steps.ts";
import { type Trained, type TrainOptions, train } from "./train.ts";

/** What {@link trainInstances} takes beside the specs. */
export interface InstancesOptions extends Pick<TrainOptions, "engine" | "signal"> {
  /** Hears of updates made, of those in all instances, about a hundred times an instance. */
  readonly onProgress?: (step: number, steps: number) => void;
}

/**
 * Trains every spec; each gives the same bits as alone.
 *
 * @returns the trained models, in the order of the specs
 * @throws as {@link train} does, and when `signal` stops it: nothing is returned then
 * @example await trainInstances([0, 1, 2].map((seed) => preset("tms-relu", [`seed=${seed}`])))
 */
export async function trainInstances(
  specs: readonly Spec[],
  { onProgress, ...options }: InstancesOptions = {},
): Promise<readonly Trained[]> {
  const steps = specs.reduce((sum, spec) => sum + trainingSteps(spec), 0);
  const trained: Trained[] = [];
  let before = 0;
  for (const spec of specs) {
    const one = await train(spec, { ...options, onRecord: ({ step }) => onProgress?.(before + step, steps) });
    options.signal?.throwIfAborted();
    trained.push(one);
    before += trainingSteps(spec);
  }
  return trained;
}
