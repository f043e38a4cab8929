/** Features as bars over sparsity, their products and biases, and rays in a plane. Drawn for seed 0. */
import { interference } from "../../analyse/interference.ts";
import { featureNormsFigure } from "../../figure/feature-norms-figure.ts";
import { featurePlaneFigure } from "../../figure/feature-plane-figure.ts";
import { heatmapFigure } from "../../figure/heatmap-figure.ts";
import { matrix, multiply, transpose } from "../../numeric/matrix.ts";
import { antipodalPairs, countRepresented, unevenness } from "../feature-shape.ts";
import type { FigureBlock, Mode, Results, TableBlock } from "../study.ts";
import { bestOf, directionsOf, type TiedWeights } from "../tied-weights.ts";
import { densities, outputs, planeDensities, planeGroup, type Size, sizes, sparsityGroup } from "./plan.ts";

const outputWords = { linear: "linear", relu: "ReLU outputs" } as const;
const firstOf = (results: Results, key: string) => results.measured<readonly TiedWeights[]>(`${key}/0`);

/** Bars of ‖W_i‖ over sparsity, the linear model at the left. */
export function normsBlock(results: Results, size: Size, mode: Mode): FigureBlock {
  const { features, neurons, ratio } = sizes[size];
  const rows = densities[mode][size].flatMap((p, level) =>
    outputs.map((output) => ({
      label: `${outputWords[output]}, p = ${p}`,
      weights: firstOf(results, sparsityGroup(size, output))[level]!,
    })),
  );
  return {
    kind: "figure",
    name: `norms-${size}`,
    title: `What is represented over sparsity: ${features} features, ${neurons} dimensions, importance ${ratio}^i.`,
    caption:
      "The length of each feature's direction, coloured by how much other features share it. The linear model has the most important features alone, each in a direction of its own, at every sparsity. With ReLU outputs more features come in as they become sparse, in superposition.",
    tasks: outputs.map((output) => `${sparsityGroup(size, output)}/0`),
    draw: (host) =>
      featureNormsFigure(
        rows.map(({ label, weights }) => ({ label, ...interference(directionsOf(weights)) })),
        host,
      ),
  };
}

/** Products of directions, and the biases as a column of their own beyond them; [features, features + 2] */
function productsAndBiases(weights: TiedWeights) {
  const { features, bias } = weights;
  const W = directionsOf(weights);
  const { data } = multiply(transpose(W), W);
  const rows = Array.from({ length: features }, (_, i) => [
    ...data.subarray(i * features, (i + 1) * features),
    0,
    bias[i]!,
  ]);
  return matrix(features, features + 2, rows.flat());
}

/** Wᵀ W and the biases, over the sparsities that both modes have. */
export function productsBlock(results: Results, mode: Mode): FigureBlock {
  const levels = firstOf(results, sparsityGroup("small", "relu"));
  const panels = densities.quick.small.map((p) => ({
    title: `W_i · W_j and b_i, p = ${p}`,
    matrix: productsAndBiases(levels[densities[mode].small.indexOf(p)]!),
    xLabel: "feature j; apart from them: b_i",
    yLabel: "feature i",
  }));
  return {
    kind: "figure",
    name: "products",
    title: "Products of directions, and biases.",
    caption:
      "ReLU outputs, 20 features, 5 dimensions. On the diagonal ‖W_i‖²; beside it what one feature adds to another's output; in the last column the biases. A feature whose one partner is opposite to it needs no bias. Where more share a direction, some products are positive, and negative biases take them away. Features that are ignored have their mean as bias.",
    tasks: [`${sparsityGroup("small", "relu")}/0`],
    draw: (host) =>
      heatmapFigure(
        { panels, scale: { sharing: "shared", limit: 1 }, title: "Products of directions, and biases" },
        host,
      ),
  };
}

/** The best start at every p. */
export function planeBlock(results: Results, mode: Mode): FigureBlock {
  return {
    kind: "figure",
    name: "plane",
    title: "Five features in two dimensions.",
    caption:
      "Weights of the best of four starts, seed 0: two features alone where they are dense, two antipodal pairs in between, a pentagon where they are sparse. Feature 0 is the most important one.",
    tasks: planeDensities[mode].map((p) => `${planeGroup(p)}/0`),
    draw: (host) =>
      featurePlaneFigure(
        planeDensities[mode].map((p) => ({
          label: `p = ${p}`,
          W: directionsOf(bestOf(firstOf(results, planeGroup(p)))),
        })),
        host,
      ),
  };
}

/** A pentagon in words for the table: all five, evenly. */
const isPentagon = (weights: TiedWeights): boolean => unevenness(weights, 5) <= 6;
const isDigons = (weights: TiedWeights): boolean =>
  antipodalPairs(weights) === 2 && countRepresented(weights) === 4;

/** How many of all starts end in which shape. */
export function shapesTable(results: Results, mode: Mode): TableBlock {
  const rows = planeDensities[mode].map((p) => {
    const all = results.measuredGroup<readonly TiedWeights[]>(planeGroup(p)).flat();
    const pentagons = all.filter(isPentagon).length;
    const digons = all.filter(isDigons).length;
    return [p, all.length, digons, pentagons, all.length - digons - pentagons];
  });
  return {
    kind: "table",
    title: "Where all starts end: five features in two dimensions.",
    columns: ["p", "starts", "two antipodal pairs", "pentagons", "others"],
    rows,
    digits: 3,
    tasks: planeDensities[mode].flatMap((p) => [0, 1, 2].map((seed) => `${planeGroup(p)}/${seed}`)),
  };
}
