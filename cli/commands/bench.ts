/** `toy-cis bench`: steps a second of the training loop on this machine, by shape, density and kernel path. */
import { cpus } from "node:os";
import { mixingMatrix } from "../../src/data/index.ts";
import { preset, type Spec } from "../../src/spec/index.ts";
import { createTrainer } from "../../src/train/index.ts";
import type { Context } from "../context.ts";
import { startProgress } from "../progress.ts";
import { table } from "../table.ts";

/** One measured shape. */
interface Timing {
  readonly features: number;
  readonly neurons: number;
  readonly batch: number;
  readonly p: number;
  readonly kernelPath: string;
  /** Sampling and optimiser included; the best of a few windows, since other work only slows it down. */
  readonly stepsPerSecond: number;
}

// The first is the compressed-computation model as published; the others vary one thing each.
const shapes: readonly (readonly string[])[] = [
  [],
  ["data.p=0.001"],
  ["data.p=0.1"],
  ["data.p=1"],
  ["training.batch=256"],
  ["model.features=20", "model.neurons=10"],
  ["model.features=200", "model.neurons=100"],
  ["model.features=500", "model.neurons=250"],
];
const windows = 5;
const secondsPerWindow = 0.15;

/** Times every shape and prints a table. Takes some ten seconds. */
export async function benchCommand(this: Context, flags: { readonly json: boolean }): Promise<void> {
  const { terminal } = this;
  const progress = startProgress("timing", terminal, () => performance.now());
  const timings: Timing[] = [];
  for (const shape of shapes) {
    timings.push(timingOf(preset("compressed-computation", shape)));
    progress.show(timings.length / shapes.length);
    // Lets Ctrl-C and the terminal in.
    await new Promise((resolve) => setImmediate(resolve));
  }
  progress.end();
  const host = { node: process.versions.node, cpu: cpus()[0]?.model ?? "unknown" };
  if (flags.json) return terminal.printJson({ ...host, timings });
  const rows = timings.map(
    ({ features, neurons, batch, p, kernelPath, stepsPerSecond }) =>
      [`${features}`, neurons, batch, `${p}`, kernelPath, stepsPerSecond] as const,
  );
  const header = ["features", "neurons", "batch", "p", "kernels", "steps a second"];
  terminal.print(`Node ${host.node}, ${host.cpu}, one thread\n\n${table(header, rows, terminal)}`);
}

function timingOf(spec: Spec): Timing {
  const { features, neurons } = spec.model;
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
    features,
    neurons,
    batch: spec.training.batch,
    p,
    kernelPath: trainer.kernelPath,
    stepsPerSecond: 1 / best,
  };
}
