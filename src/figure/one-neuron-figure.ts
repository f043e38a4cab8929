/** One neuron for two features on a noisy residual stream: what its best weights lose, over the noise (docs/theory/one-neuron.md). */
import type { Curve, Reference } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link oneNeuronFigure}. */
export interface OneNeuronRecord {
  /** x is s, the entry of M off the diagonal; y is L/p or a part of it. */
  readonly curves: readonly Curve[];
  readonly references?: readonly Reference[];
}

/** Draws losses over the entry of M off its diagonal. Throws when there is no curve. */
export function oneNeuronFigure({ curves, references = [] }: OneNeuronRecord, host: FigureHost): Figure {
  return drawCurves(
    {
      name: "oneNeuronFigure",
      title: "One neuron for two features, over the noise",
      description: "The loss of the best weights, and its parts, over the entry of M off the diagonal.",
      xLabel: "s, both entries of M off the diagonal",
      yLabel: "loss per output / p",
      xType: "linear",
      yType: "linear",
      yFromZero: true,
      curves,
      references,
    },
    host,
  );
}
