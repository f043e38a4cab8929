/**
 * Who works for whom, as stacked bars: terms such as W_out[i, k] · W_in[k, i], for every feature those of its neurons, or
 * for every neuron those of its features. Superposition is many terms in one bar; a monosemantic net has one.
 *
 * Colours say the rank of a term within its bar, since fifty neurons have no fifty colours that can be told apart; which
 * neuron it is stands in the table. Sources of the picture: Braun et al. 2025, arXiv 2501.14926, for terms of both kinds; Elhage et
 * al. 2022, arXiv 2209.10652, for neurons' weights as stacks.
 */
import * as Plot from "@observablehq/plot";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { indexTicks } from "./index-ticks.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { type Bar, type BarOrder, orderBars, type Segment, stackTerms } from "./stack-terms.ts";
import { colours, sizes } from "./theme.ts";

/** What {@link weightBarsFigure} draws: `neuronContributions(network)`, or its `reach` as terms, by its name. */
export interface WeightBarsRecord {
  /** Row-major, [features, neurons] */
  readonly terms: {
    readonly data: ArrayLike<number>;
    readonly shape: readonly [features: number, neurons: number];
  };
  /** What the terms are; W_out[i, k] · W_in[k, i] unless given. */
  readonly name?: string;
}

/** How {@link weightBarsFigure} draws. */
export interface WeightBarsOptions extends FigureHost {
  /** A bar for each feature, of neurons; or one for each neuron, of features. */
  readonly by: "feature" | "neuron";
  /** Of the bars; `dominant` unless given. */
  readonly order?: BarOrder;
  /** Terms below this share of the largest of all are lumped, in (0, 1]; 0.02 unless given. More are, where too many remain. */
  readonly leastShare?: number;
}

const rankColours = [colours.blue, colours.orange, colours.green, colours.purple, colours.brown] as const;
const rankWords = ["largest term of a bar", "2nd", "3rd", "4th", "5th and smaller"] as const;
/** Pixels that a bar must have to be numbered. */
const numberWidth = 20;
/** Terms drawn for themselves at most, so that a figure weighs less than 200 kB. */
const mostTerms = 2000;
const side = { left: 56, right: 24 } as const;
const plotWidth = sizes.width - side.left - side.right;

/**
 * Draws a stacked bar for every feature or neuron, with a tick at the sum of its terms.
 *
 * @returns the figure, and its segments. Throws when there is no term, one is not finite, or the share is outside (0, 1].
 */
export function weightBarsFigure(record: WeightBarsRecord, options: WeightBarsOptions): Figure {
  const { by, order = "dominant", leastShare = 0.02, document } = options;
  checkRecord(record, leastShare);
  const share = Math.max(leastShare, shareOfMost(record.terms.data));
  const bars = barsOf(record, by, share);
  const other = by === "feature" ? "neuron" : "feature";
  const { name = "W_out[i, k] · W_in[k, i]" } = record;
  const ordered = orderBars(bars, order);
  return drawFigure(
    {
      title: `Terms ${name} of each ${by}`,
      description: `Stacked bars, one for each ${by}: the terms of its ${other}s, positive upwards and negative downwards, the largest next to 0, and a tick at their sum.`,
      legend: legendOf(bars, share),
      xLabel: xLabelOf(order, bars.length, by, other),
      yLabel: name,
      ...side,
      below: numberedPlaces(ordered, order).length === 0 ? 8 : 26,
      plot: plotOf(ordered, order),
      table: tableOf(ordered, [by, other, name]),
    },
    { document },
  );
}

function checkRecord({ terms: { data, shape } }: WeightBarsRecord, leastShare: number): void {
  const [features, neurons] = shape;
  if (!(features * neurons > 0) || data.length !== features * neurons) {
    throw new Error(
      `weightBarsFigure: need features × neurons > 0 terms, got ${features} × ${neurons} and ${data.length}. Pass neuronContributions(network).`,
    );
  }
  const bad = Array.from(data).find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new Error(`weightBarsFigure: need finite terms, got ${bad}. Train at a lower learning rate.`);
  }
  if (!(leastShare > 0 && leastShare <= 1)) {
    throw new Error(`weightBarsFigure: need a leastShare in (0, 1], got ${leastShare}. Try 0.02.`);
  }
}

