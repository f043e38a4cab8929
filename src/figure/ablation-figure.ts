/**
 * Losses of variants of one thing, as dots with 95 % intervals: nets with a part removed, kinds of labels, baselines.
 * Rows stand in groups with headings, and a line shows what they are compared with.
 */
import * as Plot from "@observablehq/plot";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { shorten, textWidth } from "./label-text.ts";
import type { LegendEntry } from "./legend.ts";
import { fixedText, tickText } from "./number-text.ts";
import { colours, seriesStyle, sizes } from "./theme.ts";

/** One row of {@link ablationFigure}. */
export interface AblationRow {
  readonly label: string;
  readonly mean: number;
  /** Ends of the 95 % interval of the mean; left out, or null, for exact numbers and single runs. */
  readonly low?: number | null;
  readonly high?: number | null;
  /** Rows of one group stand together, in the order of their first rows; without a group they stand first. */
  readonly group?: string;
  /** The least that the row's loss can be; left out, or null, where none is known. */
  readonly bound?: number | null;
}

/** What {@link ablationFigure} draws: rows from top to bottom. */
export interface AblationRecord {
  readonly rows: readonly AblationRow[];
  /** What rows are compared with, such as { label: "naive", value: 0.0833 }. */
  readonly reference?: { readonly label: string; readonly value: number };
  /** What the axis is, with units; "loss per output / p" unless given. */
  readonly quantity?: string;
}

const rowHeight = 26;
const widestLabel = 250;
const look = seriesStyle(0);
/** Room at the right for the numbers. */
const numbers = { mean: 52, interval: 168, all: 184 } as const;

/**
 * Draws a dot a row at its mean, with its 95 % interval and its bound, and the numbers beside it.
 *
 * @returns the figure and its numbers. Throws when there is no row, or a number is not finite.
 */
export function ablationFigure(record: AblationRecord, host: FigureHost): Figure {
  checkRecord(record);
  const { rows, reference, quantity = "loss per output / p" } = record;
  const lines = linesOf(rows);
  const labelWidth = Math.min(widestLabel, Math.max(...lines.map(({ text }) => textWidth(text, sizes.font))));
  return drawFigure(
    {
      title: `Variants and their ${quantity}`,
      description: `${quantity}, a row a variant: dots at means, with 95 % intervals${reference === undefined ? "" : `, and a line at ${reference.label}`}.`,
      legend: legendOf(record),
      xLabel: quantity,
      plotHeight: rowHeight * lines.length + 8,
      left: labelWidth + 30,
      right: numbers.all,
      plot: {
        x: { domain: domainOf(record), nice: true, axis: null },
        y: { domain: lines.map(({ y }) => y), axis: null, padding: 0.2 },
        marks: [
          Plot.gridX({ ticks: 5 }),
          Plot.axisX({ ...quietAxis, ticks: 5, tickFormat: tickText }),
          ...words(lines, labelWidth),
          ...(reference === undefined ? [] : [Plot.ruleX([reference.value], referenceLook)]),
          ...dots(lines.filter(isRowLine)),
        ],
      },
      table: tableOf(rows),
    },
    host,
  );
}

function checkRecord({ rows, reference }: AblationRecord): void {
  if (rows.length === 0) {
    throw new Error("ablationFigure: need at least one row, got none. Pass the variants' losses.");
  }
  for (const { label, mean, low, high, bound } of rows) {
    const bad = [mean, low ?? 0, high ?? 0, bound ?? 0].find((value) => !Number.isFinite(value));
    if (bad === undefined) continue;
    throw new Error(
      `ablationFigure: need finite numbers in row "${label}", got ${bad}. Leave out what was not measured.`,
    );
  }
  if (reference !== undefined && !Number.isFinite(reference.value)) {
    throw new Error(
      `ablationFigure: need a finite reference, got ${reference.value}. Leave it out if there is none.`,
    );
  }
}

/** A line of the figure: a heading, or a row. Lines are told apart by place, since labels may repeat. */
interface Line {
  readonly y: number;
  readonly text: string;
  readonly row: AblationRow | null;
}

interface RowLine extends Line {
  readonly row: AblationRow;
}

const isRowLine = (line: Line): line is RowLine => line.row !== null;

function linesOf(rows: readonly AblationRow[]): Line[] {
  const groups = [...new Set([undefined, ...rows.map(({ group }) => group)])];
  const lines = groups.flatMap((group) => [
    ...(group === undefined ? [] : [{ text: group, row: null }]),
    ...rows.filter((row) => row.group === group).map((row) => ({ text: row.label, row })),
  ]);
  return lines.map((line, y) => ({ ...line, y }));
}

