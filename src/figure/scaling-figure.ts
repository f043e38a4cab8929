/** How a rate goes with sizes: one panel a size that is varied, a curve a kind of network, all axes logarithmic. */
import * as Plot from "@observablehq/plot";
import { type Axis, axisOver, canDraw, scaleOf, xAxis, yAxis } from "./axis.ts";
import type { Curve, CurvePoint } from "./curve.ts";
import type { FigureHost } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { seriesSwatch } from "./legend.ts";
import { seriesStyle, sizes } from "./theme.ts";

/** One size that is varied while all others stay. */
export interface ScalingPanel {
  /** What the size is, such as "features, n". */
  readonly size: string;
  /** One a kind: x is the size, y the rate. A kind has one label in all panels. */
  readonly curves: readonly Curve[];
}

/** The record of {@link scalingFigure}. */
export interface ScalingRecord {
  /** What the rate is, with its unit, such as "steps a second". */
  readonly quantity: string;
  readonly panels: readonly ScalingPanel[];
}

const left = 62;
const between = 70;
const width = (sizes.width - left - between - 24) / 2;
const height = 170;

/**
 * Draws two panels a row. All have one y axis, so that slopes and heights compare across them.
 *
 * @returns the figure and its numbers. Throws when no panel has a value above 0.
 */
export function scalingFigure({ quantity, panels }: ScalingRecord, host: FigureHost): Figure {
  const drawn = panels.map(({ size, curves }) => ({ size, curves: curves.map(drawable) }));
  const rates = drawn.flatMap(({ curves }) => curves.flatMap(({ points }) => points.map(({ y }) => y)));
  if (rates.length === 0) {
    throw new Error("scalingFigure: need at least one rate above 0, got none. Pass measured points.");
  }
  const y = axisOver(rates, { type: "log", roomy: true });
  const labels = [...new Set(panels.flatMap(({ curves }) => curves.map(({ label }) => label)))];
  return drawPanels(
    {
      title: `${quantity} over sizes`,
      description: `${quantity}, one panel a size that is varied and one curve a kind of network; all axes logarithmic.`,
      legend: labels.map((label, i) => ({ label, swatch: seriesSwatch(seriesStyle(i)) })),
      panels: drawn.map((panel, i) => panelOf(panel, i, { quantity, labels, y })),
      table: tableOf(quantity, panels),
    },
    host,
  );
}

/** Points that logarithmic axes have a place for. */
const drawable = ({ label, points }: Curve): Curve => ({
  label,
  points: points.filter(({ x, y }) => canDraw(x, "log") && canDraw(y, "log")),
});

function panelOf(
  { size, curves }: ScalingPanel,
  i: number,
  {
    quantity,
    labels,
    y,
  }: { readonly quantity: string; readonly labels: readonly string[]; readonly y: Axis },
): Panel {
  const places = curves.flatMap(({ points }) => points.map((point) => point.x));
  const x = axisOver(places, { type: "log", roomy: true });
  return {
    xLabel: size,
    yLabel: quantity,
    left: left + (i % 2) * (width + between),
    top: panelMargins.above + Math.floor(i / 2) * (height + panelMargins.above + panelMargins.below),
    width,
    height,
    plot: {
      x: scaleOf(x),
      y: scaleOf(y),
      marks: [
        ...yAxis(y),
        ...xAxis(x),
        ...curves.flatMap(({ label, points }) => curveMarks(points, labels.indexOf(label))),
      ],
    },
  };
}

function curveMarks(points: readonly CurvePoint[], index: number): Plot.Markish[] {
  const { colour, dash, symbol } = seriesStyle(index);
  const at = { x: "x", y: "y" } as const;
  const dashes = dash === undefined ? {} : { strokeDasharray: dash };
  return [
    Plot.line(points, { ...at, stroke: colour, strokeWidth: 1.8, strokeLinecap: "butt", ...dashes }),
    Plot.dot(points, { ...at, fill: colour, symbol: symbol.name, r: 3.2 }),
  ];
}

function tableOf(quantity: string, panels: readonly ScalingPanel[]): FigureTable {
  return {
    columns: ["varied", "label", "value", quantity],
    rows: panels.flatMap(({ size, curves }) =>
      curves.flatMap(({ label, points }) => points.map(({ x, y }) => [size, label, x, y])),
    ),
  };
}
