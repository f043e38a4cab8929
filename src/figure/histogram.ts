/** Histograms as panels: of counts, a bar each where there is room, and of values in bins of one width. */
import * as Plot from "@observablehq/plot";
import { quietAxis } from "./draw-figure.ts";
import type { Panel } from "./draw-panels.ts";
import { textWidth } from "./label-text.ts";
import { tickText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** How many lie between two edges. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly number: number;
}

/** Bars of counts at most; where counts reach further, a bar holds several. */
const mostBars = 20;

/**
 * Bins around whole numbers, from the least that occurs to the greatest.
 * @param tally - how many have the count m, at place m
 */
export function countBins(tally: ArrayLike<number>): Bin[] {
  const present = Array.from(tally).flatMap((number, count) => (number > 0 ? [count] : []));
  const [first = 0, last = 0] = [present[0], present.at(-1)];
  let width = 1;
  for (let i = 0; (last - first + 1) / width > mostBars; i++) width *= i % 3 === 1 ? 2.5 : 2;
  const bins: Bin[] = [];
  for (let low = first; low <= last; low += width) {
    const number = Array.from({ length: width }, (_, i) => tally[low + i] ?? 0).reduce((a, b) => a + b, 0);
    bins.push({ from: low - 0.5, to: low + width - 0.5, number });
  }
  return bins;
}

/** How many of the values are m, at place m. @param values - whole numbers from 0 */
export function tallyOf(values: ArrayLike<number>): Int32Array {
  const most = Array.from(values).reduce((a, b) => Math.max(a, b), 0);
  const tally = new Int32Array(most + 1);
  for (const value of Array.from(values)) tally[value]! += 1;
  return tally;
}

/** `count` bins of one width over [low, high]; values outside fall into the outermost. */
export function valueBins(values: ArrayLike<number>, low: number, high: number, count: number): Bin[] {
  const numbers = new Int32Array(count);
  for (const value of Array.from(values)) {
    const bin = Math.floor(((value - low) / (high - low)) * count);
    numbers[Math.max(0, Math.min(count - 1, bin))]! += 1;
  }
  const edge = (i: number) => low + (i / count) * (high - low);
  return Array.from(numbers, (number, i) => ({ from: edge(i), to: edge(i + 1), number }));
}

/** Where a histogram lies, and its words. */
interface HistogramWords extends Omit<Panel, "plot"> {
  /** More marks, in front of the bars. */
  readonly marks?: readonly Plot.Markish[];
}

/** Bins of one colour; those of several series let each other be seen. */
export interface BinSeries {
  readonly bins: readonly Bin[];
  readonly colour: string;
}

/** A panel of bars around whole numbers, each with its number above it where there is room. */
export function countHistogram(bins: readonly Bin[], { marks = [], ...panel }: HistogramWords): Panel {
  const [low, high] = [bins[0]!.from - 0.5, bins.at(-1)!.to + 0.5];
  const perBar = (panel.width / (high - low)) * (bins[0]!.to - bins[0]!.from);
  const numbered = bins.every(({ number }) => textWidth(tickText(number), sizes.tickFont) <= perBar);
  const middle = ({ from, to }: Bin) => (from + to) / 2;
  const single = high - low - 1 === bins.length;
  const ticks = single && bins.length <= panel.width / 26 ? bins.map(middle) : panel.width / 60;
  const numbers = Plot.text(
    bins.filter(({ number }) => numbered && number > 0),
    { x: middle, y: "number", text: ({ number }: Bin) => tickText(number), dy: -8, fontSize: sizes.tickFont },
  );
  const axis = { low, high, ticks, headroom: numbered ? 18 : 4 };
  return { ...panel, plot: plotOf([{ bins, colour: colours.blue }], axis, [numbers, ...marks]) };
}

/** A panel of bars that touch each other, over the range of the first series. */
export function valueHistogram(
  series: readonly BinSeries[],
  { marks = [], ...panel }: HistogramWords,
): Panel {
  const [low, high] = [series[0]!.bins[0]!.from, series[0]!.bins.at(-1)!.to];
  return { ...panel, plot: plotOf(series, { low, high, ticks: panel.width / 60, headroom: 4 }, marks) };
}

interface HistogramAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: number | readonly number[];
  /** Pixels above the highest bar. */
  readonly headroom: number;
}

function plotOf(
  series: readonly BinSeries[],
  { low, high, ticks, headroom }: HistogramAxis,
  marks: readonly Plot.Markish[],
): Plot.PlotOptions {
  const most = series.flatMap(({ bins }) => bins).reduce((a, { number }) => Math.max(a, number), 1);
  const whole = most <= 6 ? Array.from({ length: most + 1 }, (_, i) => i) : 5;
  return {
    x: { domain: [low, high], axis: null },
    y: { domain: [0, most], insetTop: headroom, axis: null },
    marks: [
      Plot.gridY({ ticks: whole as number }),
      ...series.map((one) => bars(one, series.length === 1 ? 1 : 0.7)),
      ...marks,
      Plot.ruleY([0], { stroke: colours.ink }),
      Plot.axisY({ ...quietAxis, ticks: whole as number, tickFormat: tickText }),
      Plot.axisX({ ...quietAxis, ticks: ticks as number, tickFormat: tickText }),
    ],
  };
}

const bars = ({ bins, colour }: BinSeries, fillOpacity: number): Plot.Markish =>
  Plot.rect(
    bins.filter(({ number }) => number > 0),
    { x1: "from", x2: "to", y1: 0, y2: "number", fill: colour, fillOpacity, insetLeft: 0.5, insetRight: 0.5 },
  );
