// The compressed-computation step in toy-cis, as a user calls it. Prints the same record as the PyTorch scripts.
//
//   node cc_toy_cis.mjs --steps 2000 --seed 0
//
// `seconds` is the whole call of `train`, initialisation included.
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { evaluateLoss } from "toy-cis/evaluate";
import { preset } from "toy-cis/spec";
import { train } from "toy-cis/train";

const { values: options } = parseArgs({
  options: { steps: { type: "string", default: "2000" }, seed: { type: "string", default: "0" } },
});
const steps = Number(options.steps);
const spec = preset("compressed-computation", [`training.steps=${steps}`, `seed=${options.seed}`]);

// A few steps first, as in the PyTorch scripts: kernels are compiled at first use.
await train(preset("compressed-computation", ["training.steps=20"]));
const start = performance.now();
const { model, kernelPath } = await train(spec);
const seconds = (performance.now() - start) / 1000;
const { mean } = await evaluateLoss(model, { distribution: spec.data, samples: 200_000, seed: 1 });
console.log(
  JSON.stringify({
    steps,
    seconds,
    stepsPerSecond: steps / seconds,
    node: process.versions.node,
    threads: 1,
    kernelPath,
    finalLoss: mean,
  }),
);
