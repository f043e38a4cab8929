/**
 * What the study trains: absolute values by ReLU neurons and ReLU outputs, of n = 3 features with m = 6 neurons, n = 6 with
 * m = 10, and n = 100 with m = 40, the last two with importance .8^i (Elhage et al. 2022, arXiv 2209.10652).
 */
import { measureTask } from "../measure-task.ts";
import { seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import type { Task } from "../task.ts";

export const study = "tms-abs";
export const repeats = seedsTo(3);

/** p of the small networks, where motifs are looked for; claims are about `motifDensity`. */
export const smallDensities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [0.3, 0.1],
  full: [1, 0.5, 0.3, 0.1, 0.03],
};
export const motifDensity = 0.3;
/** p of the wide networks, from dense to sparse; the ends of the quick list carry claims. */
export const wideDensities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [1, 0.1, 0.01],
  full: [1, 0.3, 0.1, 0.03, 0.01, 0.003],
};
export const dense = 1;
export const sparse = 0.01;

export const pairsKey = (repeat: number): string => `pairs/${repeat}`;
export const smallKey = (p: number, repeat: number): string => `small/${p}/${repeat}`;
export const wideKey = (p: number, repeat: number): string => `wide/${p}/${repeat}`;

/** The plan of the study. */
export function plan(mode: Mode): readonly Task[] {
  return [
    ...repeats.map(pairsTask),
    ...smallDensities[mode].flatMap((p) => repeats.map((repeat) => smallTask(p, repeat))),
    ...wideDensities[mode].flatMap((p) => repeats.map((repeat) => wideTask(p, repeat))),
  ];
}

/** Further starts take the seeds that follow. */
const seedOf = (repeat: number): string => `seed=${100 * repeat}`;
const decaying = "loss.importance={kind: geometric, ratio: 0.8}";

/** The preset as it is, the best of four starts: about one in ten leaves a feature out. */
const pairsTask = (repeat: number): Task =>
  measureTask({
    ...{ key: pairsKey(repeat), study, measure: "pairs", given: { starts: 4 } },
    specs: [{ preset: "tms-absolute", overrides: [seedOf(repeat)] }],
  });

function smallTask(p: number, repeat: number): Task {
  const sized = ["model.features=6", "model.neurons=10", decaying, `data.p=${p}`];
  const recipe = ["training.steps=3000", "training.learningRate=0.01", "training.schedule=cosine"];
  return measureTask({
    ...{ key: smallKey(p, repeat), study, measure: "motifs", given: { starts: 6 } },
    specs: [{ preset: "tms-absolute", overrides: [...sized, ...recipe, seedOf(repeat)] }],
  });
}

function wideTask(p: number, repeat: number): Task {
  const sized = ["model.features=100", "model.neurons=40", decaying, `data.p=${p}`];
  const recipe = ["training.steps=3000", "training.learningRate=0.003", "training.schedule=cosine"];
  return measureTask({
    ...{ key: wideKey(p, repeat), study, measure: "wide" },
    specs: [{ preset: "tms-absolute", overrides: [...sized, ...recipe, seedOf(repeat)] }],
  });
}
