/**
 * Entries of one matrix against those of another: a histogram in two dimensions off the diagonal and dots on it, each with
 * a fitted line and a target's. The figures that use it differ in words and lines.
 */
import * as Plot from "@observablehq/plot";
import type { BinnedAxis, MatrixBins } from "../analyse/matrix-bins.ts";
import { log } from "../numeric/elementary.ts";
import { cellImage, colourBar } from "./cell-image.ts";
import { type ColourScale, colourIndex, countScale } from "./colour-scale.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours } from "./theme.ts";

/** y = slope · x + intercept. */
export interface StraightLine {
  readonly slope: number;
  readonly intercept: number;
}

/** A line that was fitted, or null, and the one that would be right. */
interface LinePair {
  readonly fit: StraightLine | null;
  readonly target: StraightLine;
}

/** What is drawn, and its words. */
export interface MatrixPair {
  readonly title: string;
  readonly description: string;
  readonly bins: MatrixBins;
  /** Names of the matrices, such as "M": labels of axes and columns of the table. */
  readonly x: string;
  readonly y: string;
  readonly offDiagonal: LinePair;
  readonly diagonal: LinePair;
  /** Words for the lines; null to leave the line out. */
  readonly words: { readonly fit: string | null; readonly target: string };
}

const plotHeight = 290;
const places = {
  entries: { left: 56, top: panelMargins.above, width: 300, height: plotHeight },
  bar: { left: 364, top: panelMargins.above, width: 12, height: plotHeight },
  diagonal: { left: 476, top: panelMargins.above, width: 228, height: plotHeight },
} as const;
/** Of the fitted line; the target's is dashed, in ink. */
const fitColour = colours.vermilion;
const dash = "6,4";
/** Free space between the outermost values and the frame, as a share of their range. */
const margin = 0.04;

/** Draws the pair. The bins must hold an entry. */
export function drawMatrixPair(pair: MatrixPair, host: FigureHost): Figure {
  // A scale needs some width: two counts at least.
  const most = Math.max(
    2,
    pair.bins.counts.reduce((largest, count) => Math.max(largest, count), 0),
  );
  const scale = countScale(0, log(most));
  return drawPanels(
    {
      title: pair.title,
      description: pair.description,
      legend: legendOf(pair.words),
      panels: [entriesPanel(pair, scale), barPanel(scale, most), diagonalPanel(pair)],
      table: tableOf(pair),
    },
    host,
  );
}

function legendOf({ fit, target }: MatrixPair["words"]): LegendEntry[] {
  return [
    ...(fit === null ? [] : [{ label: fit, swatch: { kind: "line", colour: fitColour, width: 2 } } as const]),
    { label: target, swatch: { kind: "line", colour: colours.ink, dash, width: 2 } },
  ];
}

type Domain = readonly [low: number, high: number];

/** A domain around values, with a margin; around a single value, of width 1. */
function domainOver(values: readonly number[]): Domain {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const free = high > low ? margin * (high - low) : 0.5;
  return [low - free, high + free];
}

const at = ({ slope, intercept }: StraightLine, x: number): number => slope * x + intercept;

function lineMark(line: StraightLine, [low, high]: Domain, look: Plot.LineOptions): Plot.Markish {
  const ends = [low, high].map((x) => ({ x, y: at(line, x) }));
  return Plot.line(ends, { x: "x", y: "y", strokeWidth: 2, ...look });
}

const targetLook = { stroke: colours.ink, strokeDasharray: dash };
const fitLook = { stroke: fitColour };

function axes(): Plot.Markish[] {
  return [
    Plot.frame({ stroke: "currentColor", strokeOpacity: 0.4 }),
    Plot.axisX({ ...quietAxis, ticks: 5, tickFormat: tickText }),
    Plot.axisY({ ...quietAxis, ticks: 6, tickFormat: tickText }),
  ];
}

const linesOf = ({ fit, target }: LinePair): StraightLine[] => (fit === null ? [target] : [target, fit]);

