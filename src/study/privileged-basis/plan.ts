/**
 * What the study trains: n = 10 features of importance .75^i in m = 5 hidden neurons, tied weights and ReLU outputs, over
 * sparsity. Hidden neurons are ReLUs, ReLUs with an L1 penalty on their activations, or linear for comparison.
 */
import { measureTask } from "../measure-task.ts";
import { seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import type { Task } from "../task.ts";

export const study = "privileged-basis";
export const repeats = seedsTo(3);

/** Hidden layers by name; λ = .01 is about the loss of a dense network. */
export const layers = {
  relu: { words: "ReLU", overrides: ["model.activation=relu"] },
  l1: { words: "ReLU, L1 penalty .01", overrides: ["model.activation=relu", "loss.l1=0.01"] },
  linear: { words: "linear", overrides: ["model.activation=identity"] },
} as const;
export type Layer = keyof typeof layers;
export const layerNames: readonly Layer[] = ["relu", "l1", "linear"];

/** p, from dense to sparse. */
export const densities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [1, 0.5, 0.2, 0.1, 0.03],
  full: [1, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.01],
};
/** Where claims are made: features still collide often, sometimes, and hardly ever. */
export const [often, sometimes, rarely] = [0.5, 0.1, 0.03];
const starts: Readonly<Record<Mode, number>> = { quick: 8, full: 30 };

export const keyOf = (layer: Layer, p: number, repeat: number): string => `${layer}/${p}/${repeat}`;

/** The plan of the study. */
export function plan(mode: Mode): readonly Task[] {
  return layerNames.flatMap((layer) =>
    densities[mode].flatMap((p) => repeats.map((repeat) => taskOf(mode, layer, p, repeat))),
  );
}

function taskOf(mode: Mode, layer: Layer, p: number, repeat: number): Task {
  const overrides = [
    ...["model.features=10", "model.neurons=5", "loss.importance.ratio=0.75", `data.p=${p}`],
    ...["training.steps=2000", "training.learningRate=0.01", "training.schedule=cosine"],
    ...layers[layer].overrides,
    // Further starts take the seeds that follow.
    `seed=${100 * repeat}`,
  ];
  return measureTask({
    ...{ key: keyOf(layer, p, repeat), study, measure: "bestBasis", given: { starts: starts[mode] } },
    specs: [{ preset: "tms-relu", overrides }],
  });
}
