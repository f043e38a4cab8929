/**
 * What the study trains: the residual networks of Braun et al. 2025 (arXiv 2501.14926), width 1000, with about 50 neurons
 * in one, two or three layers; 10,000 steps of 2,048 samples at p = .01.
 *
 * A seed stands for a draw of the embedding, the weights and the batches together. Both modes train the whole recipe; the
 * full one has more seeds and more inputs to evaluate on. The runs of one layer are those of the compressed-computation
 * study.
 */
import { type MeasureTask, measureTask } from "../measure-task.ts";
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";

/** The networks, by how their neurons are spread over layers. */
export const networks = [
  { key: "1x50", title: "1 layer of 50", preset: "braun-residual", neurons: 50 },
  { key: "2x25", title: "2 layers of 25", preset: "braun-residual-2", neurons: 50 },
  { key: "3x17", title: "3 layers of 17", preset: "braun-residual-3", neurons: 51 },
] as const;

/** One of them. */
export type NetworkKind = (typeof networks)[number];

export const features = 100;
/** Where networks are trained, and evaluated if nothing else is said. */
export const density = 0.01;
/** How many features are active together, where that number is fixed. */
export const counts = [1, 2, 3, 4, 5] as const;

const sizes = {
  quick: { seeds: 3, samples: 200_000 },
  full: { seeds: 5, samples: 1_000_000 },
} as const;

/** What the measure is told. */
export interface Given {
  /** Inputs that losses are evaluated on. */
  readonly samples: number;
  /** Whether to keep what figures of a single network draw. */
  readonly isDrawn: boolean;
}

/** The plan: one task a network and seed, `KEY/SEED`. */
export function plan(mode: Mode): readonly MeasureTask[] {
  const { seeds, samples } = sizes[mode];
  return networks.flatMap(({ key, preset }) =>
    seedsTo(seeds).map((seed) => taskOf(key, preset, seed, { samples, isDrawn: seed === 0 })),
  );
}

function taskOf(key: string, preset: string, seed: number, given: Given): MeasureTask {
  // Kept runs are evaluated once more when trained; the study's own evaluation is the one that counts.
  const overrides = [...seeded(seed, "model.embedding.seed"), "evaluate.samples=100000"];
  return measureTask({
    key: `${key}/${seed}`,
    study: "residual-mlp",
    measure: "residual",
    specs: [{ preset, overrides }],
    keeps: true,
    given: { ...given },
  });
}
