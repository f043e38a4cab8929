/** Responses to one feature at a time: how near every output comes to its label, and what leaks into the others. */
import * as Plot from "@observablehq/plot";
import type { OneHotResponses } from "../evaluate/one-hot-responses.ts";
import { axisOver, scaleOf, yAxis } from "./axis.ts";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { shorten } from "./label-text.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** One panel of {@link oneHotFigure}: a network's responses. */
export interface OneHotPanel {
  readonly label: string;
  readonly responses: Pick<OneHotResponses, "values" | "own" | "othersLeast" | "othersGreatest">;
}

const mostPanels = 4;
/** Points of all panels' lines together that keep a file below 60 kB. */
const mostPoints = 2200;

/**
 * Draws ŷ_i over v for inputs x = v e_i: a thin line a feature, their mean, relu(v), and the range of all other outputs,
 * in one to four panels. Of many features with many bends, every m-th is drawn; the legend says so.
 * Throws when there are no panels or more than four, or a panel without features or values.
 */
export function oneHotFigure(panels: readonly OneHotPanel[], host: FigureHost): Figure {
  checkPanels(panels);
  const summaries = panels.map((panel, index) => summaryOf(panel, `${index}`));
  const chosen = fewEnough(panels.map(linesOf));
  const values = summaries.flatMap((rows) =>
    rows.flatMap(({ least, greatest, target }) => [least, greatest, target]),
  );
  const x = axisOver(
    panels.flatMap(({ responses }) => [...responses.values]),
    { type: "linear" },
  );
  const y = axisOver([...values, ...chosen.lines.flat(2).map((point) => point.y)], {
    type: "linear",
    roomy: true,
  });
  const across = x.domain[1] - x.domain[0];
  const ticks = panels.length > 2 ? [x.domain[0], x.domain[0] + across / 2, x.domain[1]] : 5;
  return drawFigure(
    {
      title: "Responses to one feature at a time",
      description:
        "Every output over the value of its own input, the others being zero: one panel a network.",
      xLabel: "input v of feature i, all others 0",
      yLabel: "output ŷ_i",
      legend: legendOf(chosen),
      plotHeight: panels.length > 2 ? 240 : sizes.plotHeight,
      plot: {
        x: scaleOf(x),
        y: scaleOf(y),
        fx: { domain: panels.map((_, i) => `${i}`), axis: null, padding: 0.08 },
        marks: [
          ...yAxis(y),
          Plot.axisX({ ...quietAxis, ticks, tickFormat: tickText }),
          Plot.frame({ anchor: "bottom", strokeOpacity: 0.4 }),
          ...panels.map(panelTitle(panels.length)),
          ...summaries.map(rangeOfOthers),
          ...chosen.lines.map(featureLines),
          ...summaries.flatMap(summaryLines),
        ],
      },
      table: tableOf(panels, summaries),
    },
    host,
  );
}

function checkPanels(panels: readonly OneHotPanel[]): void {
  if (panels.length === 0 || panels.length > mostPanels)
    throw new Error(
      `oneHotFigure: need 1 to ${mostPanels} panels, got ${panels.length}. Draw more networks in several figures.`,
    );
  const empty = panels.find(({ responses }) => responses.own.data.length === 0);
  if (empty !== undefined)
    throw new Error(
      `oneHotFigure: panel "${empty.label}" needs features and values, got none. Pass what oneHotResponses gives.`,
    );
}

/** All features together at one v. */
interface Summary {
  readonly panel: string;
  readonly v: number;
  readonly target: number;
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
}

function summaryOf({ responses }: OneHotPanel, panel: string): Summary[] {
  const { values, own, othersLeast, othersGreatest } = responses;
  return Array.from(values, (v, g) => {
    const outputs = columnOf(own, g);
    return {
      panel,
      v,
      target: Math.max(v, 0),
      mean: outputs.reduce((sum, y) => sum + y, 0) / outputs.length,
      least: columnOf(othersLeast, g).reduce((a, b) => Math.min(a, b)),
      greatest: columnOf(othersGreatest, g).reduce((a, b) => Math.max(a, b)),
    };
  });
}

type Responses = OneHotPanel["responses"]["own"];

const columnOf = ({ data, shape: [features, values] }: Responses, g: number): number[] =>
  Array.from({ length: features }, (_, i) => data[i * values + g]!);

