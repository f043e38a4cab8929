/** Anything over the exponent q of the loss |ŷ − y|^q that networks are trained with. */
import type { Curve, Reference, VerticalMark } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link exponentFigure}. */
export interface ExponentRecord {
  /** What y is, with units: the axis label. */
  readonly quantity: string;
  /** x is q; y is above 0. */
  readonly curves: readonly Curve[];
  /** Naive lines, certificates, published numbers; on the same axes. */
  readonly references?: readonly Reference[];
  /** Such as q = 2, where naive stops being the best. */
  readonly verticals?: readonly VerticalMark[];
}

/** Draws a quantity over q, on a logarithmic axis. Throws when no curve has a value above 0. */
export function exponentFigure(record: ExponentRecord, host: FigureHost): Figure {
  const { quantity, curves, references = [], verticals = [] } = record;
  return drawCurves(
    {
      name: "exponentFigure",
      title: "Networks trained with other exponents",
      description: `${quantity}, on a logarithmic axis, over the exponent q of the loss that networks are trained with.`,
      xLabel: "exponent q of the loss |ŷ − y|^q",
      yLabel: quantity,
      xType: "linear",
      yType: "log",
      curves,
      references,
      verticals,
    },
    host,
  );
}
