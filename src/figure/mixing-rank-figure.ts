/** L/p over the rank of the mixing matrix: how many directions of label noise it takes. */
import type { Curve, Reference } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link mixingRankFigure}. */
export interface MixingRankRecord {
  /** x is the rank of M; y is L/p. */
  readonly curves: readonly Curve[];
  /** The naive line and the rank bound; `of` gives the bound its curve's colour. */
  readonly references?: readonly Reference[];
}

/** Draws L/p over the rank of M. Throws when no curve has a value. */
export function mixingRankFigure({ curves, references = [] }: MixingRankRecord, host: FigureHost): Figure {
  return drawCurves(
    {
      name: "mixingRankFigure",
      title: "Loss over the rank of the mixing matrix",
      description: "Loss per output divided by p over the rank of the mixing matrix.",
      xLabel: "rank of the mixing matrix M",
      yLabel: "loss per output / p",
      xType: "linear",
      yType: "linear",
      yFromZero: false,
      curves,
      references,
    },
    host,
  );
}
