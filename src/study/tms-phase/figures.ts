/** Diagrams of both sizes, hand-built beside trained, and the crossings in numbers. */
import { sharingDensity } from "../../baseline/one-feature-too-many.ts";
import { phaseFigure } from "../../figure/phase-figure.ts";
import { mean } from "../../numeric/statistics.ts";
import type { Conclusion, FigureBlock, Mode, Results } from "../study.ts";
import { densities, gridKey, importances, repeats, searches } from "./plan.ts";
import { builtCells, crossings, trainedCells } from "./readings.ts";

/** The boundary s* up to r = 1. */
const boundaryOf = (mode: Mode) =>
  importances[mode]
    .filter((importance) => importance <= 1)
    .map((importance) => ({ importance, density: sharingDensity(importance) }));

/** The diagram of n features: what the formulas say beside what is trained. */
export function phaseBlock(results: Results, features: number, mode: Mode): FigureBlock {
  return {
    kind: "figure",
    name: `phases-${features}`,
    title: `What becomes of the extra feature: n = ${features}, m = ${features - 1}.`,
    caption:
      "Left: the hand-built network of the least exact loss. Right: the best of the trained starts. Dashed: s* = 4r/(2 + 5r), where ignoring and sharing lose the same when built by hand. Trained networks go on sharing above it.",
    tasks: densities[mode].map((_, row) => gridKey(features, row)),
    draw: (host) =>
      phaseFigure(
        {
          panels: [
            { title: "hand-built, exact losses", cells: builtCells(features, mode) },
            { title: "trained, best of the starts", cells: trainedCells(results, features, mode) },
          ],
          boundaries: [{ label: "s* = 4r/(2 + 5r)", points: boundaryOf(mode) }],
        },
        host,
      ),
  };
}

/** Crossings over repeats beside s*. */
export function overview(results: Results): Conclusion["table"] {
  return {
    columns: ["n", "m", "r", "s*", "trained crossing / s*", "least", "most"],
    rows: searches.map((search) => {
      const values = crossings(results, search, repeats);
      const { features, importance } = search;
      const ends = [Math.min(...values), Math.max(...values)];
      return [features, features - 1, importance, sharingDensity(importance), mean(values), ...ends];
    }),
  };
}
