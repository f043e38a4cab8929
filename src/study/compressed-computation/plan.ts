/**
 * What the study trains: every run is a preset with changes, so that the command line repeats it.
 *
 * Bhagat et al. 2026 (arXiv 2606.14673) train 100 features in 50 neurons at p = .01. A seed stands for a draw of the
 * weights, the batches and the mixing matrix together.
 */
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";
import {
  type BaselineTask,
  baselineTask,
  type Task,
  type TrainRequest,
  type TrainTask,
  trainTask,
} from "../task.ts";

/** Labels with the preset that has them. */
export const labelKinds = [
  { key: "clean", title: "clean, M = 0", preset: "cc-clean" },
  { key: "embedding", title: "embedding", preset: "cc-embedding" },
  { key: "published-sign", title: "embedding, published sign", preset: "cc-embedding-published-sign" },
  { key: "symmetric", title: "symmetric, σ = .033", preset: "cc-symmetric" },
  { key: "asymmetric", title: "asymmetric, σ = .025", preset: "cc-asymmetric" },
] as const;

/** The kinds with a mixing matrix drawn entry by entry. */
export const drawnKinds = ["symmetric", "asymmetric"] as const;
export type DrawnKind = (typeof drawnKinds)[number];

/**
 * σ of the sweeps. The full grid surrounds both published minima and crossings; the quick one has a few points. Those of
 * the label kinds are in both: their runs are the same and are trained once.
 */
export const mixingGrid: Readonly<Record<Mode, Readonly<Record<DrawnKind, readonly number[]>>>> = {
  full: {
    symmetric: [0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.033, 0.036, 0.042, 0.05, 0.056, 0.063, 0.07, 0.08],
    asymmetric: [0.005, 0.01, 0.015, 0.02, 0.025, 0.028, 0.032, 0.036, 0.042, 0.047, 0.053, 0.06],
  },
  quick: {
    symmetric: [0.02, 0.033, 0.05, 0.066],
    asymmetric: [0.015, 0.025, 0.04, 0.05],
  },
};

/** p of training and of evaluation; the published table has these ten. */
export const densities = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1] as const;

/** Where the label kinds are evaluated. */
export const evaluatedDensities = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] as const;

/** Ranks of the low-rank mixing matrices. */
export const mixingRanks = [5, 10, 25, 50, 75, 100] as const;

/** Variants of the original network of Braun et al.: what its bypass carries. Those without the wide embedding are quick. */
export const variants = [
  { key: "original", title: "original: embedding, identity bypass", isQuick: false, overrides: [] },
  {
    key: "no-bypass",
    title: "embedding, no bypass",
    isQuick: false,
    overrides: ["model.bypass.kind=none", "labels.function=relu"],
  },
  {
    key: "pseudoinverse",
    title: "embedding undone exactly (pinv E)",
    isQuick: false,
    overrides: ["model.embedding.unembedding=pseudoinverse"],
  },
  {
    key: "no-embedding",
    title: "identity bypass, no embedding",
    isQuick: true,
    overrides: ["model.embedding.kind=none"],
  },
  {
    key: "noise-bypass",
    title: "noisy bypass, no embedding",
    isQuick: true,
    overrides: ["model.embedding.kind=none", "model.bypass={kind: noise, std: 0.025}"],
  },
] as const;

/** Seeds of what is cheap and carries most claims, of what is cheap, and of what takes tens of seconds a run. */
const seedCounts = {
  quick: { labels: 4, narrow: 3, slow: 3 },
  full: { labels: 5, narrow: 5, slow: 3 },
} as const;

type Options = Omit<TrainRequest, "key" | "preset" | "overrides" | "from">;

/** One task a seed: `group/SEED`. */
function perSeed(
  count: number,
  group: string,
  preset: string,
  overrides: readonly string[] = [],
  options: Options = {},
): TrainTask[] {
  return seedsTo(count).map((seed) =>
    trainTask({
      key: `${group}/${seed}`,
      preset,
      overrides: [...overrides, ...seeded(seed, ...drawnFields(preset, overrides))],
      ...options,
    }),
  );
}

/** The fields with the seeds of a mixing matrix, an embedding or a noisy bypass. */
function drawnFields(preset: string, overrides: readonly string[]): readonly string[] {
  if (preset === "cc-clean") return [];
  if (preset !== "braun-residual") return ["labels.mixing.seed"];
  const embedded = overrides.includes("model.embedding.kind=none") ? [] : ["model.embedding.seed"];
  const noisy = overrides.some((override) => override.startsWith("model.bypass={kind: noise"));
  return noisy ? [...embedded, "model.bypass.seed"] : embedded;
}

