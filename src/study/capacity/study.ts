/**
 * Capacity over importance and sparsity: Scherlis et al. 2022 (arXiv 2210.01892). How dimensions are given out to features, and
 * how many features a neuron serves.
 */
import { capacityFigure, type LabelledCapacity } from "../../figure/capacity-figure.ts";
import { polysemanticityFigure } from "../../figure/polysemanticity-figure.ts";
import { mean } from "../../numeric/statistics.ts";
import { claimsBlock, claimsOn, textBlock } from "../blocks.ts";
import type { Conclusion, FigureBlock, Mode, Results, Study } from "../study.ts";
import { type Capacities, capacitiesOf, fractional, monosemanticShare, servedFrom } from "./capacities.ts";
import { claimsOf } from "./claims.ts";
import { absoluteDensities, absoluteGroup, densities, gridGroup, plan, ratios } from "./plan.ts";

const labelled = (label: string, { perFeature, total, dimensions }: Capacities): LabelledCapacity => ({
  label,
  capacity: { perFeature: Float64Array.from(perFeature), total, dimensions },
});

function gridBlock(results: Results, mode: Mode, ratio: number): FigureBlock {
  const levels = results.measured<readonly Capacities[]>(`${gridGroup(ratio)}/0`);
  return {
    kind: "figure",
    name: `capacity-${ratio}`,
    title: `Capacities over sparsity, importance ${ratio}^i.`,
    caption:
      "ReLU outputs, 20 features, 5 dimensions, seed 0: features from the largest capacity to the least.",
    tasks: [`${gridGroup(ratio)}/0`],
    draw: (host) =>
      capacityFigure(
        densities[mode].map((p, level) => labelled(`p = ${p}`, levels[level]!)),
        host,
      ),
  };
}

function neuronsBlock(results: Results, level: number): FigureBlock {
  const { byWeight, byContribution } = results.measured<readonly Capacities[]>(`${absoluteGroup}/0`)[level]!;
  const counts = ({ featuresPerNeuron, neuronsPerFeature }: Capacities["byWeight"]) => ({
    featuresPerNeuron: Int32Array.from(featuresPerNeuron),
    neuronsPerFeature: Int32Array.from(neuronsPerFeature),
  });
  return {
    kind: "figure",
    name: `neurons-${absoluteDensities[level]}`,
    title: `Features per neuron, p = ${absoluteDensities[level]}.`,
    caption: "Absolute values of 20 features from 8 ReLU neurons, seed 0.",
    tasks: [`${absoluteGroup}/0`],
    draw: (host) =>
      polysemanticityFigure(
        { fraction: servedFrom, byWeight: counts(byWeight), byContribution: counts(byContribution) },
        host,
      ),
  };
}

/** Fractional features and capacity in all, means over seeds. */
function overview(results: Results, mode: Mode): Conclusion["table"] {
  const rows = ratios[mode].flatMap((ratio) => {
    const seeds = results.measuredGroup<readonly Capacities[]>(gridGroup(ratio));
    return densities[mode].map((p, level) => {
      const models = seeds.map((levels) => levels[level]!);
      return [ratio, p, mean(models.map(({ total }) => total)), mean(models.map(fractional))];
    });
  });
  return { columns: ["importance ratio", "p", "sum of capacities", "features with a fraction"], rows };
}

function answer(results: Results): string {
  const seeds = results.measuredGroup<readonly Capacities[]>(absoluteGroup);
  const share = (level: number) =>
    mean(seeds.map((levels) => monosemanticShare(levels[level]!.byContribution.featuresPerNeuron)));
  const percent = (level: number) => `${(100 * share(level)).toFixed(0)} %`;
  return `Capacities sum to the dimensions that there are; dense features have a whole one or none, sparse ones fractions (see the table). Of the neurons that compute absolute values, ${percent(0)} serve one feature alone where features are dense and ${percent(1)} where they are sparse.`;
}

const introduction =
  "The capacity of a feature is the part of a dimension that it has for itself, `C_i = (W_i·W_i)²/Σ_j (W_i·W_j)²`; it is 1 for a feature orthogonal to all others and 0 for one that is ignored, and all capacities together are at most the number of dimensions. What is worth more gets more; where features are dense the best is a whole dimension or none, and where they are sparse fractions.";

const neuronsText =
  "Directions of linear dimensions can be turned without changing the network, but ReLU neurons cannot. A neuron is monosemantic when it serves one feature: when one term `W_out[i, k] · W_in[k, i]` alone is a third of the largest of its neuron or more.";

const limits =
  "The models are small, and nothing here shows that training finds the allocation of least loss: papers derive it for other activations. A count of features per neuron depends on the fraction from which a term counts, which is stated. Capacities are of `W_in` as it is: rescaled ReLU neurons have others, so they are shown for linear dimensions alone.";

/** `capacity` */
export const capacityStudy: Study = {
  name: "capacity",
  title: "Capacity: who gets how much of a dimension",
  question: "How are dimensions given out to features of different importance and sparsity?",
  sources: [
    "Scherlis et al. 2022, *Polysemanticity and Capacity in Neural Networks*, [arXiv 2210.01892](https://arxiv.org/abs/2210.01892)",
    "Elhage et al. 2022, *Toy Models of Superposition*, [arXiv 2209.10652](https://arxiv.org/abs/2209.10652)",
  ],
  plan,
  measures: { capacities: (models) => models.map(capacitiesOf) },
  conclude: (results, mode) => {
    const claims = claimsOf(results, mode);
    const blocks = ratios[mode].map((ratio) => gridBlock(results, mode, ratio));
    return {
      answer: answer(results),
      table: overview(results, mode),
      claims,
      sections: [
        {
          title: "Capacity",
          blocks: [textBlock(introduction), ...blocks, claimsOn(claims, /^(sum|dense|sparse)-/)],
        },
        {
          title: "Features per neuron",
          blocks: [
            textBlock(neuronsText),
            ...absoluteDensities.map((_, level) => neuronsBlock(results, level)),
            claimsOn(claims, /^neurons-/),
          ],
        },
        { title: "All claims at a glance", blocks: [claimsBlock(claims)] },
        { title: "What this does not show", blocks: [textBlock(limits)] },
      ],
    };
  },
};
