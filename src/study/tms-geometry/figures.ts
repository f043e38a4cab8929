/** Dimensionalities over p, and small models in a plane. */
import { tegumName } from "../../analyse/feature-clusters.ts";
import type { PolytopeName } from "../../analyse/polytopes.ts";
import { dimensionalityFigure } from "../../figure/dimensionality-figure.ts";
import { featurePlaneFigure } from "../../figure/feature-plane-figure.ts";
import { heatmapFigure } from "../../figure/heatmap-figure.ts";
import { multiply, transpose } from "../../numeric/matrix.ts";
import { mean } from "../../numeric/statistics.ts";
import { seedsTo } from "../seeds.ts";
import type { FigureBlock, Mode, Results, TableBlock } from "../study.ts";
import { directionsOf } from "../tied-weights.ts";
import { bestStart, levelsOf } from "./claims.ts";
import type { Level } from "./level.ts";
import {
  basesGroup,
  collapseDensities,
  collapseGroup,
  densityFactors,
  factorGroup,
  levelGroup,
  levels,
  pairGroup,
  pairKinds,
  type Recipe,
} from "./plan.ts";

const recipeWords = { short: "", published: ", by the notebook's recipe" } as const;

const tasksOf = (mode: Mode, recipe: Recipe) =>
  levels[mode][recipe]!.flatMap((p) => seedsTo(3).map((seed) => `${levelGroup(recipe, p)}/${seed}`));

/** D* and D_i over p, all seeds together. */
export function levelsBlock(results: Results, mode: Mode, recipe: Recipe): FigureBlock {
  const perSeed = seedsTo(3).map((seed) => levelsOf(results, mode, recipe, seed));
  const drawn = levels[mode][recipe]!.map((p, i) => {
    const models = perSeed.map((list) => list[i]!);
    return {
      p,
      dStar: mean(models.map(({ dStar }) => dStar)),
      perFeature: models.flatMap(({ perFeature }) => perFeature),
    };
  });
  return {
    kind: "figure",
    name: `dimensionality-${recipe}`,
    title: `Dimensionalities over sparsity: 400 features, 30 dimensions${recipeWords[recipe]}.`,
    caption:
      "Sideways histograms of D_i, three seeds together, with lines where features of regular polytopes stand; D* is the mean over seeds. From left to right features become sparser.",
    tasks: tasksOf(mode, recipe),
    draw: (host) => dimensionalityFigure(drawn, host),
  };
}

/** In words what a model is the tegum product of; the record has numbers of features where clusters have lists. */
const wordsOf = ({ clusters }: Level): string =>
  tegumName(
    clusters.map(({ features, dimensions, polytope }) => ({
      features: seedsTo(features),
      dimensions,
      polytope: polytope as PolytopeName | null,
    })),
  );

/** Which polytopes the features of the first seed form. */
export function polytopesTable(results: Results, mode: Mode): TableBlock {
  return {
    kind: "table",
    title: "Components of the interference graph, seed 0.",
    columns: ["p", "D*", "represented", "tegum product of"],
    rows: levelsOf(results, mode, "short", 0).map((level) => [
      level.p,
      level.dStar,
      level.clusters.reduce((sum, { features }) => sum + features, 0),
      wordsOf(level) || "nothing that stands out",
    ]),
    digits: 3,
    tasks: levels[mode].short!.map((p) => `${levelGroup("short", p)}/0`),
  };
}

interface PlaneRow {
  readonly label: string;
  readonly group: string;
}

function planesBlock(
  results: Results,
  rows: readonly PlaneRow[],
  words: Pick<FigureBlock, "name" | "title" | "caption">,
): FigureBlock {
  return {
    kind: "figure",
    ...words,
    tasks: rows.map(({ group }) => `${group}/0`),
    draw: (host) =>
      featurePlaneFigure(
        rows.map(({ label, group }) => ({ label, W: directionsOf(bestStart(results, group, 0)) })),
        host,
      ),
  };
}

/** Five features, of which feature 0 is denser or sparser than the others. */
export const jumpBlock = (results: Results, mode: Mode): FigureBlock =>
  planesBlock(
    results,
    densityFactors[mode].map((factor) => ({
      label: `p_0 = ${factor} · .05`,
      group: factorGroup(factor),
    })),
    {
      name: "jump",
      title: "One feature of a pentagon made sparser or denser.",
      caption:
        "The best of four starts, seed 0; features 1 to 4 have p = .05. The pentagon bends, until two antipodal pairs without feature 0 have the lesser loss.",
    },
  );

/** Pairs of features that come together, or never do. */
export const pairsBlock = (results: Results, mode: Mode): FigureBlock =>
  planesBlock(
    results,
    [
      ...pairKinds.map((kind) => ({ label: `${kind}, p = .1`, group: pairGroup(kind) })),
      ...collapseDensities[mode].map((p) => ({ label: `three pairs, p = ${p}`, group: collapseGroup(p) })),
    ],
    {
      name: "pairs",
      title: "Pairs of features that come together, or never do.",
      caption:
        "The best of four starts, seed 0. Pairs are 0 and 1, 2 and 3, 4 and 5. Correlated pairs are orthogonal to each other and anticorrelated ones antipodal; three correlated pairs in two dimensions collapse to one direction each while they are dense.",
    },
  );

/** Two groups of ten features, each a basis of the same ten dimensions. */
export const basesBlock = (results: Results): FigureBlock => ({
  kind: "figure",
  name: "local-bases",
  title: "Two groups of ten correlated features in ten dimensions.",
  caption:
    "Products W_i · W_j, seed 0. The groups are features 0 to 9 and 10 to 19: within each the directions are orthogonal, and the two bases are in superposition.",
  tasks: [`${basesGroup}/0`],
  draw: (host) => {
    const W = directionsOf(bestStart(results, basesGroup, 0));
    const panel = {
      ...{ title: "W_i · W_j", xLabel: "feature j", yLabel: "feature i" },
      matrix: multiply(transpose(W), W),
    };
    return heatmapFigure({ panels: [panel], scale: { sharing: "each", limit: 1 } }, host);
  },
});