/** A point of a feature's line; `z` tells the lines of one panel apart. */
interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The line of every feature, without the points that lie on the straight way between their neighbours. */
function linesOf({ responses: { values, own } }: OneHotPanel): LinePoint[][] {
  const [features, count] = own.shape;
  return Array.from({ length: features }, (_, z) => {
    const points = Array.from(values, (x, g) => ({ x, y: own.data[z * count + g]!, z }));
    return points.filter((point, g) => !isBetween(points[g - 1], point, points[g + 1]));
  });
}

/** Whether b lies within a thousandth on the line from a to c: less than a third of a pixel. */
function isBetween(a: LinePoint | undefined, b: LinePoint, c: LinePoint | undefined): boolean {
  if (a === undefined || c === undefined || c.x === a.x) return false;
  return Math.abs(a.y + ((c.y - a.y) * (b.x - a.x)) / (c.x - a.x) - b.y) < 1e-3;
}

interface ChosenLines {
  readonly lines: readonly (readonly (readonly LinePoint[])[])[];
  /** Every `stride`-th feature is drawn. */
  readonly stride: number;
}

function fewEnough(lines: readonly LinePoint[][][]): ChosenLines {
  const points = lines.flat(2).length;
  const stride = Math.max(1, Math.ceil(points / mostPoints));
  return { lines: lines.map((panel) => panel.filter((_, i) => i % stride === 0)), stride };
}

const panelTitle = (panels: number) => (panel: OneHotPanel, index: number) =>
  Plot.text([shorten(panel.label, 620 / panels, sizes.font)], {
    fx: () => `${index}`,
    frameAnchor: "top-left",
    textAnchor: "start",
    lineAnchor: "top",
    dx: 8,
    dy: 4,
    fontWeight: "bold",
    stroke: colours.paper,
    strokeWidth: 4,
    fill: "currentColor",
  });

const rangeOfOthers = (summary: readonly Summary[]) =>
  Plot.areaY(summary, {
    fx: "panel",
    x: "v",
    y1: "least",
    y2: "greatest",
    fill: colours.grey,
    fillOpacity: 0.28,
  });

const featureLines = (lines: readonly (readonly LinePoint[])[], index: number) =>
  Plot.line(lines.flat(), {
    fx: () => `${index}`,
    x: "x",
    y: "y",
    z: "z",
    stroke: colours.blue,
    strokeWidth: 0.8,
    strokeOpacity: 0.4,
  });

const summaryLines = (summary: readonly Summary[]): Plot.Markish[] => [
  Plot.line(summary, {
    fx: "panel",
    x: "v",
    y: "target",
    stroke: colours.ink,
    strokeWidth: 1.6,
    strokeDasharray: "5,4",
  }),
  Plot.line(summary, { fx: "panel", x: "v", y: "mean", stroke: colours.vermilion, strokeWidth: 2.2 }),
];

function legendOf({ stride }: ChosenLines): LegendEntry[] {
  const features = stride === 1 ? "one feature" : `one feature (every ${ordinal(stride)} is drawn)`;
  return [
    { label: features, swatch: { kind: "line", colour: colours.blue, width: 0.8 } },
    { label: "mean over features", swatch: { kind: "line", colour: colours.vermilion, width: 2.2 } },
    { label: "relu(v)", swatch: { kind: "line", colour: colours.ink, dash: "5,4", width: 1.6 } },
    { label: "range of all other outputs", swatch: { kind: "fill", colour: colours.grey, opacity: 0.28 } },
  ];
}

function ordinal(n: number): string {
  const teen = Math.floor(n / 10) % 10 === 1;
  return `${n}${(teen ? undefined : ["th", "st", "nd", "rd"][n % 10]) ?? "th"}`;
}

/** A row a value; the responses of all features in columns of their own. */
function tableOf(panels: readonly OneHotPanel[], summaries: readonly Summary[][]): FigureTable {
  const features = Math.max(...panels.map(({ responses }) => responses.own.shape[0]));
  const outputs = Array.from({ length: features }, (_, i) => `ŷ_${i}`);
  const columns = [
    "panel",
    "v",
    "relu(v)",
    "mean ŷ_i",
    "least other output",
    "greatest other output",
    ...outputs,
  ];
  const rows = panels.flatMap(({ label, responses }, index) =>
    summaries[index]!.map(({ v, target, mean, least, greatest }, g) => {
      const own = columnOf(responses.own, g);
      return [label, v, target, mean, least, greatest, ...outputs.map((_, i) => own[i] ?? null)];
    }),
  );
  return { columns, rows };
}
