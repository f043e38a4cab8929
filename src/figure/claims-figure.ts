/**
 * Claims of the literature beside what was measured, as a forest plot: every claim in units of its own tolerance, so
 * that unlike numbers share one axis.
 */
import * as Plot from "@observablehq/plot";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { shorten, textWidth } from "./label-text.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours, type SeriesSymbol, seriesStyle, sizes } from "./theme.ts";

/** One row of {@link claimsFigure}. */
export interface ClaimRow {
  readonly label: string;
  readonly expected: number;
  /** ≥ 0 */
  readonly tolerance: number;
  /** Null where nothing was measured. */
  readonly measured: number | null;
  /** Ends of the 95 % interval of `measured`. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: "reproduced" | "differs" | "inconclusive";
}

const looks: Readonly<Record<ClaimRow["verdict"], { colour: string; symbol: SeriesSymbol }>> = {
  reproduced: { colour: colours.green, symbol: seriesStyle(0).symbol },
  differs: { colour: colours.vermilion, symbol: seriesStyle(1).symbol },
  inconclusive: { colour: colours.grey, symbol: seriesStyle(3).symbol },
};
const verdicts = ["reproduced", "differs", "inconclusive"] as const;

/** The axis ends here, in tolerances; an arrow says that a claim lies beyond. */
const farthest = 4;
const rowHeight = 24;
const widestLabel = 300;

/**
 * Draws (measured − expected) / tolerance with its 95 % interval, a row a claim, between −4 and 4; the numbers stand
 * on the right. Throws when there is no claim.
 */
export function claimsFigure(claims: readonly ClaimRow[], host: FigureHost): Figure {
  if (claims.length === 0)
    throw new Error("claimsFigure: need at least one claim, got none. Pass the claims of a study.");
  const labelWidth = Math.min(
    widestLabel,
    Math.max(...claims.map(({ label }) => textWidth(label, sizes.font))),
  );
  const rows = claims.map(rowOf);
  const columns = numberColumns(rows);
  return drawFigure(
    {
      title: "Claims of the literature and what was measured",
      description:
        "Measured minus expected, in units of the tolerance, with 95 % intervals: one row a claim. Between −1 and 1 a claim is met.",
      legend: legendOf(claims),
      xLabel: "(measured − expected) / tolerance",
      plotHeight: rowHeight * claims.length + 8,
      left: labelWidth + 28,
      right: columns[1].dx + 16,
      plot: {
        x: { domain: [-farthest, farthest], label: null },
        y: { domain: rows.map(({ y }) => y), axis: null, padding: 0.2 },
        marks: [
          Plot.rect([0], { x1: -1, x2: 1, fill: colours.green, fillOpacity: 0.13 }),
          Plot.axisX({ ...quietAxis, ticks: [-4, -3, -2, -1, 0, 1, 2, 3, 4], tickFormat: tickText }),
          Plot.ruleX([0], { stroke: colours.grey, strokeDasharray: "3,3" }),
          ...words(rows, labelWidth, columns),
          ...verdicts.flatMap((verdict) =>
            measurements(
              rows.filter((row) => row.verdict === verdict),
              verdict,
            ),
          ),
        ],
      },
      table: tableOf(claims),
    },
    host,
  );
}

/** A claim in units of its tolerance; rows are told apart by place, since labels may repeat. */
interface Row extends ClaimRow {
  readonly y: number;
  readonly x: number | null;
  readonly from: number | null;
  readonly to: number | null;
}

function rowOf(claim: ClaimRow, y: number): Row {
  const { measured, low, high } = claim;
  return {
    ...claim,
    y,
    x: deviation(claim, measured),
    from: deviation(claim, low),
    to: deviation(claim, high),
  };
}

/** In tolerances; infinite when there is no tolerance and a difference. */
function deviation({ expected, tolerance }: ClaimRow, value: number | null): number | null {
  if (value === null) return null;
  return value === expected ? 0 : (value - expected) / tolerance;
}

const inside = (x: number): number => Math.min(farthest, Math.max(-farthest, x));
const isBeyond = ({ x }: Row): boolean => x !== null && Math.abs(x) > farthest;

function measurements(rows: readonly Row[], verdict: ClaimRow["verdict"]): Plot.Markish[] {
  const { colour, symbol } = looks[verdict];
  const measured = rows.filter(({ x }) => x !== null);
  const beyond = measured.filter(isBeyond);
  const place = { y: "y", x: ({ x }: Row) => inside(x!) } as const;
  return [
    Plot.ruleY(
      measured.filter(({ from, to }) => from !== null && to !== null),
      {
        y: "y",
        x1: ({ from }: Row) => inside(from!),
        x2: ({ to }: Row) => inside(to!),
        stroke: colour,
        strokeWidth: 2,
      },
    ),
    Plot.dot(
      measured.filter((row) => !isBeyond(row)),
      { ...place, symbol: symbol.name, fill: colour, r: 4.5 },
    ),
    Plot.dot(beyond, {
      ...place,
      symbol: "triangle",
      rotate: ({ x }: Row) => (x! > 0 ? 90 : -90),
      fill: colour,
      r: 4.5,
    }),
  ];
}

function words(rows: readonly Row[], labelWidth: number, columns: readonly NumberColumn[]): Plot.Markish[] {
  const right = { y: "y", frameAnchor: "right", textAnchor: "end" } as const;
  return [
    Plot.text(rows, {
      y: "y",
      frameAnchor: "left",
      textAnchor: "end",
      dx: -12,
      text: ({ label }: Row) => shorten(label, labelWidth, sizes.font),
    }),
    ...columns.flatMap(({ heading, text, dx }) => [
      Plot.text(rows, { ...right, text, dx, fontSize: sizes.tickFont, fontVariant: "tabular-nums" }),
      Plot.text([heading], {
        frameAnchor: "top-right",
        textAnchor: "end",
        lineAnchor: "bottom",
        dx,
        dy: -3,
        fontSize: sizes.tickFont,
      }),
    ]),
  ];
}

/** A column of numbers right of the plot; `dx` is how far its right edge lies from the plot's. */
interface NumberColumn {
  readonly heading: string;
  readonly text: (row: Row) => string;
  readonly dx: number;
}

function numberColumns(rows: readonly Row[]): readonly [NumberColumn, NumberColumn] {
  const measured = (row: Row) => significant(row.measured);
  const expected = (row: Row) => `${significant(row.expected)} ± ${significant(row.tolerance)}`;
  const width = (heading: string, text: (row: Row) => string) =>
    Math.max(...[heading, ...rows.map(text)].map((word) => textWidth(word, sizes.tickFont)));
  const first = 12 + width("measured", measured);
  const second = first + 12 + width("expected", expected);
  return [
    { heading: "measured", text: measured, dx: first },
    { heading: "expected", text: expected, dx: second },
  ];
}

/** Three digits that count. */
const significant = (value: number | null): string =>
  value === null ? "none" : tickText(Number(value.toPrecision(3)));

const beyondSwatch = {
  kind: "symbol",
  colour: colours.ink,
  symbol: { name: "triangle", path: "M6,0L-3.2,5.4V-5.4Z" },
} as const;

function legendOf(claims: readonly ClaimRow[]): LegendEntry[] {
  const present = verdicts.filter((verdict) => claims.some((claim) => claim.verdict === verdict));
  return [
    ...present.map((verdict) => ({ label: verdict, swatch: { kind: "symbol", ...looks[verdict] } as const })),
    { label: "95 % interval", swatch: { kind: "line", colour: colours.ink, width: 2 } },
    { label: "within the tolerance", swatch: { kind: "fill", colour: colours.green, opacity: 0.13 } },
    ...(claims.map(rowOf).some(isBeyond)
      ? [{ label: "beyond the axis", swatch: beyondSwatch } as const]
      : []),
  ];
}

function tableOf(claims: readonly ClaimRow[]): FigureTable {
  return {
    columns: ["claim", "expected", "tolerance", "measured", "95 % low", "95 % high", "verdict"],
    rows: claims.map((claim) => [
      claim.label,
      claim.expected,
      claim.tolerance,
      claim.measured,
      claim.low,
      claim.high,
      claim.verdict,
    ]),
  };
}