/** The share of the largest term above which there are at most `mostTerms`, in whole hundredths; 0 for few terms. */
function shareOfMost(data: ArrayLike<number>): number {
  const sizes = Float64Array.from(data, Math.abs).sort();
  if (sizes.length <= mostTerms) return 0;
  const next = sizes.at(-mostTerms - 1)! / (sizes.at(-1)! || 1);
  return Math.min(1, (Math.floor(100 * next) + 1) / 100);
}

function barsOf(
  { terms: { data, shape } }: WeightBarsRecord,
  by: "feature" | "neuron",
  leastShare: number,
): Bar[] {
  const [features, neurons] = shape;
  const largest = Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = leastShare * largest || 1;
  const [count, length, step, stride] =
    by === "feature" ? [features, neurons, neurons, 1] : [neurons, features, 1, neurons];
  return Array.from({ length: count }, (_, row) =>
    stackTerms(
      row,
      Array.from({ length }, (_, i) => data[row * step + i * stride]!),
      least,
    ),
  );
}

/** A segment and the place of its bar. */
interface Placed extends Segment {
  readonly x: number;
}

function plotOf(bars: readonly Bar[], order: BarOrder): Plot.PlotOptions {
  const placed = bars.flatMap(({ segments }, x) => segments.map((segment) => ({ ...segment, x })));
  const ends = placed.map(({ to }) => to);
  const inset = Math.min(1.5, plotWidth / bars.length / 8);
  const insets = { insetLeft: inset, insetRight: inset };
  return {
    x: { domain: [-0.5, bars.length - 0.5], axis: null },
    y: { domain: [Math.min(0, ...ends), Math.max(0, ...ends)], insetTop: 4, insetBottom: 4, axis: null },
    marks: [
      Plot.gridY({ ticks: 6 }),
      Plot.rect(placed, {
        x1: ({ x }: Placed) => x - 0.5,
        x2: ({ x }: Placed) => x + 0.5,
        y1: "from",
        y2: "to",
        fill: ({ rank }: Placed) => colourOf(rank),
        ...insets,
      }),
      Plot.ruleY([0], { stroke: colours.ink }),
      Plot.ruleY(bars, {
        x1: (_: Bar, i: number) => i - 0.5,
        x2: (_: Bar, i: number) => i + 0.5,
        y: "sum",
        stroke: colours.ink,
        strokeWidth: 2,
        ...insets,
      } as Plot.RuleYOptions),
      Plot.axisY({ ...quietAxis, ticks: 6, tickFormat: tickText }),
      Plot.axisX(numberedPlaces(bars, order), {
        ...quietAxis,
        tickFormat: (place: number) => tickText(bars[place]!.row),
      }),
    ],
  };
}

/** Which bars are numbered: round ones where they lie in order; in another order all, where there is room, or none. */
function numberedPlaces(bars: readonly Bar[], order: BarOrder): readonly number[] {
  if (order === "index") return indexTicks(bars.length, plotWidth);
  return plotWidth / bars.length < numberWidth ? [] : Array.from(bars.keys());
}

function xLabelOf(order: BarOrder, count: number, by: string, other: string): string {
  if (order === "index") return by;
  const how = {
    sum: "by their sums",
    dominant: `those with one dominant ${other} beside each other`,
    share: `those that have most in one ${other} first`,
  };
  return `${count} ${by}s, ${how[order]}`;
}

const colourOf = (rank: number | null): string =>
  rank === null ? colours.grey : rankColours[Math.min(rank, rankColours.length - 1)]!;

/** Only what occurs. */
function legendOf(bars: readonly Bar[], leastShare: number): LegendEntry[] {
  const ranks = bars.flatMap(({ segments }) => segments.map(({ rank }) => rank));
  const present = rankWords.flatMap((label, rank): LegendEntry[] =>
    ranks.includes(rank) ? [{ label, swatch: { kind: "fill", colour: rankColours[rank]! } }] : [],
  );
  const small = `the rest: terms below ${tickText(100 * leastShare)} % of the largest of all, summed`;
  return [
    ...present,
    ...(ranks.includes(null)
      ? [{ label: small, swatch: { kind: "fill", colour: colours.grey } } as const]
      : []),
    { label: "sum", swatch: { kind: "line", colour: colours.ink, width: 2 } },
  ];
}

function tableOf(bars: readonly Bar[], [by, other, name]: readonly [string, string, string]): FigureTable {
  return {
    columns: ["place", by, other, name, "sum of the bar"],
    rows: bars.flatMap(({ row, sum, segments }, place) =>
      segments.map(({ term, from, to }) => [place, row, term ?? "rest", to - from, sum]),
    ),
  };
}
