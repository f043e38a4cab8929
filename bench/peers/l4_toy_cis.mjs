// The step under a loss of fourth powers in toy-cis. Prints the same record as the PyTorch scripts.
//
//   node l4_toy_cis.mjs --steps 500 --seed 0
import { evaluateLoss } from "toy-cis/evaluate";
import { preset } from "toy-cis/spec";
import { argumentsOf, report, timed } from "./own.mjs";

const options = argumentsOf();
const spec = preset("l4", [`training.steps=${options.steps}`, `seed=${options.seed}`]);
const run = await timed([spec], options.steps);
const asked = { distribution: spec.data, exponent: 4, samples: 200_000, seed: 1 };
const { mean } = await evaluateLoss(run.models[0], asked);
report(options, run, mean);
