/**
 * Matrices as coloured cells, one panel each: responses, weights, mixing. Colours diverge from 0, where there is no
 * ink. A matrix is one image of a pixel a cell, so that 40,000 cells weigh some 60 kB.
 */
import * as Plot from "@observablehq/plot";
import { cellImage, cellsOf, colourBar } from "./cell-image.ts";
import { divergingScale } from "./colour-scale.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { type BarSharing, layoutHeatmaps, type Place } from "./heatmap-layout.ts";
import { indexTicks } from "./index-ticks.ts";
import { tickText } from "./number-text.ts";

/** One matrix of {@link heatmapFigure}, its first row on top. */
export interface HeatmapPanel {
  readonly title: string;
  /** Row-major. */
  readonly matrix: {
    readonly data: ArrayLike<number>;
    readonly shape: readonly [rows: number, columns: number];
  };
  /** What columns are, such as "feature j". */
  readonly xLabel: string;
  /** What rows are. */
  readonly yLabel: string;
}

/** What {@link heatmapFigure} draws: panels from left to right, two in a row. */
export interface HeatmapRecord {
  readonly panels: readonly HeatmapPanel[];
  readonly scale: {
    /** One colour bar for all panels, or one for each when their entries differ in size. */
    readonly sharing: BarSharing;
    /** Where colours end, above 0; the largest entry's size unless given. Larger entries take the end's colour. */
    readonly limit?: number;
  };
  /** What the figure is, for readers who do not see it; the panels' titles unless given. */
  readonly title?: string;
}

/**
 * Draws matrices with diverging colours, symmetric around 0, and their colour bars.
 *
 * @param host - where SVG elements are made
 * @returns the figure and its entries. Throws when there is no panel, a panel's entries are none or not as many as its
 * shape says, an entry is not finite, or the limit is not above 0.
 */
export function heatmapFigure(record: HeatmapRecord, host: FigureHost): Figure {
  checkRecord(record);
  const { panels, scale, title = panels.map((panel) => panel.title).join(", ") } = record;
  const layout = layoutHeatmaps(
    panels.map(({ matrix }) => matrix.shape),
    scale.sharing,
  );
  const ranges = rangesOf(record);
  const rangeOf = (i: number) => ranges[Math.min(i, ranges.length - 1)]!;
  return drawPanels(
    {
      title,
      description:
        "Matrices as coloured cells, the first row on top: blue above 0, orange below, no ink at 0, with colour bars.",
      legend: [],
      panels: [
        ...panels.map((panel, i) => matrixPanel(panel, rangeOf(i), layout.matrices[i]!)),
        ...layout.bars.map((place, i) => barPanel(rangeOf(i), place)),
      ],
      table: tableOf(panels),
    },
    host,
  );
}

function checkRecord({ panels, scale: { limit } }: HeatmapRecord): void {
  if (panels.length === 0) {
    throw new Error("heatmapFigure: need at least one panel, got none. Pass a matrix.");
  }
  panels.forEach(checkPanel);
  if (limit !== undefined && !(limit > 0 && Number.isFinite(limit))) {
    throw new Error(`heatmapFigure: need a limit above 0, got ${limit}. Leave it out for the largest entry.`);
  }
}

function checkPanel({ title, matrix: { data, shape } }: HeatmapPanel): void {
  const [rows, columns] = shape;
  if (!(rows * columns > 0) || data.length !== rows * columns) {
    throw new Error(
      `heatmapFigure: need rows × columns > 0 entries in "${title}", got ${rows} × ${columns} and ${data.length}. Check the matrix.`,
    );
  }
  const bad = Array.from(data).findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return;
  const place = `(${Math.floor(bad / columns)}, ${bad % columns})`;
  throw new Error(
    `heatmapFigure: need finite entries in "${title}", got ${data[bad]} at ${place}. Train at a lower learning rate.`,
  );
}

/** Where colours end, and whether there are entries beyond. */
interface Range {
  readonly limit: number;
  readonly exceeded: boolean;
}

/** The range of every colour bar. A scale needs some width, so where all entries are 0 it ends at 1. */
function rangesOf({ panels, scale: { sharing, limit } }: HeatmapRecord): Range[] {
  const rangeOf = (sharers: readonly HeatmapPanel[]): Range => {
    const largest = Math.max(...sharers.map(({ matrix }) => largestSize(matrix.data)));
    return { limit: limit ?? (largest || 1), exceeded: limit !== undefined && largest > limit };
  };
  return sharing === "shared" ? [rangeOf(panels)] : panels.map((panel) => rangeOf([panel]));
}

function largestSize(data: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!));
  return largest;
}

function matrixPanel({ title, matrix, xLabel, yLabel }: HeatmapPanel, { limit }: Range, place: Place): Panel {
  const scale = divergingScale(limit);
  const [rows, columns] = matrix.shape;
  const middle = { x: (columns - 1) / 2, y: (rows - 1) / 2 };
  return {
    ...{ ...place, title, xLabel, yLabel },
    plot: {
      x: { domain: [-0.5, columns - 0.5], axis: null },
      y: { domain: [rows - 0.5, -0.5], axis: null },
      marks: [
        cellImage(cellsOf(matrix, scale), scale, { ...middle, width: place.width, height: place.height }),
        Plot.frame({ stroke: "currentColor", strokeOpacity: 0.4 }),
        Plot.axisX(indexTicks(columns, place.width), { ...quietAxis, tickFormat: tickText }),
        Plot.axisY(indexTicks(rows, place.height), { ...quietAxis, tickFormat: tickText }),
      ],
    },
  };
}

/** Round numbers inside the range; where colours end before the entries do, also the ends, marked as such. */
function barPanel({ limit, exceeded }: Range, place: Place): Panel {
  const endText = (value: number) => (value === limit ? "≥ " : value === -limit ? "≤ " : "");
  const ticks = exceeded ? [-limit, -limit / 2, 0, limit / 2, limit] : Math.max(2, place.height / 40);
  const tickFormat = (value: number) => `${exceeded ? endText(value) : ""}${tickText(value)}`;
  return { ...place, plot: colourBar(divergingScale(limit), place, { ticks, tickFormat }) };
}

/** A line for each row of a matrix; matrices with fewer columns leave the last ones empty. */
function tableOf(panels: readonly HeatmapPanel[]): FigureTable {
  const columns = Math.max(...panels.map(({ matrix }) => matrix.shape[1]));
  const numbered = Array.from({ length: columns }, (_, j) => j);
  const linesOf = ({ title, matrix: { data, shape } }: HeatmapPanel) =>
    Array.from({ length: shape[0] }, (_, i) => [
      title,
      i,
      ...numbered.map((j) => (j < shape[1] ? data[i * shape[1] + j]! : null)),
    ]);
  return { columns: ["matrix", "row", ...numbered.map((j) => `column ${j}`)], rows: panels.flatMap(linesOf) };
}
