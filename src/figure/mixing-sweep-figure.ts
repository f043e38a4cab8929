/** L/p over the size σ of the mixing matrix: how much label noise it takes until training beats the naive line. */
import type { Curve, PointMark, Reference, VerticalMark } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link mixingSweepFigure}. */
export interface MixingSweepRecord {
  /** One a kind of mixing matrix: x is σ, y is L/p. */
  readonly curves: readonly Curve[];
  /** The naive line and the rank bounds; `of` gives a bound its kind's colour. */
  readonly references?: readonly Reference[];
  /** Points such as the least loss or the crossing of a line; their labels, with the values, stand in the legend. */
  readonly marks?: readonly PointMark[];
  /** σ of the literature. */
  readonly published?: readonly VerticalMark[];
}

/** Draws L/p over σ. Throws when no curve has a value. */
export function mixingSweepFigure(record: MixingSweepRecord, host: FigureHost): Figure {
  const { curves, references = [], marks = [], published = [] } = record;
  return drawCurves(
    {
      name: "mixingSweepFigure",
      title: "Loss over the size of the mixing matrix",
      description:
        "Loss per output divided by p, over the standard deviation of the mixing matrix: one curve a kind of matrix.",
      xLabel: "standard deviation of M's entries, σ",
      yLabel: "loss per output / p",
      xType: "linear",
      yType: "linear",
      yFromZero: false,
      curves,
      references,
      pointMarks: marks,
      verticals: published,
    },
    host,
  );
}
