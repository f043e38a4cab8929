/**
 * Entries of W_out W_in against those of the mixing matrix M. Half of W_out W_in is the linear part of a bias-free net,
 * and half of I + 2M that of its labels (docs/theory/odd-even-split.md): a net that uses M lies near a line of slope 2
 * off the diagonal. Bhagat et al. 2026 (arXiv 2606.14673) measure 1.86.
 */
import * as Plot from "@observablehq/plot";
import type { LineFit } from "../analyse/line-fit.ts";
import type { LinearMapComparison } from "../analyse/linear-map.ts";
import type { BinnedAxis, LinearMapBins } from "../analyse/linear-map-bins.ts";
import { log } from "../numeric/elementary.ts";
import { cellImage, colourBar } from "./cell-image.ts";
import { type ColourScale, colourIndex, countScale } from "./colour-scale.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { fixedText, tickText } from "./number-text.ts";
import { colours } from "./theme.ts";

/** What {@link linearMapFigure} draws. */
export interface LinearMapRecord {
  /** From `linearMapBins(network)`, where that is not null. */
  readonly bins: LinearMapBins;
  /** From `compareLinearMap(network)`. */
  readonly comparison: Pick<LinearMapComparison, "offDiagonal" | "diagonal">;
}

const plotHeight = 290;
const places = {
  entries: { left: 56, top: panelMargins.above, width: 300, height: plotHeight },
  bar: { left: 364, top: panelMargins.above, width: 12, height: plotHeight },
  diagonal: { left: 476, top: panelMargins.above, width: 228, height: plotHeight },
} as const;
/** Of the net's own line; the target's is dashed, in ink. */
const fitColour = colours.vermilion;
const dash = "6,4";
/** Free space between the outermost values and the frame, as a share of their range. */
const margin = 0.04;

/**
 * Draws the entries off the diagonal as a histogram in two dimensions and those on it as dots, each with the
 * least-squares line and the target's.
 *
 * @returns the figure, and its bins and dots. Throws when no entry is binned.
 */
export function linearMapFigure({ bins, comparison }: LinearMapRecord, host: FigureHost): Figure {
  const most = bins.counts.reduce((largest, count) => Math.max(largest, count), 0);
  if (most === 0) {
    throw new Error("linearMapFigure: need entries in the bins, got none. Pass linearMapBins(network).");
  }
  // A scale needs some width: two counts at least.
  const scale = countScale(0, log(Math.max(2, most)));
  return drawPanels(
    {
      title: "Entries of W_out W_in against those of M",
      description:
        "At the left a two-dimensional histogram of the entries off the diagonal, the more opaque the more entries; at the right the diagonal's entries as dots. Lines: least squares, and the target I + 2M.",
      legend: legendOf(comparison),
      panels: [
        entriesPanel(bins, comparison.offDiagonal, scale),
        barPanel(scale, Math.max(2, most)),
        diagonalPanel(bins.diagonal, comparison.diagonal),
      ],
      table: tableOf(bins),
    },
    host,
  );
}