/** The plan of the study. */
export function plan(mode: Mode): readonly Task[] {
  const { labels: labelSeeds, narrow, slow } = seedCounts[mode];
  const samples = mode === "quick" ? 200_000 : 1_000_000;
  const labels = labelKinds.flatMap(({ key, preset }) => labelTasks(labelSeeds, key, preset, samples));
  return [
    ...labels,
    ...sweepTasks(mode, narrow),
    ...learnedTasks(narrow),
    ...transplantTasks(narrow, labels),
    ...variantTasks(mode, narrow, slow),
    ...semiNmfTasks(mode, narrow),
    ...(mode === "full" ? [...longTasks(narrow), ...densityTasks(narrow), ...rankTasks(narrow)] : []),
  ];
}

const inspected = ["linear-map", "alignment", "spectra", "curve"] as const;

function labelTasks(count: number, group: string, preset: string, samples: number): TrainTask[] {
  const tasks = perSeed(count, group, preset, [], { p: evaluatedDensities, samples, wants: inspected });
  // The first of each is drawn whole.
  return tasks.map((task, i) => (i === 0 ? { ...task, wants: [...inspected, "weights"] } : task));
}

export const sweepGroup = (kind: DrawnKind, std: number): string => `sweep/${kind}/${std}`;

function sweepTasks(mode: Mode, count: number): TrainTask[] {
  return drawnKinds.flatMap((kind) =>
    mixingGrid[mode][kind].flatMap((std) =>
      perSeed(count, sweepGroup(kind, std), `cc-${kind}`, [`labels.mixing.std=${std}`]),
    ),
  );
}

function learnedTasks(count: number): TrainTask[] {
  const overrides = ["labels.mixing.std=0.01", "labels.mixing.scale=learned"];
  return drawnKinds.flatMap((kind) =>
    perSeed(count, `learned/${kind}`, `cc-${kind}`, overrides, { wants: ["curve"] }),
  );
}

/** To clean labels: a hundred steps at the full rate, and a whole run; and from clean labels to mixed ones. */
function transplantTasks(count: number, labels: readonly TrainTask[]): TrainTask[] {
  const transplant = (group: string, preset: string, from: string, overrides: readonly string[] = []) =>
    seedsTo(count).map((seed) =>
      trainTask({
        key: `${group}/${seed}`,
        preset,
        overrides: [...overrides, ...seeded(seed, ...drawnFields(preset, overrides))],
        from: labels.find(({ key }) => key === `${from}/${seed}`)!,
        wants: ["curve"],
      }),
    );
  return [
    ...transplant("to-clean-100", "cc-clean", "symmetric", [
      "training.steps=100",
      "training.schedule=constant",
    ]),
    ...transplant("to-clean", "cc-clean", "symmetric"),
    ...transplant("to-mixed", "cc-symmetric", "clean"),
  ];
}

function variantTasks(mode: Mode, narrow: number, slow: number): TrainTask[] {
  return variants
    .filter(({ isQuick }) => isQuick || mode === "full")
    .flatMap(({ key, overrides, isQuick }) =>
      perSeed(isQuick ? narrow : slow, key, "braun-residual", overrides),
    );
}

function semiNmfTasks(mode: Mode, count: number): BaselineTask[] {
  const restarts = mode === "quick" ? 1 : 2;
  return seedsTo(count).map((seed) =>
    baselineTask(
      `semi-nmf/${seed}`,
      "cc-asymmetric",
      ["labels.mixing.std=0.02", ...seeded(seed, "labels.mixing.seed")],
      restarts,
    ),
  );
}

/** The published alignment and slope are of runs of 20,000 steps. */
function longTasks(count: number): TrainTask[] {
  return perSeed(count, "long", "cc-symmetric", ["labels.mixing.std=0.03", "training.steps=20000"], {
    wants: ["linear-map", "alignment"],
  });
}

export const densityGroup = (p: number): string => `density/${p}`;

/** The published runs over sparsity count steps so that each p sees as many samples that are not empty. */
function densityTasks(count: number): TrainTask[] {
  return densities.flatMap((p) =>
    perSeed(
      count,
      densityGroup(p),
      "cc-asymmetric",
      ["labels.mixing.std=0.02", `data.p=${p}`, "training.count=nonEmptySamples"],
      { p: densities, samples: 300_000 },
    ),
  );
}

export const rankGroup = (rank: number): string => `rank/${rank}`;

function rankTasks(count: number): TrainTask[] {
  return mixingRanks.flatMap((rank) =>
    perSeed(count, rankGroup(rank), "cc-symmetric", [
      `labels.mixing={kind: low-rank, rank: ${rank}, std: 0.02}`,
    ]),
  );
}
