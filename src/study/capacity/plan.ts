/**
 * What the study trains: 20 features in 5 dimensions over importance and sparsity by the preset `tms-relu`, and absolute values
 * of 20 features from 8 ReLU neurons, whose neurons, unlike dimensions, are directions of their own.
 */
import { type MeasuredSpec, measureTask } from "../measure-task.ts";
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import type { Task } from "../task.ts";

export const dimensions = 5;
export const neurons = 8;

/** Feature i has importance ratio^i. */
export const ratios: Readonly<Record<Mode, readonly number[]>> = {
  quick: [0.7, 0.9],
  full: [0.7, 0.8, 0.9, 0.95, 1],
};
/** p, from dense to sparse. */
export const densities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [1, 0.1, 0.01],
  full: [1, 0.3, 0.1, 0.03, 0.01, 0.003],
};
export const gridGroup = (ratio: number): string => `grid/${ratio}`;
/** p of the networks that compute absolute values. */
export const absoluteDensities = [1, 0.01] as const;
export const absoluteGroup = "absolute";

type Request = Pick<MeasuredSpec, "preset" | "overrides">;

/** The plan of the study. */
export function plan(mode: Mode): readonly Task[] {
  const grid = ratios[mode].flatMap((ratio) =>
    seedsTo(3).map((seed) => {
      const specs = densities[mode].map((p) => ({
        preset: "tms-relu",
        overrides: [`loss.importance.ratio=${ratio}`, `data.p=${p}`, ...seeded(seed)],
      }));
      return task(`${gridGroup(ratio)}/${seed}`, specs);
    }),
  );
  return [...grid, ...seedsTo(3).map((seed) => task(`${absoluteGroup}/${seed}`, absoluteSpecs(seed)))];
}

const absoluteSpecs = (seed: number): readonly Request[] =>
  absoluteDensities.map((p) => ({
    preset: "tms-absolute",
    overrides: [
      ...["model.features=20", `model.neurons=${neurons}`],
      ...["loss.importance={kind: geometric, ratio: 0.8}", `data.p=${p}`, ...seeded(seed)],
    ],
  }));

const task = (key: string, specs: readonly Request[]): Task =>
  measureTask({ key, study: "capacity", measure: "capacities", specs });
