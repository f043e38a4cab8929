/** The text of the report; sentences about results are made from the results. */
import { mean } from "../../numeric/statistics.ts";
import { countRepresented } from "../feature-shape.ts";
import type { Conclusion, Mode, Results } from "../study.ts";
import type { TiedWeights } from "../tied-weights.ts";
import { densities, outputs, sparsityGroup } from "./plan.ts";

/** Represented features over sparsity, mean over seeds. */
export function overview(results: Results, mode: Mode): Conclusion["table"] {
  const counts = (output: (typeof outputs)[number], level: number) =>
    mean(
      results
        .measuredGroup<readonly TiedWeights[]>(sparsityGroup("small", output))
        .map((levels) => countRepresented(levels[level]!)),
    );
  return {
    columns: ["p", "features represented, linear", "features represented, ReLU outputs"],
    rows: densities[mode].small.map((p, level) => [p, ...outputs.map((output) => counts(output, level))]),
  };
}

/** The answer of the study. */
export function answer(results: Results, mode: Mode): string {
  const { rows } = overview(results, mode);
  const [dense, sparse] = [rows[0]!, rows.at(-1)!];
  const words = (row: typeof dense) => `${round(row[1])} with linear and ${round(row[2])} with ReLU outputs`;
  return `Of 20 features in 5 dimensions, dense ones (p = ${dense[0]}) are represented ${words(dense)}, sparse ones (p = ${sparse[0]}) ${words(sparse)}, mean over seeds.`;
}

const round = (value: string | number | null | undefined): string => Number(value).toFixed(1);

export const introduction =
  "A network of m neurons without nonlinearity, `h = W x`, reads n > m features back by the same weights, `ŷ = Wᵀ h + b` or `ŷ = relu(Wᵀ h + b)`, and is asked for `x` itself; errors of feature i weigh as much as its importance. Features have values from 0 to 1 and are active with probability p. A column of `W` is a feature's direction: its length says whether the feature is represented, and its products with the others how far it shares its direction.";

export const sparsityText =
  "Without the ReLU the best that can be done is principal component analysis: the most important features, as many as there are dimensions. With it, negative interference costs nothing, and while features are sparse, positive interference is rare.";

export const planeText =
  "In two dimensions the directions can be seen. Many starts end in a local minimum, so each seed has four, of which that of least loss counts; the table says where all of them ended.";

export const limits =
  "These are networks of one linear layer that store features and compute nothing with them: superposition of *representations*. Features are independent and have one-sided values. Angles and counts are those of the best of four starts; that a solution has the least loss of all is not proved by it. What counts as represented (‖W_i‖² > ½) is a line drawn here; the paper shows lengths.";
