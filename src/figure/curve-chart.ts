/** One way to draw curves with intervals, references and marks; the figures of losses and spectra differ in words. */
import * as Plot from "@observablehq/plot";
import { type Axis, type AxisType, axisOver, canDraw, placeOn, scaleOf, xAxis, yAxis } from "./axis.ts";
import {
  type Curve,
  type CurvePoint,
  type PointMark,
  type Reference,
  thin,
  type VerticalMark,
} from "./curve.ts";
import { drawFigure, type FigureHost } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { type LegendEntry, seriesSwatch } from "./legend.ts";
import { letterOf, pointMarks, verticalMarks, withHeadroom } from "./marks.ts";
import { tickText } from "./number-text.ts";
import { colours, type SeriesStyle, seriesStyle } from "./theme.ts";

/** A chart of curves. */
export interface CurveChart {
  /** The figure function's name, for its errors. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Labels with units; they are the table's columns too. */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xType: AxisType;
  readonly yType: AxisType;
  /** Whether a linear y axis starts at 0. */
  readonly yFromZero?: boolean;
  readonly curves: readonly Curve[];
  readonly references?: readonly Reference[];
  readonly verticals?: readonly VerticalMark[];
  readonly pointMarks?: readonly PointMark[];
}

/** Curves of more points than this are lines without symbols, and their intervals bands. */
const mostSymbols = 40;
/** Points of all curves together that keep a file below some 60 kB. */
const mostPoints = 2200;

/** Draws a chart. Throws when no curve has a value that its axes can show. */
export function drawCurves(chart: CurveChart, host: FigureHost): Figure {
  const drawn = chart.curves.map((curve, index) => preparedCurve(curve, index, chart));
  if (!drawn.some(({ points }) => points.some(({ y }) => y !== null)))
    throw new Error(
      `${chart.name}: need at least one curve with a value${chart.yType === "log" ? " above 0" : ""}, got none. Pass measured points.`,
    );
  const references = (chart.references ?? []).map((reference) => preparedReference(reference, chart, drawn));
  const axes = axesOf(chart, drawn, references);
  return drawFigure(
    {
      title: chart.title,
      description: chart.description,
      xLabel: chart.xLabel,
      yLabel: chart.yLabel,
      left: 66,
      right: 28,
      legend: legendOf(drawn, references, chart.pointMarks ?? []),
      plot: {
        x: scaleOf(axes.x),
        y: scaleOf(axes.y),
        marks: [
          ...yAxis(axes.y),
          ...xAxis(axes.x),
          ...verticalMarks(chart.verticals ?? [], axes.x),
          ...references.flatMap((reference) => referenceMarks(reference, axes.x)),
          ...drawn.flatMap((curve) => curveMarks(curve, axes.y)),
          ...pointMarks(chart.pointMarks ?? []),
        ],
      },
      table: tableOf(chart),
    },
    host,
  );
}

/** A curve with its looks. */
interface DrawnCurve extends Curve {
  readonly style: SeriesStyle;
  readonly symbols: boolean;
}

function preparedCurve({ label, points }: Curve, index: number, chart: CurveChart): DrawnCurve {
  const placed = points.filter(({ x }) => canDraw(x, chart.xType));
  const shown = placed.map((point) => (canDraw(point.y, chart.yType) ? point : { x: point.x, y: null }));
  const most = Math.max(2 * mostSymbols, Math.floor(mostPoints / chart.curves.length));
  const symbols = shown.length <= mostSymbols;
  return { label, points: thin(shown, most, placeOn(chart.xType)), style: seriesStyle(index), symbols };
}

/** A reference with its looks. */
interface DrawnReference {
  readonly label: string;
  readonly colour: string;
  readonly dash: string | undefined;
  readonly value: number | readonly CurvePoint[];
}

const referenceLooks = {
  naive: { colour: colours.grey, dash: undefined },
  offset: { colour: colours.grey, dash: "1.5,3" },
  bound: { colour: colours.ink, dash: "5,4" },
  published: { colour: colours.grey, dash: "9,3,2,3" },
} as const;

function preparedReference(reference: Reference, chart: CurveChart, curves: readonly DrawnCurve[]) {
  const { kind, value, label } = reference;
  const owner = curves.find((curve) => curve.label === reference.of);
  const looks = referenceLooks[kind];
  const known = (y: number | null) => canDraw(y, chart.yType);
  const points = (list: readonly CurvePoint[]) =>
    list.filter(({ x, y }) => canDraw(x, chart.xType) && known(y));
  return {
    label: typeof value === "number" ? `${label} (${tickText(Number(value.toPrecision(3)))})` : label,
    colour: owner?.style.colour ?? looks.colour,
    dash: looks.dash,
    value: typeof value === "number" ? value : points(value),
  };
}

