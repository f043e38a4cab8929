/** The text of the report; sentences about results are made from the results. */
import { mean } from "../../numeric/statistics.ts";
import { seedsTo } from "../seeds.ts";
import type { Conclusion, Mode, Results } from "../study.ts";
import { levelsOf } from "./claims.ts";
import { levels } from "./plan.ts";
import { linesOf, pooled, stuckLevels } from "./sticky.ts";

const perSeed = (results: Results, mode: Mode) =>
  seedsTo(3).map((seed) => levelsOf(results, mode, "short", seed));

/** D* and what is named, over p; means over seeds. */
export function overview(results: Results, mode: Mode): Conclusion["table"] {
  const seeds = perSeed(results, mode);
  return {
    columns: ["p", "D*", "features represented", "of them in named polytopes"],
    rows: levels[mode].short!.map((p, i) => {
      const models = seeds.map((list) => list[i]!);
      const count = (isCounted: (polytope: string | null) => boolean) =>
        mean(
          models.map(({ clusters }) =>
            clusters.reduce((sum, { features, polytope }) => sum + (isCounted(polytope) ? features : 0), 0),
          ),
        );
      return [p, mean(models.map(({ dStar }) => dStar)), count(() => true), count((name) => name !== null)];
    }),
  };
}

const fractions: Readonly<Record<number, string>> = {
  [3 / 4]: "3/4",
  [2 / 3]: "2/3",
  [2 / 5]: "2/5",
  [3 / 8]: "3/8",
};

/** The answer of the study. */
export function answer(results: Results, mode: Mode): string {
  const seeds = perSeed(results, mode);
  const stuck = seeds.map(stuckLevels).join(", ");
  const lines = seeds.map(
    (list) =>
      linesOf(pooled(list))
        .map((at) => fractions[at])
        .join(" and ") || "none",
  );
  return `Of ${levels[mode].short!.length} levels of p, D* is within .03 of ½ at ${stuck} (one number a seed). Besides the line of digons at ½, dimensionalities have lines at: ${lines.join("; ")}.`;
}

export const introduction =
  "400 features of equal importance go through 30 dimensions and back, `ŷ = relu(Wᵀ W x + b)`. How many dimensions does a feature get? On the whole `D* = m/‖W‖²`, since a represented feature has about unit length; and each for itself `D_i = ‖W_i‖²/Σ_j (Ŵ_i·W_j)²`, which is 1 for a feature alone in its direction and d/v for each of v unit vectors that are spread evenly over d dimensions. The sum of all D_i is at most m.";

export const levelsText =
  "As features become sparse, D* does not go down evenly: it stays where features come in pairs, and D_i stand on the fractions of regular polytopes. Features that share directions are the connected components of the graph whose edges are pairs with |cos| ≥ .2. Different components are orthogonal, so the whole is a tegum product of them. A component is named when its number of features, its dimensions and every D_i are those of a polytope.";

export const jumpText =
  "A pentagon of five features alike is bent when one of them is active more or less often than the others. When it becomes rare enough, another arrangement has the lesser loss, and the best solution changes to it at once.";

export const pairsText =
  "Features that come together interfere whenever one of them is active, so they get directions of their own; features that never come together can share one, with opposite signs. Where there is no room, and features are dense, correlated ones share the direction of their sum: what principal component analysis would do.";

export const limits =
  "Lines are judged by a rule with fixed widths, and named polytopes by a distance of .012 from their fractions: features in crowded components have none. The short recipe sees a tenth of the samples of the paper's notebook; the full mode trains by the notebook's recipe too. The study does not follow features through training, where the paper sees losses fall in steps, nor vary a feature's importance. Small models are the best of four starts.";
