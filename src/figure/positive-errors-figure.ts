/**
 * How well each feature's own ReLU is answered: E[(ŷ_i − y_i)² | x_i > 0], features in ascending order. A code has nearly
 * the same for all; the naive network has 0 for the features that it answers, and 1/3 for the others (da Silva &
 * Heimersheim, arXiv 2607.04800).
 */
import type { PositiveErrors } from "../evaluate/positive-error.ts";
import type { Curve } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { tickText } from "./number-text.ts";

/** One network of {@link positiveErrorsFigure}. */
export interface LabelledPositiveErrors {
  readonly label: string;
  /** From `positiveErrors(network, …)`. */
  readonly errors: Pick<PositiveErrors, "perFeature" | "stderr" | "mean" | "variation">;
}

/** Draws a curve a network, with its mean and CV in the legend. Throws when there is no network with features. */
export function positiveErrorsFigure(networks: readonly LabelledPositiveErrors[], host: FigureHost): Figure {
  return drawCurves(
    {
      name: "positiveErrorsFigure",
      title: "Squared error of each feature while it is positive",
      description:
        "Mean squared error of every output given that its own feature is positive, in ascending order, one curve a network. CV is the standard deviation over features, divided by the mean.",
      xLabel: "features, the best answered first",
      yLabel: "E[(ŷ_i − y_i)² | x_i > 0]",
      xType: "linear",
      yType: "linear",
      yFromZero: true,
      curves: networks.map(curveOf),
    },
    host,
  );
}

function curveOf({ label, errors }: LabelledPositiveErrors): Curve {
  const { perFeature, stderr, mean, variation } = errors;
  const order = Array.from(perFeature.keys()).sort((i, j) => perFeature[i]! - perFeature[j]! || i - j);
  const numbers = `mean ${threeDigits(mean)}, CV ${threeDigits(variation)}`;
  return {
    label: `${label}: ${numbers}`,
    points: order.map((i, place) => {
      const [x, y, half] = [place + 1, perFeature[i]!, 1.96 * stderr[i]!];
      return half === 0 ? { x, y } : { x, y, low: Math.max(0, y - half), high: y + half };
    }),
  };
}

const threeDigits = (value: number): string => tickText(Number(value.toPrecision(3)));
