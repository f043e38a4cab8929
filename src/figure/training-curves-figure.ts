/** Losses and learned numbers over the steps of training: runs side by side, and a switch of labels in the middle. */
import type { Curve, Reference, VerticalMark } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** The record of {@link trainingCurvesFigure}. */
export interface TrainingCurvesRecord {
  /** One a run: x is the step, y the loss. */
  readonly curves: readonly Curve[];
  /** What y is; "loss per output / p" unless told. */
  readonly loss?: string;
  /** The naive line, the rank bound. */
  readonly references?: readonly Reference[];
  readonly marks?: readonly VerticalMark[];
  /** Linear unless told; on a logarithmic axis the first ten steps are linear, so that step 0 has a place. */
  readonly steps?: "linear" | "log";
  /** Linear from 0 unless told. */
  readonly scale?: "linear" | "log";
}

/** Draws losses over steps. Throws when no curve has a value. */
export function trainingCurvesFigure(record: TrainingCurvesRecord, host: FigureHost): Figure {
  return drawCurves(
    {
      name: "trainingCurvesFigure",
      title: "Loss over training",
      description: "The loss over the steps of training: one curve a run.",
      xLabel: "training step",
      yLabel: record.loss ?? "loss per output / p",
      xType: record.steps === "log" ? "symlog" : "linear",
      yType: record.scale ?? "linear",
      yFromZero: true,
      curves: record.curves,
      references: record.references ?? [],
      verticals: record.marks ?? [],
    },
    host,
  );
}

/** The record of {@link transplantFigure}. */
export interface TransplantRecord {
  /** One a run: x is the step since the labels were switched, below 0 before; y is L/p under the labels of that time. */
  readonly curves: readonly Curve[];
  readonly references?: readonly Reference[];
  /** The words at step 0; "labels switched" unless told. */
  readonly event?: string;
}

/**
 * Draws L/p before and after the labels were switched, on an axis that is logarithmic away from the switch: the first
 * hundred steps take as much room as the thousands after them. Throws when no curve has a value.
 */
export function transplantFigure(
  { curves, references = [], event }: TransplantRecord,
  host: FigureHost,
): Figure {
  return drawCurves(
    {
      name: "transplantFigure",
      title: "Loss before and after a switch of labels",
      description:
        "Loss per output divided by p over the steps since the labels were switched: one curve a run.",
      xLabel: "steps since the switch (linear to 10, then logarithmic)",
      yLabel: "loss per output / p",
      xType: "symlog",
      yType: "linear",
      yFromZero: false,
      curves,
      references,
      verticals: [{ label: event ?? "labels switched", x: 0 }],
    },
    host,
  );
}

/** The record of {@link learnedScaleFigure}. */
export interface LearnedScaleRecord {
  /** One a run: x is the step, y the scale σ of the mixing matrix that is learned with the weights. */
  readonly curves: readonly Curve[];
  /** End values of the literature, of kind "published", and other lines. */
  readonly references?: readonly Reference[];
}

/** Draws a learned σ over training. Throws when no curve has a value. */
export function learnedScaleFigure(
  { curves, references = [] }: LearnedScaleRecord,
  host: FigureHost,
): Figure {
  return drawCurves(
    {
      name: "learnedScaleFigure",
      title: "Learned size of the mixing matrix over training",
      description:
        "The learned standard deviation of the mixing matrix over the steps of training: one curve a run.",
      xLabel: "training step",
      yLabel: "learned σ",
      xType: "linear",
      yType: "linear",
      yFromZero: true,
      curves,
      references,
    },
    host,
  );
}