function axesOf(
  { xType, yType, yFromZero = false, pointMarks = [], verticals = [] }: CurveChart,
  curves: readonly DrawnCurve[],
  references: readonly DrawnReference[],
): { readonly x: Axis; readonly y: Axis } {
  const referencePoints = references.flatMap(({ value }) => (typeof value === "number" ? [] : value));
  const levels = references.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
  const points = [...curves.flatMap((curve) => curve.points), ...referencePoints];
  const xs = [...points, ...pointMarks, ...verticals].map(({ x }) => x);
  const ys = [
    ...points.flatMap(({ y, low, high }) => [y, low, high]),
    ...pointMarks.map(({ y }) => y),
    ...levels,
  ];
  return {
    x: axisOver(xs, { type: xType }),
    y: withHeadroom(axisOver(ys, { type: yType, roomy: true, zero: yFromZero }), verticals.length),
  };
}

function curveMarks({ points, style, symbols }: DrawnCurve, y: Axis): Plot.Markish[] {
  const { colour, dash, symbol } = style;
  const known = points.filter((point) => point.y !== null);
  return [
    ...intervalMarks(points, colour, symbols, y),
    Plot.line(points, {
      x: "x",
      y: "y",
      stroke: colour,
      strokeWidth: 1.8,
      strokeLinecap: "butt",
      ...(dash === undefined ? {} : { strokeDasharray: dash }),
    }),
    // A point between two gaps has no line: it is drawn on curves without symbols too.
    Plot.dot(symbols ? known : isolated(points), {
      x: "x",
      y: "y",
      fill: colour,
      symbol: symbol.name,
      r: 3.6,
    }),
  ];
}

const isolated = (points: readonly CurvePoint[]): CurvePoint[] =>
  points.filter(
    (point, i) =>
      point.y !== null && (points[i - 1]?.y ?? null) === null && (points[i + 1]?.y ?? null) === null,
  );

const hasInterval = ({ y, low, high }: CurvePoint): boolean =>
  y !== null && low !== undefined && high !== undefined;

/** Bars at symbols, a band along lines without; cut at the lower edge where a logarithm has no place for them. */
function intervalMarks(
  points: readonly CurvePoint[],
  colour: string,
  symbols: boolean,
  y: Axis,
): Plot.Markish[] {
  if (!points.some(hasInterval)) return [];
  const ends = {
    x: "x",
    y1: ({ low }: CurvePoint) => (low === undefined ? null : Math.max(low, y.domain[0])),
    y2: ({ high }: CurvePoint) => high ?? null,
  };
  if (symbols) return [Plot.ruleX(points.filter(hasInterval), { ...ends, stroke: colour, strokeWidth: 1.4 })];
  return [Plot.areaY(points, { ...ends, fill: colour, fillOpacity: 0.18 })];
}

function referenceMarks({ value, colour, dash }: DrawnReference, { domain }: Axis): Plot.Markish[] {
  const points = typeof value === "number" ? domain.map((x) => ({ x, y: value })) : value;
  const dashes = dash === undefined ? {} : { strokeDasharray: dash };
  return [
    Plot.line(points, { x: "x", y: "y", stroke: colour, strokeWidth: 1.5, strokeLinecap: "butt", ...dashes }),
  ];
}

function legendOf(
  curves: readonly DrawnCurve[],
  references: readonly DrawnReference[],
  marks: readonly PointMark[],
): LegendEntry[] {
  const bars = curves.some(({ points, symbols }) => symbols && points.some(hasInterval));
  const bands = curves.some(({ points, symbols }) => !symbols && points.some(hasInterval));
  return [
    ...curves.map(({ label, style, symbols }) => ({ label, swatch: seriesSwatch(style, symbols) })),
    ...references.map(({ label, colour, dash }) => ({
      label,
      swatch: { kind: "line", colour, dash } as const,
    })),
    ...(bars
      ? [{ label: "95 % interval", swatch: { kind: "tick", colour: colours.ink, width: 1.4 } as const }]
      : []),
    ...marks.map(({ label }, i) => ({ label, swatch: { kind: "ring", letter: letterOf(i) } as const })),
    ...(bands
      ? [{ label: "95 % interval", swatch: { kind: "fill", colour: colours.grey, opacity: 0.3 } as const }]
      : []),
  ];
}

/** A row a point; references that are one number have no x. */
function tableOf({
  xLabel,
  yLabel,
  curves,
  references = [],
  pointMarks = [],
  verticals = [],
}: CurveChart): FigureTable {
  const row = (label: string, { x, y, low, high }: CurvePoint) => [label, x, y, low ?? null, high ?? null];
  return {
    columns: ["label", xLabel, yLabel, "95 % low", "95 % high"],
    rows: [
      ...curves.flatMap(({ label, points }) => points.map((point) => row(label, point))),
      ...references.flatMap(({ label, value }) =>
        typeof value === "number"
          ? [[label, null, value, null, null]]
          : value.map((point) => row(label, point)),
      ),
      ...[...pointMarks, ...verticals.map((mark) => ({ ...mark, y: null }))].map((mark) =>
        row(mark.label, mark),
      ),
    ],
  };
}
