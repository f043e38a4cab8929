/** L/p of networks over the density p of their inputs: where sparse and dense solutions part. */
import type { Curve, Reference } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link lossOverPFigure}. */
export interface LossOverPRecord {
  /** x is p, above 0; y is L/p. */
  readonly curves: readonly Curve[];
  /** The naive line, the offset curve, the rank bound; on the same axes. */
  readonly references?: readonly Reference[];
}

/** Draws L/p over p, on a logarithmic axis. Throws when no curve has a value. */
export function lossOverPFigure({ curves, references = [] }: LossOverPRecord, host: FigureHost): Figure {
  return drawCurves(
    {
      name: "lossOverPFigure",
      title: "Loss over the density of the inputs",
      description: "Loss per output divided by p, over p on a logarithmic axis: one curve a network.",
      xLabel: "density of the inputs, p",
      yLabel: "loss per output / p",
      xType: "log",
      yType: "linear",
      yFromZero: true,
      curves,
      references,
    },
    host,
  );
}