function entriesPanel({ bins, offDiagonal, ...names }: MatrixPair, scale: ColourScale): Panel {
  const { fit, target } = offDiagonal;
  const x = domainOver([bins.x.low, bins.x.high]);
  const ends = linesOf(offDiagonal).flatMap((line) => x.map((end) => at(line, end)));
  const y = domainOver([bins.y.low, bins.y.high, ...ends]);
  return {
    ...places.entries,
    title: "off the diagonal",
    xLabel: `${names.x}[i, j]`,
    yLabel: `${names.y}[i, j]`,
    plot: {
      x: { domain: x, axis: null },
      y: { domain: y, axis: null },
      marks: [
        countImage(bins, x, y, scale),
        ...(fit === null ? [] : [lineMark(fit, x, fitLook)]),
        lineMark(target, x, targetLook),
        ...axes(),
      ],
    },
  };
}

/** Rows of bins come lowest first; an image's first row is on top. An axis without width is drawn as thin as a line. */
function countImage(
  { x, y, counts }: MatrixBins,
  xDomain: Domain,
  yDomain: Domain,
  scale: ColourScale,
): Plot.Markish {
  const { width, height } = places.entries;
  const indices = Uint8Array.from(counts, (_, i) => {
    const row = y.count - 1 - Math.floor(i / x.count);
    const count = counts[row * x.count + (i % x.count)]!;
    return count === 0 ? 0 : Math.max(1, colourIndex(scale, log(count)));
  });
  const pixels = ({ low, high }: BinnedAxis, domain: Domain, length: number) =>
    Math.max(2, ((high - low) / (domain[1] - domain[0])) * length);
  return cellImage({ rows: y.count, columns: x.count, indices }, scale, {
    x: (x.low + x.high) / 2,
    y: (y.low + y.high) / 2,
    width: pixels(x, xDomain, width),
    height: pixels(y, yDomain, height),
  });
}

/** Counts on a logarithmic scale. */
function barPanel(scale: ColourScale, most: number): Panel {
  const ticks = [1, 10, 100, 1000, 10_000]
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((tick) => tick <= most);
  const tickFormat = (value: number) => tickText(ticks.find((tick) => log(tick) === value)!);
  return {
    ...places.bar,
    yLabel: "entries",
    plot: colourBar(scale, places.bar, { ticks: ticks.map((tick) => log(tick)), tickFormat }),
  };
}

/** Against x's diagonal where that varies by more than rounding; against the feature's number where it does not. */
function diagonalPanel({ bins, diagonal, ...names }: MatrixPair): Panel {
  const entries = bins.diagonal;
  const first = entries.x[0]!;
  const constant = entries.x.every((value) => Math.abs(value - first) <= 1e-9 * Math.abs(first));
  const level = (line: StraightLine) => ({ slope: 0, intercept: at(line, first) });
  const xs = constant ? Array.from(entries.x.keys()) : Array.from(entries.x);
  const target = constant ? level(diagonal.target) : diagonal.target;
  const fits = diagonal.fit === null ? [] : [constant ? level(diagonal.fit) : diagonal.fit];
  const x = domainOver(xs);
  const ends = [target, ...fits].flatMap((line) => x.map((end) => at(line, end)));
  const y = domainOver([...entries.y, ...ends]);
  return {
    ...places.diagonal,
    title: "on the diagonal",
    xLabel: constant
      ? `feature i, where ${names.x}[i, i] = ${tickText(Number(first.toPrecision(3)))}`
      : `${names.x}[i, i]`,
    yLabel: `${names.y}[i, i]`,
    plot: {
      x: { domain: x, axis: null },
      y: { domain: y, axis: null },
      marks: [
        Plot.dot(xs, { x: xs, y: entries.y, r: 2.5, fill: colours.blue, fillOpacity: 0.75 }),
        ...fits.map((line) => lineMark(line, x, fitLook)),
        lineMark(target, x, targetLook),
        ...axes(),
      ],
    },
  };
}

/** Bins by their middles, without empty ones, and every entry of the diagonal. */
function tableOf({ bins: { x, y, counts, diagonal }, ...names }: MatrixPair): FigureTable {
  const middle = ({ low, high, count }: BinnedAxis, bin: number) =>
    low + ((bin + 0.5) / count) * (high - low);
  const rows = Array.from(counts, (count, i) => [
    "off the diagonal",
    middle(x, i % x.count),
    middle(y, Math.floor(i / x.count)),
    count,
  ]).filter((row) => row[3] !== 0);
  const dots = Array.from(diagonal.x, (value, i) => ["on the diagonal", value, diagonal.y[i]!, 1]);
  return { columns: ["entries", names.x, names.y, "count"], rows: [...rows, ...dots] };
}
