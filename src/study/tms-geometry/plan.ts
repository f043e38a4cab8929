/**
 * What the study trains: 400 features of equal importance in 30 dimensions over p, each by a recipe of 1/10 of the samples of
 * the paper's notebook with a learning rate that ends at 0 (which leaves sharper lines); in full mode the notebook's own
 * recipe too. And small models in a plane, four starts each.
 */
import { measureTask } from "../measure-task.ts";
import { seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import type { Task } from "../task.ts";

/** Dimensions of the large models. */
export const neurons = 30;

const recipes = {
  short: [
    "training.batch=256",
    "training.steps=4000",
    "training.learningRate=0.003",
    "training.schedule=cosine",
  ],
  published: [],
} as const;
/** How the large models are trained. */
export type Recipe = keyof typeof recipes;

/** p of the large models, from dense to sparse. */
export const levels: Readonly<Record<Mode, Partial<Readonly<Record<Recipe, readonly number[]>>>>> = {
  quick: { short: [0.7, 0.5, 0.36, 0.33, 0.3, 0.25, 0.22, 0.2] },
  full: {
    short: [
      1, 0.8, 0.7, 0.6, 0.55, 0.5, 0.46, 0.42, 0.39, 0.36, 0.33, 0.3, 0.27, 0.25, 0.23, 0.22, 0.2, 0.18, 0.15,
      0.1,
    ],
    published: [0.7, 0.5, 0.42, 0.36, 0.33, 0.3, 0.25, 0.22, 0.2, 0.15],
  },
};
export const levelGroup = (recipe: Recipe, p: number): string => `level/${recipe}/${p}`;

/** The same for feature 0 as a factor of the others' density; 1 is a pentagon. */
export const densityFactors: Readonly<Record<Mode, readonly number[]>> = {
  quick: [0.1, 0.2, 0.5, 1, 2],
  full: [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 5],
};
export const factorGroup = (factor: number): string => `factor/${factor}`;
/** p of the pentagon. */
export const pentagonDensity = 0.05;

/** Kinds of data with the features of a pair active together, or one of them at a time. */
export const pairKinds = ["correlated", "anticorrelated"] as const;
export const pairGroup = (kind: (typeof pairKinds)[number]): string => `pairs/${kind}`;
/** Three correlated pairs in a plane, from dense to sparse. */
export const collapseDensities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [0.5, 0.05],
  full: [0.5, 0.3, 0.2, 0.1, 0.05, 0.02],
};
export const collapseGroup = (p: number): string => `collapse/${p}`;

/** Twenty features in ten dimensions, two groups of ten that come together. */
export const basesGroup = "bases";
const groupOf = (first: number) => Array.from({ length: 10 }, (_, i) => first + i);

const starts = 4;
const uniform = "loss.importance.kind=uniform";

/** The plan of the study. */
export function plan(mode: Mode): readonly Task[] {
  const large = (Object.keys(recipes) as Recipe[]).flatMap((recipe) =>
    (levels[mode][recipe] ?? []).flatMap((p) => seedsTo(3).map((seed) => levelTask(recipe, p, seed))),
  );
  const p = pentagonDensity;
  return [
    ...large,
    ...densityFactors[mode].flatMap((factor) =>
      planeTasks(factorGroup(factor), 5, `data.p=${JSON.stringify([factor * p, p, p, p, p])}`),
    ),
    ...pairKinds.flatMap((kind) =>
      planeTasks(pairGroup(kind), 4, `data={kind: ${kind}, groups: [[0,1],[2,3]], p: 0.1, values: positive}`),
    ),
    ...collapseDensities[mode].flatMap((density) =>
      planeTasks(
        collapseGroup(density),
        6,
        `data={kind: correlated, groups: [[0,1],[2,3],[4,5]], p: ${density}, values: positive}`,
      ),
    ),
    ...seedsTo(3).map(basesTask),
  ];
}

function levelTask(recipe: Recipe, p: number, seed: number): Task {
  const sized = ["model.features=400", `model.neurons=${neurons}`, uniform, `data.p=${p}`, `seed=${seed}`];
  return measureTask({
    key: `${levelGroup(recipe, p)}/${seed}`,
    study: "tms-geometry",
    measure: "level",
    specs: [{ preset: "tms-relu", overrides: [...sized, ...recipes[recipe]] }],
    given: { p },
  });
}

/** Three seeds of a small model in two dimensions, each with four starts. */
function planeTasks(group: string, features: number, data: string): Task[] {
  const shared = [`model.features=${features}`, "model.neurons=2", uniform, data];
  return seedsTo(3).map((seed) =>
    measureTask({
      key: `${group}/${seed}`,
      study: "tms-geometry",
      measure: "weights",
      specs: seedsTo(starts).map((start) => ({
        preset: "tms-relu",
        overrides: [...shared, `seed=${starts * seed + start}`],
      })),
    }),
  );
}

function basesTask(seed: number): Task {
  const groups = JSON.stringify([groupOf(0), groupOf(10)]);
  const data = `data={kind: correlated, groups: ${groups}, p: 0.05, values: positive}`;
  const overrides = ["model.features=20", "model.neurons=10", uniform, data, `seed=${seed}`];
  return measureTask({
    key: `${basesGroup}/${seed}`,
    study: "tms-geometry",
    measure: "weights",
    specs: [{ preset: "tms-relu", overrides }],
  });
}
