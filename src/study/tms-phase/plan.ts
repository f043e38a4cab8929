/**
 * What the study trains: n = 2 features in m = 1 dimension and n = 3 in m = 2, ReLU outputs with learned biases, over the
 * density of features and the relative importance r of the last one. Every cell has several starts.
 *
 * The recipe is shorter than that of the notebook of Elhage et al. 2022 (AdamW 0.001, constant): 1,000 steps at .01 on a
 * cosine, which takes the noise of the last steps away and so makes losses of starts comparable.
 */
import { sharingDensity } from "../../baseline/one-feature-too-many.ts";
import { measureTask } from "../measure-task.ts";
import { seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import type { Task } from "../task.ts";

export const study = "tms-phase";
/** Features; dimensions are one fewer. */
export const sizes = [2, 3] as const;

/** Evenly spaced on a logarithmic scale: five, or nine, to a factor of ten. */
export const importances: Readonly<Record<Mode, readonly number[]>> = {
  quick: [0.1, 0.16, 0.25, 0.4, 0.63, 1, 1.6, 2.5, 4, 6.3, 10],
  full: [0.1, 0.13, 0.17, 0.22, 0.28, 0.36, 0.46, 0.6, 0.77, 1, 1.3, 1.7, 2.2, 2.8, 3.6, 4.6, 6, 7.7, 10],
};
export const densities: Readonly<Record<Mode, readonly number[]>> = {
  quick: [0.01, 0.016, 0.025, 0.04, 0.063, 0.1, 0.16, 0.25, 0.4, 0.63, 1],
  full: [
    0.01, 0.013, 0.017, 0.022, 0.028, 0.036, 0.046, 0.06, 0.077, 0.1, 0.13, 0.17, 0.22, 0.28, 0.36, 0.46, 0.6,
    0.77, 1,
  ],
};
const gridStarts: Readonly<Record<Mode, number>> = { quick: 5, full: 10 };

/** Where the crossing is looked for: shares of s*, ascending, and the size of the step. */
export interface CrossingSearch {
  readonly features: number;
  readonly importance: number;
  readonly shares: readonly number[];
  readonly step: number;
}

const shares = (from: number, step: number, count: number): Pick<CrossingSearch, "shares" | "step"> => ({
  step,
  shares: Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(3))),
});

/** r = .3 crosses closely above s*; r = 1 far above it, but below 1.75 s* where every feature is always active. */
export const searches: readonly CrossingSearch[] = [
  { features: 2, importance: 0.3, ...shares(1, 0.02, 10) },
  { features: 2, importance: 1, ...shares(1.1, 0.05, 13) },
  { features: 3, importance: 0.3, ...shares(1, 0.02, 10) },
];
/** Of a search: each takes the best of its own starts. */
export const repeats = seedsTo(3);
const crossingStarts: Readonly<Record<Mode, number>> = { quick: 8, full: 10 };

export const gridKey = (features: number, row: number): string => `grid/${features}/${row}`;
export const crossingKey = ({ features, importance }: CrossingSearch, repeat: number): string =>
  `crossing/${features}/${importance}/${repeat}`;

/** The plan of the study: a task for each row of a diagram, and for each repeat of a search. */
export function plan(mode: Mode): readonly Task[] {
  const rows = sizes.flatMap((features) =>
    densities[mode].map((density, row) => {
      const cells = importances[mode].map((importance) => specOf(features, density, importance, 0));
      return taskOf(gridKey(features, row), cells, gridStarts[mode]);
    }),
  );
  const crossings = searches.flatMap((search) =>
    repeats.map((repeat) => {
      const { features, importance } = search;
      // Repeats share no seed, whatever the mode's starts.
      const specs = search.shares.map((share) =>
        specOf(features, share * sharingDensity(importance), importance, 100 * (repeat + 1)),
      );
      return taskOf(crossingKey(search, repeat), specs, crossingStarts[mode]);
    }),
  );
  return [...rows, ...crossings];
}

const taskOf = (key: string, specs: readonly ReturnType<typeof specOf>[], starts: number): Task =>
  measureTask({ key, study, measure: "placements", specs, given: { starts } });

function specOf(features: number, density: number, importance: number, seed: number) {
  const values = [...seedsTo(features - 1).map(() => 1), importance];
  return {
    preset: "tms-relu",
    overrides: [
      ...[`model.features=${features}`, `model.neurons=${features - 1}`],
      ...[`data.p=${density}`, `loss.importance={kind: list, values: [${values.join(", ")}]}`],
      ...["training.steps=1000", "training.learningRate=0.01", "training.schedule=cosine", `seed=${seed}`],
    ],
  };
}