function legendOf({ offDiagonal, diagonal }: LinearMapRecord["comparison"]): LegendEntry[] {
  const describe = (where: string, fit: LineFit | null) =>
    fit === null ? [] : [`slope ${fixedText(fit.slope, 2)} ${where} (r² ${fixedText(fit.r2, 2)})`];
  const fits = [...describe("off the diagonal", offDiagonal), ...describe("on it", diagonal)];
  return [
    ...(fits.length === 0
      ? []
      : [
          {
            label: `least squares: ${fits.join(", ")}`,
            swatch: { kind: "line", colour: fitColour, width: 2 },
          } as const,
        ]),
    { label: "target I + 2M, slope 2", swatch: { kind: "line", colour: colours.ink, dash, width: 2 } },
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

/** y = slope · x + intercept, from one edge of a domain to the other. */
interface Line {
  readonly slope: number;
  readonly intercept: number;
}

const at = ({ slope, intercept }: Line, x: number): number => slope * x + intercept;

function lineMark(line: Line, [low, high]: Domain, look: Plot.LineOptions): Plot.Markish {
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

function entriesPanel(
  { mixing, map, counts }: LinearMapBins,
  fit: LineFit | null,
  scale: ColourScale,
): Panel {
  const target = { slope: 2, intercept: 0 };
  const x = domainOver([mixing.low, mixing.high]);
  const lines = fit === null ? [target] : [target, fit];
  const y = domainOver([map.low, map.high, ...lines.flatMap((line) => x.map((end) => at(line, end)))]);
  return {
    ...places.entries,
    title: "off the diagonal",
    xLabel: "M[i, j]",
    yLabel: "(W_out W_in)[i, j]",
    plot: {
      x: { domain: x, axis: null },
      y: { domain: y, axis: null },
      marks: [
        countImage({ mixing, map, counts }, x, y, scale),
        ...(fit === null ? [] : [lineMark(fit, x, fitLook)]),
        lineMark(target, x, targetLook),
        ...axes(),
      ],
    },
  };
}

/** Rows of bins come lowest first; an image's first row is on top. An axis without width is drawn as thin as a line. */
function countImage(
  { mixing, map, counts }: Omit<LinearMapBins, "diagonal">,
  x: Domain,
  y: Domain,
  scale: ColourScale,
): Plot.Markish {
  const { width, height } = places.entries;
  const indices = Uint8Array.from(counts, (_, i) => {
    const row = map.count - 1 - Math.floor(i / mixing.count);
    const count = counts[row * mixing.count + (i % mixing.count)]!;
    return count === 0 ? 0 : Math.max(1, colourIndex(scale, log(count)));
  });
  const pixels = ({ low, high }: BinnedAxis, domain: Domain, length: number) =>
    Math.max(2, ((high - low) / (domain[1] - domain[0])) * length);
  return cellImage({ rows: map.count, columns: mixing.count, indices }, scale, {
    x: (mixing.low + mixing.high) / 2,
    y: (map.low + map.high) / 2,
    width: pixels(mixing, x, width),
    height: pixels(map, y, height),
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

/** Against M's diagonal where that varies; against the feature's number where it does not. */
function diagonalPanel({ mixing, map }: LinearMapBins["diagonal"], fit: LineFit | null): Panel {
  const constant = mixing.every((value) => value === mixing[0]);
  const xs = constant ? Array.from(mixing.keys()) : Array.from(mixing);
  const target = constant ? { slope: 0, intercept: 1 + 2 * mixing[0]! } : { slope: 2, intercept: 1 };
  const lines = constant || fit === null ? [] : [fit];
  const x = domainOver(xs);
  const y = domainOver([...map, ...[target, ...lines].flatMap((line) => x.map((end) => at(line, end)))]);
  return {
    ...places.diagonal,
    title: "on the diagonal",
    xLabel: constant ? `feature i, where M[i, i] = ${tickText(mixing[0]!)}` : "M[i, i]",
    yLabel: "(W_out W_in)[i, i]",
    plot: {
      x: { domain: x, axis: null },
      y: { domain: y, axis: null },
      marks: [
        Plot.dot(xs, { x: xs, y: map, r: 2.5, fill: colours.blue, fillOpacity: 0.75 }),
        ...lines.map((line) => lineMark(line, x, fitLook)),
        lineMark(target, x, targetLook),
        ...axes(),
      ],
    },
  };
}

/** Bins by their middles, without empty ones, and every entry of the diagonal. */
function tableOf({ mixing, map, counts, diagonal }: LinearMapBins): FigureTable {
  const middle = ({ low, high, count }: BinnedAxis, bin: number) =>
    low + ((bin + 0.5) / count) * (high - low);
  const bins = Array.from(counts, (count, i) => [
    "off the diagonal",
    middle(mixing, i % mixing.count),
    middle(map, Math.floor(i / mixing.count)),
    count,
  ]).filter((row) => row[3] !== 0);
  const dots = Array.from(diagonal.mixing, (value, i) => ["on the diagonal", value, diagonal.map[i]!, 1]);
  return { columns: ["entries", "M", "W_out W_in", "count"], rows: [...bins, ...dots] };
}
