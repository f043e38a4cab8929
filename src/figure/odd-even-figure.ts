/**
 * The odd/even split of squared losses as stacked bars: a linear part, which a linear map could win, and an even part,
 * where the nonlinearity is. relu(z) = (z + |z|)/2, so for bias-free ReLU nets and sign-symmetric inputs the two add up
 * to the loss without a cross term (docs/theory/odd-even-split.md). A tick marks the least that each part can be.
 */
import * as Plot from "@observablehq/plot";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { shorten, textWidth } from "./label-text.ts";
import type { LegendEntry } from "./legend.ts";
import { fixedText, tickText } from "./number-text.ts";
import { colours, fills, sizes } from "./theme.ts";

/** One bar of {@link oddEvenFigure}: losses per output, divided by p. */
export interface OddEvenRow {
  /** What the bar is of, such as "naive" or "symmetric M". */
  readonly label: string;
  /** A second line below the label, smaller, such as "12 seeds". */
  readonly note?: string;
  readonly linear: number;
  readonly even: number;
  /** The least that any network of this width can reach; left out where none is known. */
  readonly linearBound?: number;
  readonly evenBound?: number;
  /** Ends of the 95 % interval of the sum. */
  readonly low?: number;
  readonly high?: number;
}

const rowHeight = 38;
const widestLabel = 190;

/**
 * Draws one horizontal bar a row, its two parts stacked, with ticks at their bounds and a legend above.
 *
 * @param rows - bars from top to bottom, each with a label of its own; losses ≥ 0
 * @param host - where SVG elements are made
 * @returns the figure and its numbers. Throws when there is no row.
 */
export function oddEvenFigure(rows: readonly OddEvenRow[], host: FigureHost): Figure {
  if (rows.length === 0)
    throw new Error("oddEvenFigure: need at least one row, got none. Pass a trained model's split.");
  const labelWidth = Math.min(
    widestLabel,
    Math.max(
      ...rows.map(({ label, note = "" }) => Math.max(textWidth(label, sizes.font), textWidth(note, 11))),
    ),
  );
  return drawFigure(
    {
      title: "Losses, each split into a linear and an even part",
      description:
        "Horizontal bars of loss per output divided by p; a linear part and an even part, stacked, with the least that each can be.",
      legend: legendOf(rows),
      xLabel: "loss per output / p",
      plotHeight: rowHeight * rows.length,
      left: labelWidth + 24,
      right: 190,

      plot: {
        x: { domain: [0, Math.max(...rows.map(reach))], nice: true, label: null },
        y: { domain: rows.map((row) => row.label), label: null, axis: null, padding: 0.25 },
        marks: [
          Plot.gridX({ ticks: 5 }),
          Plot.axisX({ ...quietAxis, ticks: 5, tickFormat: tickText }),
          ...rowLabels(rows, labelWidth),
          ...bars(rows),
          ...numbers(rows),
          ...boundTicks(rows),
          ...intervals(rows),
        ],
      },
      table: tableOf(rows),
    },
    host,
  );
}

const total = (row: OddEvenRow): number => row.linear + row.even;
/** How far to the right a row reaches. */
const reach = (row: OddEvenRow): number => Math.max(total(row), row.high ?? 0);

function rowLabels(rows: readonly OddEvenRow[], width: number): Plot.Markish[] {
  const place = { y: "label", frameAnchor: "left", textAnchor: "end", dx: -10 } as const;
  const text = ({ label }: OddEvenRow) => shorten(label, width, sizes.font);
  const noted = rows.filter(({ note }) => note !== undefined);
  return [
    Plot.text(
      rows.filter(({ note }) => note === undefined),
      { ...place, text },
    ),
    Plot.text(noted, { ...place, text, dy: -7 }),
    Plot.text(noted, {
      ...place,
      dy: 8,
      fontSize: 11,
      fill: colours.grey,
      text: ({ note }: OddEvenRow) => shorten(note!, width, 11),
    }),
  ];
}

/** A segment of a bar, from `x1` to `x2`. */
interface Segment {
  readonly label: string;
  readonly part: "linear" | "even";
  readonly x1: number;
  readonly x2: number;
  readonly bound: number | undefined;
}

