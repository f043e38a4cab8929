/** The loss over the scale of noise on hidden activations: networks beside the naive one, and all of them without noise. */
import type { NoiseSensitivity, NoisyLoss } from "../analyse/noise-sensitivity.ts";
import type { CurvePoint, Reference } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { raised } from "./number-text.ts";
import { sharedReference } from "./shared-reference.ts";

/** One network of {@link noiseSensitivityFigure}. */
export interface LabelledSensitivity {
  readonly label: string;
  /** From `noiseSensitivity(network, options)`. */
  readonly sensitivity: NoiseSensitivity;
}

/**
 * Draws L/p over the noise's scale, both logarithmic, so that a scale of 0 is drawn as the loss without noise alone. The
 * naive net is drawn once for networks of one size with the same labels and inputs.
 *
 * @returns the figure and its numbers. Throws when there is no network, or networks differ in their exponent.
 */
export function noiseSensitivityFigure(networks: readonly LabelledSensitivity[], host: FigureHost): Figure {
  const [first] = networks;
  if (first === undefined) {
    throw new Error(
      "noiseSensitivityFigure: need at least one network, got none. Pass noiseSensitivity(network, …).",
    );
  }
  const { exponent } = first.sensitivity;
  const other = networks.find(({ sensitivity }) => sensitivity.exponent !== exponent);
  if (other !== undefined) {
    throw new Error(
      `noiseSensitivityFigure: need one exponent, got ${exponent} and ${other.sensitivity.exponent}. Draw a figure for each.`,
    );
  }
  return drawCurves(
    {
      name: "noiseSensitivityFigure",
      title: "Loss under noise on the hidden activations",
      description:
        "Loss per output divided by p, over the standard deviation of normal noise on every neuron, as a share of the neuron's own scale; both axes logarithmic. Dotted: without noise.",
      xLabel: "noise on each neuron / the neuron's own scale",
      yLabel: exponent === 2 ? "loss per output / p" : `mean |ŷ − y|${raised(exponent)} per output / p`,
      xType: "log",
      yType: "log",
      curves: networks.map(({ label, sensitivity }) => ({
        label,
        points: sensitivity.points.map(pointOf),
      })),
      references: [
        ...sharedReference(networks, { label: "naive", kind: "naive" }, ({ sensitivity }) =>
          sensitivity.naive.points.map(pointOf),
        ),
        ...sharedReference(
          networks,
          { label: "naive, no noise", kind: "offset" },
          ({ sensitivity }) => sensitivity.naive.noiseless.lossPerP,
        ),
        ...networks.map(({ label, sensitivity }): Reference => {
          const value = sensitivity.noiseless.lossPerP;
          return { label: `${label}, no noise`, kind: "offset", value, of: label };
        }),
      ],
    },
    host,
  );
}

function pointOf({ scale, lossPerP, stderr }: NoisyLoss): CurvePoint {
  if (stderr === 0) return { x: scale, y: lossPerP };
  const half = 1.96 * stderr;
  return { x: scale, y: lossPerP, low: lossPerP - half, high: lossPerP + half };
}
