/**
 * Dimensionalities of features over sparsity: a sideways histogram of all D_i at every p, with lines where features of regular
 * polytopes stand, and the dimensions per feature D* = m/‖W‖_F² (Elhage et al. 2022, arXiv 2209.10652).
 */
import * as Plot from "@observablehq/plot";
import { dimensionalityOf, polytopes } from "../analyse/polytopes.ts";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { valueBins } from "./histogram.ts";
import { tickText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** The features of one model, or of several at one p. */
export interface DimensionalityLevel {
  /** Probability that a feature is active. */
  readonly p: number;
  /** D*, dimensions per represented feature; means over models. */
  readonly dStar: number;
  /** D_i of all features, such as `capacity(network.W_in).perFeature`. */
  readonly perFeature: ArrayLike<number>;
}

/** Of D_i, .01 wide around round numbers: lines of polytopes are .025 apart at least. */
const bins = { low: -0.005, high: 1.005, count: 101 } as const;
/** Features that are not represented have dimensionalities near 0; they are not drawn. */
const least = 0.05;
/** Share of its place that the fullest bin of a level takes. */
const widest = 0.85;
/** Lines 7 pixels apart have no room for their words. */
const wordsDown: Readonly<Record<string, number>> = { pentagon: -5, "square antiprism": 5 };

/**
 * Draws the levels from left to right in the order given.
 *
 * @returns the figure, and the bins. Throws when there is no level, or one without features.
 */
export function dimensionalityFigure(levels: readonly DimensionalityLevel[], host: FigureHost): Figure {
  if (levels.length === 0 || levels.some(({ perFeature }) => perFeature.length === 0)) {
    throw new Error(
      "dimensionalityFigure: need levels with features, got none. Pass capacity(network.W_in).perFeature.",
    );
  }
  const bars = levels.flatMap(barsOf);
  return drawFigure(
    {
      title: "Dimensionalities of features over sparsity",
      description:
        "For each probability of a feature a sideways histogram of dimensionalities D_i, with horizontal lines where features of regular polytopes stand, and a curve of dimensions per feature.",
      xLabel: "p, probability that a feature is active",
      yLabel: "dimensionality",
      legend: [
        { label: "features with this D_i", swatch: { kind: "fill", colour: colours.blue } },
        { label: "D* = m / sum of squares of W", swatch: { kind: "line", colour: colours.vermilion } },
      ],
      plotHeight: 420,
      right: 128,
      plot: plotOf(levels, bars),
      table: tableOf(bars),
    },
    host,
  );
}

interface LevelBar {
  readonly level: number;
  readonly p: number;
  readonly dStar: number;
  readonly from: number;
  readonly to: number;
  readonly number: number;
  /** Right end beyond the level's left one, of 1. */
  readonly width: number;
}

function barsOf({ p, dStar, perFeature }: DimensionalityLevel, level: number): LevelBar[] {
  const shown = Array.from(perFeature).filter((value) => value >= least);
  const filled = valueBins(shown, bins.low, bins.high, bins.count).filter(({ number }) => number > 0);
  const most = filled.reduce((a, { number }) => Math.max(a, number), 1);
  return filled.map((bin) => ({ level, p, dStar, ...bin, width: (widest * bin.number) / most }));
}

function plotOf(levels: readonly DimensionalityLevel[], bars: readonly LevelBar[]): Plot.PlotOptions {
  const lines = polytopes.map((polytope) => ({ ...polytope, value: dimensionalityOf(polytope) }));
  const top = levels.reduce((most, { dStar }) => Math.max(most, dStar), 1);
  return {
    x: { domain: [0, levels.length], axis: null },
    y: { domain: [0, 1.03 * top], axis: null },
    marks: [
      Plot.ruleY(lines, { y: "value", stroke: colours.grey, strokeOpacity: 0.6 }),
      ...lines.map(({ name, value }) =>
        Plot.text([name], {
          ...{ y: () => value, frameAnchor: "right", textAnchor: "start", dx: 6, dy: wordsDown[name] ?? 0 },
          fontSize: sizes.tickFont,
        }),
      ),
      Plot.ruleX(Array.from(levels.keys()), { stroke: colours.grey, strokeOpacity: 0.25 }),
      Plot.rect(bars, {
        x1: "level",
        x2: ({ level, width }: LevelBar) => level + width,
        y1: "from",
        y2: "to",
        fill: colours.blue,
      }),
      Plot.line(levels, {
        x: (_: DimensionalityLevel, i: number) => i + 0.5,
        y: "dStar",
        stroke: colours.vermilion,
        strokeWidth: 1.8,
      }),
      Plot.dot(levels, {
        x: (_: DimensionalityLevel, i: number) => i + 0.5,
        y: "dStar",
        fill: colours.vermilion,
        r: 3,
      }),
      Plot.axisY({ ...quietAxis, ticks: 6, tickFormat: tickText }),
      Plot.axisX(
        Array.from(levels.keys(), (i) => i + 0.5),
        { ...quietAxis, tickFormat: (x: number) => tickText(levels[Math.floor(x)]!.p) },
      ),
    ],
  };
}

const tableOf = (bars: readonly LevelBar[]): FigureTable => ({
  columns: ["p", "D*", "D_i from", "D_i to", "features"],
  rows: bars.map(({ p, dStar, from, to, number }) => [p, dStar, from, to, number]),
});
