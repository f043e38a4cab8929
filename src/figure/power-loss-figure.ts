/** The loss |ŷ − y|^q per p over the density p of the inputs, beside naive, zero, and what no network goes below. */
import type { PowerLossOverP, PowerLossPoint } from "../analyse/power-loss-over-p.ts";
import type { CurvePoint, Reference } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { raised } from "./number-text.ts";
import { sharedReference } from "./shared-reference.ts";

/** One network of {@link powerLossFigure}. */
export interface LabelledPowerLoss {
  readonly label: string;
  /** From `powerLossOverP(network, exponent, options)`. */
  readonly losses: PowerLossOverP;
}

/**
 * Draws L^q/p over p, both logarithmic, with each network's limit p → 0. References are drawn once for networks of one
 * width and the same labels.
 *
 * @returns the figure and its numbers. Throws when there is no network, or networks differ in their exponent.
 */
export function powerLossFigure(networks: readonly LabelledPowerLoss[], host: FigureHost): Figure {
  const [first] = networks;
  if (first === undefined) {
    throw new Error(
      "powerLossFigure: need at least one network, got none. Pass powerLossOverP(network, q, …).",
    );
  }
  const { exponent } = first.losses;
  const other = networks.find(({ losses }) => losses.exponent !== exponent);
  if (other !== undefined) {
    throw new Error(
      `powerLossFigure: need one exponent, got ${exponent} and ${other.losses.exponent}. Draw a figure for each.`,
    );
  }
  return drawCurves(
    {
      name: "powerLossFigure",
      title: "Loss over the density of the inputs",
      description:
        "Mean of the error's size to a power, per output and divided by p, over p, both axes logarithmic: one curve a network, dotted its limit for one active feature.",
      xLabel: "density of the inputs, p",
      yLabel: `mean |ŷ − y|${raised(exponent)} per output / p`,
      xType: "log",
      yType: "log",
      curves: networks.map(({ label, losses }) => ({ label, points: losses.points.map(pointOf) })),
      references: [
        ...sharedReference(networks, { label: "zero", kind: "published" }, ({ losses }) =>
          levelOf(losses.zero),
        ),
        ...sharedReference(networks, { label: "naive", kind: "naive" }, ({ losses }) =>
          levelOf(losses.naive),
        ),
        ...sharedReference(
          networks,
          { label: "no network is below", kind: "bound" },
          ({ losses: { bound } }) => (bound === null ? null : levelOf(bound)),
        ),
        ...networks.map(({ label, losses }): Reference => {
          const value = losses.exactlyOne;
          return { label: `${label}, p → 0`, kind: "offset", value, of: label };
        }),
      ],
    },
    host,
  );
}

/** One number where p does not matter, which the legend then says. */
function levelOf(points: readonly PowerLossPoint[]): number | readonly CurvePoint[] {
  const same = points.every(({ lossPerP }) => lossPerP === points[0]!.lossPerP);
  return same && points.length > 0
    ? points[0]!.lossPerP
    : points.map(({ p, lossPerP }) => ({ x: p, y: lossPerP }));
}

function pointOf({ p, lossPerP, stderr }: PowerLossPoint): CurvePoint {
  const half = 1.96 * stderr;
  return { x: p, y: lossPerP, low: lossPerP - half, high: lossPerP + half };
}
