/**
 * How much of the hidden space each feature has for itself: capacities in descending order, and their sum beside the
 * dimensions that there are (Scherlis et al. 2022, arXiv 2210.01892). Features in superposition have fractions, at which
 * lines stand: those of regular arrangements in Elhage et al. 2022 (arXiv 2209.10652).
 */
import * as Plot from "@observablehq/plot";
import type { Capacity } from "../analyse/capacity.ts";
import { type Axis, scaleOf, xAxis } from "./axis.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { type LegendEntry, seriesSwatch } from "./legend.ts";
import { fixedText, tickText } from "./number-text.ts";
import { colours, seriesStyle, sizes } from "./theme.ts";

/** One network of {@link capacityFigure}. */
export interface LabelledCapacity {
  readonly label: string;
  /** From `capacity(network.W_in)`. */
  readonly capacity: Capacity;
}

/** Where features of a regular arrangement stand. */
const fractions = [
  { value: 3 / 4, words: "3/4", down: 0 },
  { value: 2 / 3, words: "2/3", down: 0 },
  { value: 1 / 2, words: "1/2", down: 0 },
  // 7 pixels apart, less than a line of text.
  { value: 2 / 5, words: "2/5", down: -3 },
  { value: 3 / 8, words: "3/8", down: 4 },
] as const;
const place = { top: panelMargins.above, height: 300 } as const;
const dash = "5,4";
/** Up to this many features a curve has symbols. */
const mostSymbols = 40;

/**
 * Draws C_i over features in descending order at the left, and their running sum at the right, with the dimensions.
 *
 * @returns the figure, and all capacities with their sums. Throws when there is no network, or one without features.
 */
export function capacityFigure(networks: readonly LabelledCapacity[], host: FigureHost): Figure {
  if (networks.length === 0 || networks.some(({ capacity }) => capacity.perFeature.length === 0)) {
    throw new Error("capacityFigure: need networks with features, got none. Pass capacity(network.W_in).");
  }
  const curves = networks.map(({ label, capacity }) => ({ label, points: pointsOf(capacity) }));
  return drawPanels(
    {
      title: "Capacities of features",
      description:
        "At the left the capacity of every feature in descending order, with lines at fractions of regular arrangements; at the right their running sum, with a dashed line at the dimensions.",
      legend: legendOf(networks),
      panels: [capacityPanel(curves), sumPanel(curves, networks)],
      table: tableOf(curves),
    },
    host,
  );
}

/** A feature in its place by capacity, from 1. */
interface CapacityPoint {
  readonly rank: number;
  readonly feature: number;
  readonly capacity: number;
  readonly sum: number;
}

interface CapacityCurve {
  readonly label: string;
  readonly points: readonly CapacityPoint[];
}

function pointsOf({ perFeature }: Capacity): CapacityPoint[] {
  const order = Array.from(perFeature.keys()).sort((a, b) => perFeature[b]! - perFeature[a]! || a - b);
  let sum = 0;
  return order.map((feature, i) => {
    sum += perFeature[feature]!;
    return { rank: i + 1, feature, capacity: perFeature[feature]!, sum };
  });
}

function legendOf(networks: readonly LabelledCapacity[]): LegendEntry[] {
  return [
    ...networks.map(({ label, capacity: { total, dimensions, perFeature } }, i) => ({
      label: `${label}: ${fixedText(total, 1)} of ${dimensions} dimensions used`,
      swatch: seriesSwatch(seriesStyle(i), perFeature.length <= mostSymbols),
    })),
    { label: "dimensions", swatch: { kind: "line", colour: colours.ink, dash } as const },
  ];
}

/** Places of features, from 1; whole numbers alone are ticks. */
function ranks(curves: readonly CapacityCurve[]): Axis {
  const most = Math.max(2, ...curves.map(({ points }) => points.length));
  const ticks = most > 8 ? 6 : Array.from({ length: most }, (_, i) => i + 1);
  return { type: "linear", domain: [1, most], ticks, nice: false };
}

const lines = (curves: readonly CapacityCurve[], y: "capacity" | "sum"): Plot.Markish[] =>
  curves.flatMap(({ points }, i) => {
    const { colour, dash: strokeDasharray, symbol } = seriesStyle(i);
    const look = { stroke: colour, strokeWidth: 1.8, strokeDasharray };
    const dots = points.length <= mostSymbols ? points : [];
    return [
      Plot.line(points, { x: "rank", y, ...look } as Plot.LineOptions),
      Plot.dot(dots, { x: "rank", y, fill: colour, symbol: symbol.name, r: 3.2 }),
    ];
  });

const fractionText = ({ value, words, down }: (typeof fractions)[number]): Plot.Markish =>
  Plot.text([words], {
    y: () => value,
    frameAnchor: "right",
    textAnchor: "start",
    dx: 6,
    dy: down,
    fontSize: sizes.tickFont,
  });

function capacityPanel(curves: readonly CapacityCurve[]): Panel {
  const x = ranks(curves);
  const thin = { stroke: colours.grey, strokeOpacity: 0.55, strokeWidth: 1 };
  return {
    ...place,
    left: 48,
    width: 296,
    title: "each feature",
    xLabel: "features, largest capacity first",
    yLabel: "capacity C_i",
    plot: {
      x: scaleOf(x),
      y: { domain: [0, 1.02], axis: null },
      marks: [
        Plot.ruleY(fractions, { y: "value", ...thin }),
        ...fractions.map(fractionText),
        ...lines(curves, "capacity"),
        Plot.axisY({ ...quietAxis, ticks: 5, tickFormat: tickText }),
        ...xAxis(x),
      ],
    },
  };
}

function sumPanel(curves: readonly CapacityCurve[], networks: readonly LabelledCapacity[]): Panel {
  const x = ranks(curves);
  const dimensions = [...new Set(networks.map(({ capacity }) => capacity.dimensions))];
  return {
    ...place,
    left: 436,
    width: 260,
    title: "all together",
    xLabel: "features, largest capacity first",
    yLabel: "sum of C_i so far",
    plot: {
      x: scaleOf(x),
      y: { domain: [0, 1.06 * Math.max(...dimensions)], axis: null },
      marks: [
        Plot.gridY({ ticks: 6 }),
        Plot.ruleY(dimensions, { stroke: colours.ink, strokeDasharray: dash, strokeWidth: 1.5 }),
        ...lines(curves, "sum"),
        Plot.axisY({ ...quietAxis, ticks: 6, tickFormat: tickText }),
        ...xAxis(x),
      ],
    },
  };
}

function tableOf(curves: readonly CapacityCurve[]): FigureTable {
  return {
    columns: ["label", "place", "feature", "capacity C_i", "sum of C_i so far"],
    rows: curves.flatMap(({ label, points }) =>
      points.map(({ rank, feature, capacity, sum }) => [label, rank, feature, capacity, sum]),
    ),
  };
}
