/**
 * What the study trains: linear and ReLU-output models over sparsity with the recipe of the paper's notebook (presets
 * `tms-linear` and `tms-relu`), and five features in a plane, each from four starts.
 */
import { measureTask } from "../measure-task.ts";
import { seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import type { Task } from "../task.ts";

/** Models by their outputs. */
export const outputs = ["linear", "relu"] as const;
export type Output = (typeof outputs)[number];

/** Sizes over sparsity; feature i has importance ratio^i. */
export const sizes = {
  small: { features: 20, neurons: 5, ratio: 0.7 },
  large: { features: 80, neurons: 20, ratio: 0.9 },
} as const;
export type Size = keyof typeof sizes;

/** p, the probability that a feature is active, from dense to sparse. The quick mode draws the large models alone. */
export const densities: Readonly<Record<Mode, Readonly<Record<Size, readonly number[]>>>> = {
  quick: { small: [1, 0.1, 0.01, 0.001], large: [0.1, 0.01] },
  full: {
    small: [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001],
    large: [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001],
  },
};
const seedCounts = { quick: { small: 3, large: 1 }, full: { small: 3, large: 3 } } as const;

/** p of the five features in a plane; 1, .2 and .01 carry claims. */
export const planeDensities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [1, 0.2, 0.05, 0.01],
  full: [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01],
};
export const starts = 4;

export const sparsityGroup = (size: Size, output: Output): string => `sparsity/${size}/${output}`;
export const planeGroup = (p: number): string => `plane/${p}`;

/** The plan of the study. */
export function plan(mode: Mode): readonly Task[] {
  return [
    ...(["small", "large"] as const).flatMap((size) =>
      outputs.flatMap((output) =>
        seedsTo(seedCounts[mode][size]).map((seed) => sparsityTask(mode, size, output, seed)),
      ),
    ),
    ...planeDensities[mode].flatMap((p) => seedsTo(3).map((seed) => planeTask(p, seed))),
  ];
}

function sparsityTask(mode: Mode, size: Size, output: Output, seed: number): Task {
  const { features, neurons, ratio } = sizes[size];
  const sized = [`model.features=${features}`, `model.neurons=${neurons}`, `loss.importance.ratio=${ratio}`];
  return measureTask({
    key: `${sparsityGroup(size, output)}/${seed}`,
    study: "tms-basic",
    measure: "weights",
    specs: densities[mode][size].map((p) => ({
      preset: `tms-${output}`,
      overrides: [...sized, `data.p=${p}`, `seed=${seed}`],
    })),
  });
}

function planeTask(p: number, seed: number): Task {
  const shared = ["model.features=5", "model.neurons=2", "loss.importance.ratio=0.9", `data.p=${p}`];
  return measureTask({
    key: `${planeGroup(p)}/${seed}`,
    study: "tms-basic",
    measure: "weights",
    specs: seedsTo(starts).map((start) => ({
      preset: "tms-relu",
      overrides: [...shared, `seed=${starts * seed + start}`],
    })),
  });
}