/** All that is drawn, with room at both ends; 0 only where something lies there, since dots need no common base. */
function domainOf({ rows, reference }: AblationRecord): [number, number] {
  const values = rows.flatMap(({ mean, low, high, bound }) => [
    mean,
    low ?? mean,
    high ?? mean,
    bound ?? mean,
  ]);
  const all = reference === undefined ? values : [...values, reference.value];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const free = high > low ? 0.04 * (high - low) : Math.abs(high) / 2 || 1;
  return [low - free, high + free];
}

const referenceLook = { stroke: colours.grey, strokeDasharray: "6,4", strokeWidth: 1.5 } as const;

const intervalOf = ({ row }: RowLine): readonly [number, number] | null =>
  typeof row.low === "number" && typeof row.high === "number" ? [row.low, row.high] : null;

/** Ends of intervals stand out above and below the dot, which may be wider than the interval. */
const cap = { y: "y", stroke: look.colour, strokeWidth: 1.5, insetTop: 3, insetBottom: 3 } as const;

function dots(lines: readonly RowLine[]): Plot.Markish[] {
  const withInterval = lines.filter((line) => intervalOf(line) !== null);
  const bounded = lines.filter(({ row }) => typeof row.bound === "number");
  return [
    Plot.tickX(bounded, {
      y: "y",
      x: ({ row }: RowLine) => row.bound!,
      stroke: colours.ink,
      strokeWidth: 3,
    }),
    Plot.ruleY(withInterval, {
      y: "y",
      x1: (line: RowLine) => intervalOf(line)![0],
      x2: (line: RowLine) => intervalOf(line)![1],
      stroke: look.colour,
      strokeWidth: 2,
    }),
    ...[0, 1].map((end) =>
      Plot.tickX(withInterval, { ...cap, x: (line: RowLine) => intervalOf(line)![end as 0 | 1] }),
    ),
    Plot.dot(lines, { y: "y", x: ({ row }: RowLine) => row.mean, fill: look.colour, r: 3.5 }),
  ];
}

/** Headings and labels at the left; mean and interval at the right. */
function words(lines: readonly Line[], width: number): Plot.Markish[] {
  const rows = lines.filter(isRowLine);
  const label = {
    y: "y",
    text: ({ text }: Line) => shorten(text, width, sizes.font),
    frameAnchor: "left",
  } as const;
  const right = { y: "y", frameAnchor: "right", textAnchor: "end", fontVariant: "tabular-nums" } as const;
  return [
    Plot.text(rows, { ...label, textAnchor: "end", dx: -12 }),
    Plot.text(
      lines.filter((line) => !isRowLine(line)),
      { ...label, textAnchor: "start", dx: -width - 14, fontWeight: "bold" },
    ),
    Plot.text(rows, {
      ...right,
      dx: numbers.mean,
      text: ({ row }: RowLine) => measured(row.mean),
      fontWeight: "bold",
    }),
    Plot.text(rows, {
      ...right,
      dx: numbers.interval,
      fontSize: sizes.tickFont,
      fill: colours.grey,
      text: (line: RowLine) => (intervalOf(line) ?? []).map(measured).join(" to "),
    }),
  ];
}

/** Four decimals, as the literature has losses; three digits where that would leave fewer. */
const measured = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.01 ? tickText(Number(value.toPrecision(3))) : fixedText(value, 4);

function legendOf({ rows, reference }: AblationRecord): LegendEntry[] {
  const lines = linesOf(rows).filter(isRowLine);
  const entries: (LegendEntry | null)[] = [
    { label: "mean", swatch: { kind: "symbol", colour: look.colour, symbol: look.symbol } },
    lines.some((line) => intervalOf(line) !== null)
      ? { label: "95 % interval", swatch: { kind: "line", colour: look.colour, width: 2 } }
      : null,
    rows.some(({ bound }) => typeof bound === "number")
      ? { label: "the least that it can be", swatch: { kind: "tick", colour: colours.ink } }
      : null,
    reference === undefined
      ? null
      : {
          label: `${reference.label}, ${measured(reference.value)}`,
          swatch: { kind: "line", colour: colours.grey, dash: "6,4", width: 1.5 },
        },
  ];
  return entries.filter((entry) => entry !== null);
}

function tableOf(rows: readonly AblationRow[]): FigureTable {
  return {
    columns: ["group", "variant", "mean", "95 % low", "95 % high", "bound"],
    rows: rows.map(({ group, label, mean, low, high, bound }) => [
      group ?? null,
      label,
      mean,
      low ?? null,
      high ?? null,
      bound ?? null,
    ]),
  };
}
