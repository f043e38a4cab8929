// Steps a second of one spec in this process.
import { performance } from "node:perf_hooks";
import { mixingMatrix } from "toy-cis/data";
import { createTrainer } from "toy-cis/train";

const windowSeconds = 0.1;

/**
 * The speed of the training loop, sampling and optimiser included, over a tenth of a second or more; and which kernels
 * ran. The window doubles until it is long enough, which also warms the kernels up.
 */
export function speedOf(spec) {
  const mixing = mixingMatrix(spec.labels.mixing, spec.model.features);
  const trainer = createTrainer(spec, { mixing });
  for (let steps = 1; ; steps *= 2) {
    const start = performance.now();
    trainer.advance(steps);
    const seconds = (performance.now() - start) / 1000;
    if (seconds > windowSeconds) return { speed: steps / seconds, kernelPath: trainer.kernelPath };
  }
}
