/** Features per neuron over sparsity, and neurons as stacks. */
import { neuronContributions } from "../../analyse/neuron-contributions.ts";
import { drawCurves } from "../../figure/curve-chart.ts";
import { weightBarsFigure } from "../../figure/weight-bars-figure.ts";
import { mean } from "../../numeric/statistics.ts";
import { estimate } from "../evidence.ts";
import type { Conclusion, FigureBlock, Mode, Results } from "../study.ts";
import { networkOf } from "../weights-record.ts";
import type { BasisRecord } from "./best-basis.ts";
import { featuresPerNeuron } from "./claims.ts";
import { densities, keyOf, type Layer, layerNames, layers, repeats } from "./plan.ts";

/** Features per neuron over p, for each kind of hidden layer. */
export function countsBlock(results: Results, mode: Mode): FigureBlock {
  const curves = layerNames.map((layer) => ({
    label: layers[layer].words,
    points: densities[mode].map((p) => {
      const { mean: y, low, high } = estimate(featuresPerNeuron(results, layer, p));
      return { x: p, y, low, high };
    }),
  }));
  return {
    kind: "figure",
    name: "features-per-neuron",
    title: "Features per neuron over sparsity.",
    caption:
      "The best of several starts, mean over neurons and repeats. Features count from a tenth of a neuron's largest W² on.",
    tasks: layerNames.flatMap((layer) =>
      densities[mode].flatMap((p) => repeats.map((repeat) => keyOf(layer, p, repeat))),
    ),
    draw: (host) =>
      drawCurves(
        {
          name: "featuresPerNeuron",
          title: "Features per neuron over sparsity",
          description:
            "Features that a hidden neuron serves, mean over neurons, over the density of features.",
          ...{ xLabel: "p, probability that a feature is active", yLabel: "features per neuron" },
          ...{ xType: "log", yType: "linear", yFromZero: true, curves },
        },
        host,
      ),
  };
}

/** The neurons of the first repeat's network as stacks. */
export function stacksBlock(results: Results, layer: Layer, p: number): FigureBlock {
  const key = keyOf(layer, p, 0);
  const { weights } = results.measured<BasisRecord>(key);
  const { reach } = neuronContributions(networkOf(weights));
  return {
    kind: "figure",
    name: `stacks-${layer}-${String(p).replace("0.", "")}`,
    title: `Five neurons, ${layers[layer].words}, p = ${p}.`,
    caption: "What each neuron reads, in units of what it writes; the best start of the first repeat.",
    tasks: [key],
    draw: (host) =>
      weightBarsFigure({ terms: reach, name: "W[k, i] · ‖W[k, :]‖" }, { ...host, by: "neuron" }),
  };
}

/** Features per neuron in numbers. */
export function overview(results: Results, mode: Mode): Conclusion["table"] {
  return {
    columns: ["p", ...layerNames.map((layer) => `features per neuron, ${layers[layer].words}`)],
    rows: densities[mode].map((p) => [
      p,
      ...layerNames.map((layer) => mean(featuresPerNeuron(results, layer, p))),
    ]),
  };
}
