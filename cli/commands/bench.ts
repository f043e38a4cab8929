/** `toy-cis bench`: steps a second of the training loop on this machine, by shape, density and kernel path. */
import { cpus } from "node:os";
import { mixingMatrix } from "../../src/data/index.ts";
import { hiddenNeurons, preset } from "../../src/spec/index.ts";
import { createTrainer } from "../../src/train/index.ts";
import type { Context } from "../context.ts";
import { startProgress } from "../progress.ts";
import { table } from "../table.ts";

/** One measured shape. */
interface Timing {
  /** The preset, or what is changed in it. */
  readonly model: string;
  readonly features: number;
  readonly neurons: number;
  readonly batch: number;
  readonly p: number;
  readonly kernelPath: string;
  /** Sampling and optimiser included; the best of a few windows, since other work only slows it down. */
  readonly stepsPerSecond: number;
}

/** A spec to measure: a preset with overrides, and what to call it. */
interface Shape {
  readonly model: string;
  readonly preset: string;
  readonly overrides: readonly string[];
}

const shapeOf = (model: string, preset: string, ...overrides: readonly string[]): Shape => {
  return { model, preset, overrides };
};

const ofSize = (...overrides: readonly string[]) =>
  shapeOf("compressed-computation", "compressed-computation", ...overrides);

/** As wide as the toy models of the literature's larger figures. */
const wide = ["model.features=100", "model.neurons=20", "data.p=0.05"] as const;

// The first is the compressed-computation model as published; the next vary one thing each. The rest is what Gram kernels
// do not take.
const shapes: readonly Shape[] = [
  ofSize(),
  ofSize("data.p=0.001"),
  ofSize("data.p=0.1"),
  ofSize("data.p=1"),
  ofSize("training.batch=256"),
  ofSize("model.features=20", "model.neurons=10"),
  ofSize("model.features=200", "model.neurons=100"),
  ofSize("model.features=500", "model.neurons=250"),
  shapeOf("l4", "l4"),
  shapeOf("tms-relu", "tms-relu"),
  shapeOf("tms-relu", "tms-relu", ...wide),
  shapeOf("two layers", "compressed-computation", "model.layers=2", "model.neurons=25"),
  shapeOf("gelu", "compressed-computation", "model.activation=gelu"),
];
const windows = 5;
const secondsPerWindow = 0.15;

/** Times every shape and prints a table. Takes some fifteen seconds. */
export async function benchCommand(this: Context, flags: { readonly json: boolean }): Promise<void> {
  const { terminal } = this;
  const progress = startProgress("timing", terminal, () => performance.now());
  const timings: Timing[] = [];
  for (const shape of shapes) {
    timings.push(timingOf(shape));
    progress.show(timings.length / shapes.length);
    // Lets Ctrl-C and the terminal in.
    await new Promise((resolve) => setImmediate(resolve));
  }
  progress.end();
  const host = { node: process.versions.node, cpu: cpus()[0]?.model ?? "unknown" };
  if (flags.json) return terminal.printJson({ ...host, timings });
  const rows = timings.map(
    ({ model, features, neurons, batch, p, kernelPath, stepsPerSecond }) =>
      [model, `${features}`, neurons, batch, `${p}`, kernelPath, stepsPerSecond] as const,
  );
  const header = ["model", "features", "neurons", "batch", "p", "kernels", "steps a second"];
  terminal.print(`Node ${host.node}, ${host.cpu}, one thread\n\n${table(header, rows, terminal)}`);
}

function timingOf({ model, preset: name, overrides }: Shape): Timing {
  const spec = preset(name, overrides);
  const { features } = spec.model;
  const trainer = createTrainer(spec, { mixing: mixingMatrix(spec.labels.mixing, features) });
  const secondsFor = (steps: number): number => {
    const start = performance.now();
    trainer.advance(steps);
    return (performance.now() - start) / 1000;
  };
  // Doubles until a window is long enough to be timed; that also warms the kernels up.
  let steps = 1;
  while (secondsFor(steps) < secondsPerWindow / 2 && steps < spec.training.steps / 4 / windows) steps *= 2;
  const best = Math.min(...Array.from({ length: windows }, () => secondsFor(steps) / steps));
  const p = spec.data.kind === "bernoulli" ? Number(spec.data.p) : 0;
  return {
    model,
    features,
    neurons: hiddenNeurons(spec.model),
    batch: spec.training.batch,
    p,
    kernelPath: trainer.kernelPath,
    stepsPerSecond: 1 / best,
  };
}
