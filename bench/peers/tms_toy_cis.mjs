// The step of toy models of superposition in toy-cis, for 10 seeds in turn. Prints the same record as the PyTorch
// scripts, where a step is one of every instance.
//
//   node tms_toy_cis.mjs --steps 400 --seed 0 [--spread]
import { evaluateLoss } from "toy-cis/evaluate";
import { preset } from "toy-cis/spec";
import { argumentsOf, report, timed } from "./own.mjs";

const instances = 10;
const options = argumentsOf({ spread: { type: "boolean", default: false } });
const specs = Array.from({ length: instances }, (_, i) =>
  preset("tms-relu", [
    "model.features=100",
    "model.neurons=20",
    "loss.importance.kind=uniform",
    `data.p=${options.spread ? 20 ** (-i / (instances - 1)) : 0.05}`,
    `training.steps=${options.steps}`,
    `seed=${Number(options.seed) * instances + i}`,
  ]),
);
const run = await timed(specs, options.steps);
const losses = run.models.map(async (model, i) => {
  const { data } = specs[i];
  return (await evaluateLoss(model, { distribution: data, samples: 50_000, seed: 1 })).mean * data.p;
});
report(
  options,
  run,
  (await Promise.all(losses)).reduce((sum, loss) => sum + loss / instances, 0),
);
