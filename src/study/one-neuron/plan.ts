/**
 * What the study trains: one neuron for two features, M drawn symmetric with nothing on its diagonal, from several starts,
 * since one ReLU can start where no gradient leads to the best. Everything else of the study is a closed form.
 */
import { bestOneNeuron } from "../../baseline/one-neuron.ts";
import { exactlyOneLoss } from "../../evaluate/exactly-one.ts";
import { type Measure, type MeasureTask, measureTask } from "../measure-task.ts";
import { seeded, seedsTo } from "../seeds.ts";
import type { Mode } from "../study.ts";

/** The name of the study. */
export const studyName = "one-neuron";

const draws: Readonly<Record<Mode, number>> = { quick: 5, full: 20 };
const starts = 8;

/** What is measured of one draw of M: a type, so that it counts as plain. */
export type TrainedDraw = {
  /** The entry of M off its diagonal. */
  readonly s: number;
  /** L/p of the best weights, in closed form. */
  readonly best: number;
  /** L/p of each trained network. */
  readonly trained: readonly number[];
};

/** A task a draw of M, `trained/DRAW`. */
export function plan(mode: Mode): readonly MeasureTask[] {
  return seedsTo(draws[mode]).map((draw) =>
    measureTask({
      key: `trained/${draw}`,
      study: studyName,
      measure: "trained",
      specs: seedsTo(starts).map((start) => ({
        preset: "cc-clean",
        overrides: [
          "model.features=2",
          "model.neurons=1",
          "data={kind: exactly, k: 1, values: sign}",
          `labels.mixing={kind: symmetric, std: 0.2, diagonal: zero, seed: ${draw}}`,
          "training={optimizer: adam, steps: 2000, batch: 256, learningRate: 0.01}",
          "evaluate.samples=100",
          ...seeded(start),
        ],
      })),
    }),
  );
}

/** Compares trained networks with the best for their M. */
const trained: Measure = (models): TrainedDraw => {
  const s = models[0]!.model.M!.data[1]!;
  const { lossPerP } = bestOneNeuron([
    [0, -s],
    [-s, 0],
  ]);
  return { s, best: lossPerP, trained: models.map(({ model }) => exactlyOneLoss(model, "sign").lossPerP) };
};

/** The measures of the study. */
export const measures = { trained };
