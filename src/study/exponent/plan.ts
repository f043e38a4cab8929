/**
 * What the study trains: 100 clean ReLUs asked of 50 neurons by the loss |ŷ − y|^q over the exponent q, with features as
 * neurons' own axes and with features embedded in 1,000 dimensions, whose outputs are read by Eᵀ.
 *
 * Every run has 12,000 steps of 2,048 samples, in both modes: the recipe of `l4-quick`, otherwise that of da Silva &
 * Heimersheim 2026 (arXiv 2607.04800). Embedded networks of exponent q take two to three times as long.
 */
import { powerTasks } from "../l4/plan.ts";
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import { type TrainTask, trainTask } from "../task.ts";

/** Exponents of the axis-aligned networks. */
export const exponents = [1, 2, 2.5, 3, 4, 6, 8] as const;

/** Exponents of the embedded ones: in the quick mode one on either side, and the fourth power. */
export const embeddedExponents: Readonly<Record<Mode, readonly number[]>> = {
  quick: [2, 2.5, 4],
  full: exponents,
};

const recipe = "l4-quick";
const seedCounts: Readonly<Record<Mode, { readonly aligned: number; readonly embedded: number }>> = {
  quick: { aligned: 3, embedded: 3 },
  full: { aligned: 5, embedded: 3 },
};

/** The tasks of an exponent's embedded networks are `embedded/EXPONENT/SEED`. */
export const embeddedGroup = (q: number): string => `embedded/${q}`;

/** The plan of the study. */
export function plan(mode: Mode): readonly TrainTask[] {
  const { aligned, embedded } = seedCounts[mode];
  return [
    ...exponents.flatMap((q) => powerTasks(recipe, q, aligned)),
    ...embeddedExponents[mode].flatMap((q) => embeddedTasks(q, embedded)),
  ];
}

function embeddedTasks(q: number, count: number): readonly TrainTask[] {
  return seedsTo(count).map((seed) =>
    trainTask({
      key: `${embeddedGroup(q)}/${seed}`,
      preset: recipe,
      overrides: [
        "model.embedding={kind: random, width: 1000}",
        `loss.exponent=${q}`,
        ...seeded(seed, "model.embedding.seed"),
      ],
      samples: 200_000,
      wants: ["positive-errors", "power", "code"],
    }),
  );
}
