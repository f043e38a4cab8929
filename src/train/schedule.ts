/** Learning rates over training: pure functions of the step, from portable arithmetic, so of the same bits on every host. */
import { cos } from "../numeric/elementary.ts";
import type { Spec } from "../spec/schema.ts";

/**
 * The learning rate of a step: the schedule's, and over the first `warmup` steps a rising share of it.
 * @param step t, from 0 to T − 1
 * @param steps T
 */
export function learningRateAt(training: Spec["training"], step: number, steps: number): number {
  const { warmup } = training;
  const rate = scheduledRate(training, step, steps);
  return step + 1 < warmup ? rate * ((step + 1) / warmup) : rate;
}

function scheduledRate({ learningRate, schedule }: Spec["training"], step: number, steps: number): number {
  switch (schedule) {
    case "constant":
      return learningRate;
    case "linear":
      return learningRate * (1 - step / steps);
    case "cosine":
      return (learningRate * (1 + cos((Math.PI * step) / steps))) / 2;
    case "cosine-quarter":
      // A single step runs at the full rate.
      return steps === 1 ? learningRate : learningRate * cos((Math.PI * step) / (2 * (steps - 1)));
  }
}
