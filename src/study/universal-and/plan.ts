/**
 * What the study computes: the construction at growing numbers of neurons, with q fixed and with q that shrinks; one with
 * many features; and small ones beside networks that are trained on the same task.
 */
import { log } from "../../numeric/elementary.ts";
import { type MeasureTask, measureTask } from "../measure-task.ts";
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";

/** The name of the study. */
export const studyName = "universal-and";

/** n, s and the fixed q of the runs over neurons. */
export const scaling = { features: 100, active: 3, probability: 0.25 } as const;
/** h at the fixed q. */
export const fixedNeurons = [100, 400, 1600] as const;
/** h at q = ln n/√h: c = 1. */
export const shrinkingNeurons: Readonly<Record<Mode, readonly number[]>> = {
  quick: [400, 1600, 6400],
  full: [400, 1600, 6400, 25_600],
};
/** q = ln n/√h */
export const shrinkingProbability = (neurons: number): number => log(scaling.features) / Math.sqrt(neurons);

/** n, s and q of the constructions beside trained networks, and h of both. */
export const small = { features: 20, active: 2, probability: 0.25 } as const;
export const smallNeurons = [20, 40, 80] as const;

/** Constructions of many features, s = 2. */
export const large: Readonly<Record<Mode, readonly LargeSizes[]>> = {
  quick: [{ features: 200, neurons: 800, probability: 0.12 }],
  full: [
    { features: 200, neurons: 800, probability: 0.12 },
    { features: 400, neurons: 4000, probability: 0.1 },
  ],
};

/** A type, so that it counts as plain. */
export type LargeSizes = {
  readonly features: number;
  readonly neurons: number;
  readonly probability: number;
};

/** A construction to be measured; the last word says how q goes with h. */
export type ScalingPoint = {
  readonly rule: "fixed" | "shrinking";
  readonly neurons: number;
  readonly probability: number;
};

/** Wirings are cheap and vary; training is neither. */
const seeds = { scaling: 5, other: 3 } as const;

/** The plan: `scaling/SEED`, `large-N/SEED`, `small/SEED`. */
export function plan(mode: Mode): readonly MeasureTask[] {
  return [
    ...seedsTo(seeds.scaling).map((seed) => scalingTask(mode, seed)),
    ...large[mode].flatMap((sizes) => seedsTo(seeds.other).map((seed) => largeTask(sizes, seed))),
    ...seedsTo(seeds.other).map(smallTask),
  ];
}

function scalingTask(mode: Mode, seed: number): MeasureTask {
  const points: readonly ScalingPoint[] = [
    ...fixedNeurons.map((neurons) => ({ rule: "fixed" as const, neurons, probability: scaling.probability })),
    ...shrinkingNeurons[mode].map((neurons) => ({
      ...{ rule: "shrinking" as const, neurons, probability: shrinkingProbability(neurons) },
    })),
  ];
  return measureTask({
    key: `scaling/${seed}`,
    study: studyName,
    measure: "scaling",
    given: { features: scaling.features, active: scaling.active, seed, points },
  });
}

/** The name of the tasks of a large construction. */
export const largeGroup = ({ features }: Pick<LargeSizes, "features">): string => `large-${features}`;

function largeTask(sizes: LargeSizes, seed: number): MeasureTask {
  return measureTask({
    key: `${largeGroup(sizes)}/${seed}`,
    study: studyName,
    measure: "large",
    given: { ...sizes, active: 2, seed },
  });
}

/**
 * Trained on all inputs with two features on, by the fourth power, which minds the largest errors. Labels that are 1 are one
 * in 190, so that their errors count twenty times. W_in starts large enough for neurons to be on at all: the bias is −1.
 */
function smallTask(seed: number): MeasureTask {
  const { features, active, probability } = small;
  return measureTask({
    key: `small/${seed}`,
    study: studyName,
    measure: "small",
    given: { features, active, probability, seed },
    keeps: true,
    specs: smallNeurons.map((neurons) => ({
      preset: "cc-clean",
      overrides: [
        `model.features=${features}`,
        `model.neurons=${neurons}`,
        "model.bias=learned",
        "model.biasStart={hidden: -1}",
        "model.init={kind: uniform, a: {W_in: 1, W_out: 0.1}}",
        "labels.function=and",
        `data={kind: exactly, k: ${active}, values: binary}`,
        "loss={exponent: 4, onesWeight: 20}",
        "training={optimizer: adam, steps: 4000, batch: 256, learningRate: 0.01}",
        "evaluate.samples=1000",
        ...seeded(seed),
      ],
    })),
  });
}
