// What toy-cis's sides share: arguments, the timing and the printed record, which is that of the PyTorch scripts.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { mixingMatrix } from "toy-cis/data";
import { foldedModel } from "toy-cis/model";
import { createTrainer } from "toy-cis/train";

/** Options `--steps`, `--seed` and those of the side's own. */
export function argumentsOf(more = {}) {
  const options = { steps: { type: "string", default: "2000" }, seed: { type: "string", default: "0" } };
  const { values } = parseArgs({ options: { ...options, ...more } });
  return { ...values, steps: Number(values.steps) };
}

const trainerOf = (spec) =>
  createTrainer(spec, { mixing: mixingMatrix(spec.labels.mixing, spec.model.features) });

const warmUpSteps = 20;

/** Trains all specs to their ends, one step of each in turn, on one thread. */
function advanceAll(trainers, steps) {
  for (let step = 0; step < steps; step++) for (const trainer of trainers) trainer.advance(1);
}

/**
 * Trains every spec and returns the seconds taken, initialisation included, and the models. A few steps on models of
 * their own come first, as in the PyTorch scripts: kernels are compiled at first use.
 */
export async function timed(specs, steps) {
  advanceAll(specs.map(trainerOf), warmUpSteps);
  const start = performance.now();
  const trainers = specs.map(trainerOf);
  advanceAll(trainers, steps);
  const seconds = (performance.now() - start) / 1000;
  const nets = await Promise.all(trainers.map((trainer) => trainer.unfolded()));
  const models = nets.map((net, i) => foldedModel(specs[i], net));
  return { seconds, models, kernelPath: trainers[0].kernelPath };
}

/** Prints the record. @param finalLoss in the recipe's unit */
export function report({ steps }, { seconds, kernelPath }, finalLoss) {
  const record = { steps, seconds, stepsPerSecond: steps / seconds, node: process.versions.node };
  console.log(JSON.stringify({ ...record, threads: 1, kernelPath, finalLoss }));
}
