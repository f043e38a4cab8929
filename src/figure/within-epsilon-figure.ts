/**
 * How many functions networks compute within ε, for each of their neurons: above 1 there are more computations than
 * nonlinearities, which is the strict sense of computation in superposition (Hänni et al. 2024, arXiv 2408.05451).
 */
import type { Curve } from "./curve.ts";
import { drawCurves } from "./curve-chart.ts";
import type { FigureHost } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";

/** One network of {@link withinEpsilonFigure}. */
export interface LabelledErrors {
  readonly label: string;
  /** The largest error of each function over inputs, in any order. */
  readonly worst: ArrayLike<number>;
  readonly neurons: number;
}

/** What is drawn besides. */
export interface WithinEpsilonOptions extends FigureHost {
  /** The ε from which on affine functions of the input do it without any nonlinearity. */
  readonly affine?: number;
  /** The largest ε shown; ½ unless told. */
  readonly most?: number;
}

const places = 100;

/** Draws a curve a network: functions whose largest error is at most ε, divided by neurons, over ε. Throws without networks. */
export function withinEpsilonFigure(
  networks: readonly LabelledErrors[],
  { affine, most = 0.5, ...host }: WithinEpsilonOptions,
): Figure {
  return drawCurves(
    {
      name: "withinEpsilonFigure",
      title: "Functions computed within ε, per neuron",
      description:
        "Functions whose largest error over inputs is at most ε, divided by the number of neurons, over ε; one curve a network.",
      xLabel: "ε, the largest error over inputs",
      yLabel: "functions within ε per neuron",
      xType: "linear",
      yType: "linear",
      yFromZero: true,
      curves: networks.map((network) => curveOf(network, most)),
      references: [{ label: "as many functions as neurons", kind: "naive", value: 1 }],
      verticals: affine === undefined ? [] : [{ label: `affine from ε = ${affine}`, x: affine }],
    },
    host,
  );
}

function curveOf({ label, worst, neurons }: LabelledErrors, most: number): Curve {
  const sorted = Float64Array.from(worst).sort();
  let count = 0;
  const points = Array.from({ length: places + 1 }, (_, i) => {
    const x = (most * i) / places;
    while (count < sorted.length && sorted[count]! <= x) count++;
    return { x, y: count / neurons };
  });
  return { label, points };
}