const segmentsOf = (row: OddEvenRow): Segment[] => [
  { label: row.label, part: "linear", x1: 0, x2: row.linear, bound: row.linearBound },
  { label: row.label, part: "even", x1: row.linear, x2: row.linear + row.even, bound: row.evenBound },
];

function bars(rows: readonly OddEvenRow[]): Plot.Markish[] {
  const fill = ({ part }: Segment) => fills[part];
  return [Plot.barX(rows.flatMap(segmentsOf), { y: "label", x1: "x1", x2: "x2", fill }), Plot.ruleX([0])];
}

/** Columns of numbers right of the bars, where neither a bound nor a short bar can hide them. */
const columns = [
  { heading: "linear", of: (row: OddEvenRow) => row.linear, weight: "normal", dx: 58 },
  { heading: "even", of: (row: OddEvenRow) => row.even, weight: "normal", dx: 114 },
  { heading: "sum", of: total, weight: "bold", dx: 174 },
] as const;

function numbers(rows: readonly OddEvenRow[]): Plot.Markish[] {
  return columns.flatMap(({ heading, of, weight, dx }) => {
    const place = { textAnchor: "end", dx, fontWeight: weight, fontVariant: "tabular-nums" } as const;
    return [
      Plot.text(rows, {
        ...place,
        y: "label",
        frameAnchor: "right",
        text: (row: OddEvenRow) => fixedText(of(row), 4),
      }),
      Plot.text([heading], { ...place, frameAnchor: "top-right", dy: -9 }),
    ];
  });
}

/** A bound is drawn where its part would end if the part were no larger than that. */
function boundTicks(rows: readonly OddEvenRow[]): Plot.Markish[] {
  const bounded = rows.flatMap(segmentsOf).filter(({ bound }) => bound !== undefined);
  const x = ({ x1, bound }: Segment) => x1 + bound!;
  return [
    Plot.tickX(bounded, {
      y: "label",
      x,
      stroke: colours.ink,
      strokeWidth: 3,
      insetTop: -4,
      insetBottom: -4,
    }),
  ];
}

const hasInterval = ({ low, high }: OddEvenRow): boolean => low !== undefined && high !== undefined;

/** Whiskers with caps. */
function intervals(rows: readonly OddEvenRow[]): Plot.Markish[] {
  const known = rows.filter(hasInterval);
  const caps = { y: "label", stroke: colours.ink, strokeWidth: 1.2, insetTop: 9, insetBottom: 9 } as const;
  return [
    Plot.link(known, {
      y: "label",
      x1: "low",
      x2: "high",
      stroke: colours.ink,
      strokeWidth: 1.2,
    } as Plot.LinkOptions),
    Plot.tickX(known, { ...caps, x: "low" }),
    Plot.tickX(known, { ...caps, x: "high" }),
  ];
}

function legendOf(rows: readonly OddEvenRow[]): LegendEntry[] {
  const bounded = rows.some(({ linearBound, evenBound }) => (linearBound ?? evenBound) !== undefined);
  return [
    { label: "linear part", swatch: { kind: "fill", colour: fills.linear } },
    { label: "even part", swatch: { kind: "fill", colour: fills.even } },
    ...(bounded
      ? [
          {
            label: "the least that a part can be, for any network of this width",
            swatch: { kind: "tick", colour: colours.ink },
          } as const,
        ]
      : []),
    ...(rows.some(hasInterval)
      ? [{ label: "95 % interval of the sum", swatch: { kind: "interval" } } as const]
      : []),
  ];
}

function tableOf(rows: readonly OddEvenRow[]): FigureTable {
  const columns = ["label", "linear / p", "even / p", "loss / p", "linear bound / p", "even bound / p"];
  return {
    columns: [...columns, "loss / p, 95 % low", "loss / p, 95 % high"],
    rows: rows.map((row) => [
      row.label,
      row.linear,
      row.even,
      total(row),
      row.linearBound ?? null,
      row.evenBound ?? null,
      row.low ?? null,
      row.high ?? null,
    ]),
  };
}
