/** Errors of the random-subset construction of ANDs over the number of its neurons (docs/theory/universal-and.md). */
import type { Curve, Reference } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link andErrorsFigure}. */
export interface AndErrorsRecord {
  /** What y is: the axis label. */
  readonly quantity: string;
  /** x is the number of neurons; y is above 0. */
  readonly curves: readonly Curve[];
  /** What theory says, on the same axes. */
  readonly references?: readonly Reference[];
}

/** Draws errors over neurons, both logarithmic. Throws when no curve has a value above 0. */
export function andErrorsFigure(record: AndErrorsRecord, host: FigureHost): Figure {
  const { quantity, curves, references = [] } = record;
  return drawCurves(
    {
      name: "andErrorsFigure",
      title: "Errors of ANDs over the number of neurons",
      description: `${quantity}, over the number of neurons; both axes are logarithmic.`,
      xLabel: "neurons",
      yLabel: quantity,
      xType: "log",
      yType: "log",
      curves,
      references,
    },
    host,
  );
}
