/** What is read off the records by claims, figures and words alike. */
import { type Placement, placementLosses, sharingDensity } from "../../baseline/one-feature-too-many.ts";
import type { PhaseCell } from "../../figure/phase-figure.ts";
import type { Mode, Results } from "../study.ts";
import { bestOf, type PlacedCell, treatments } from "./placements.ts";
import { type CrossingSearch, crossingKey, densities, gridKey, importances } from "./plan.ts";

/** The cells of a diagram, best of their starts. */
export const trainedCells = (results: Results, features: number, mode: Mode): readonly PhaseCell[] =>
  densities[mode].flatMap((density, row) =>
    results.measured<readonly PlacedCell[]>(gridKey(features, row)).map((cell, i) => ({
      ...{ density, importance: importances[mode][i]! },
      treatment: bestOf(cell).treatment,
    })),
  );

/** The same cells by the least of the hand-built losses. */
export const builtCells = (features: number, mode: Mode): readonly PhaseCell[] =>
  densities[mode].flatMap((density) =>
    importances[mode].map((importance) => ({
      ...{ density, importance },
      treatment: treatments[placementLosses({ features, density, importance })[0]!.placement],
    })),
  );

/**
 * Where sharing stops being best, as a share of s*: half a step above the last density at which the best start shares, half
 * a step below the first when none does.
 */
export function crossingOf(search: CrossingSearch, cells: readonly PlacedCell[]): number {
  const { shares, step } = search;
  const last = cells.findLastIndex((cell) => bestOf(cell).treatment === "shared");
  return last === -1 ? shares[0]! - step / 2 : shares[last]! + step / 2;
}

/** One crossing a repeat. */
export const crossings = (results: Results, search: CrossingSearch, repeats: readonly number[]) =>
  repeats.map((repeat) =>
    crossingOf(search, results.measured<readonly PlacedCell[]>(crossingKey(search, repeat))),
  );

/** At s*, where both hand-built networks lose the same: the best trained loss as a share of theirs. */
export function shareOfBuilt(
  { features, importance }: CrossingSearch,
  [first]: readonly PlacedCell[],
): number {
  const losses = placementLosses({ features, density: sharingDensity(importance), importance });
  return bestOf(first!).loss / losses[0]!.loss;
}

/** The exact losses at one place by name. */
export function lossesAt(features: number, density: number, importance: number) {
  const losses = placementLosses({ features, density, importance });
  return (placement: Placement) => losses.find((entry) => entry.placement === placement)!.loss;
}

/**
 * Cells whose treatment is another than that of the hand-built networks, and in how many of those the trained one shares.
 * At r = 1 all features are alike and it is a toss which of them is given up, so those cells are left out.
 */
export function disagreements(results: Results, features: number, mode: Mode) {
  const built = builtCells(features, mode);
  const pairs = trainedCells(results, features, mode)
    .map(({ importance, treatment }, i) => ({ importance, treatment, built: built[i]!.treatment }))
    .filter(({ importance }) => importance !== 1);
  const differing = pairs.filter(({ treatment, built }) => treatment !== built);
  return {
    all: pairs.length,
    differing: differing.length,
    later: differing.filter(({ treatment }) => treatment === "shared").length,
  };
}
