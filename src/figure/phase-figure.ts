/**
 * Phase diagrams of one feature: ignored, sharing directions with others, or alone in its own, over how much it counts and
 * how often features are active. Elhage et al. 2022 (arXiv 2209.10652) show trained networks beside hand-built ones.
 * Cells are one image a panel, so both grids must be evenly spaced on their logarithmic axes.
 */
import * as Plot from "@observablehq/plot";
import { cellImage } from "./cell-image.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours, fills } from "./theme.ts";

/** What became of the feature. */
export type Treatment = "ignored" | "shared" | "alone";

/** One cell of a panel. */
export interface PhaseCell {
  /** Of the feature, relative to the others. */
  readonly importance: number;
  /** Share of samples in which a feature is active. */
  readonly density: number;
  readonly treatment: Treatment;
}

/** A curve on every panel. */
export interface PhaseBoundary {
  readonly label: string;
  readonly points: readonly { readonly importance: number; readonly density: number }[];
}

/** What {@link phaseFigure} draws: two panels beside each other, of the same grid. */
export interface PhaseRecord {
  readonly panels: readonly { readonly title: string; readonly cells: readonly PhaseCell[] }[];
  readonly boundaries: readonly PhaseBoundary[];
}

const treatments: readonly Treatment[] = ["ignored", "shared", "alone"];
const looks = {
  ignored: { colour: colours.grey, opacity: 0.2, words: "the feature is ignored" },
  shared: { colour: fills.even, opacity: 1, words: "shares directions with others" },
  alone: { colour: fills.linear, opacity: 1, words: "has a direction of its own" },
} as const;
const side = 264;
const lefts = [56, 420] as const;
const dashes = ["6,3", "2,3"] as const;
const ticks = { importance: [0.1, 1, 10], density: [0.01, 0.03, 0.1, 0.3, 1] } as const;

/**
 * Draws a cell for every importance and density, and the boundaries over them.
 *
 * @returns the figure, and its cells. Throws when there are no or more than two panels, or a panel is no whole grid of at
 * least two by two.
 */
export function phaseFigure({ panels, boundaries }: PhaseRecord, host: FigureHost): Figure {
  if (panels.length === 0 || panels.length > lefts.length) {
    throw new Error(`phaseFigure: need one or two panels, got ${panels.length}. Draw more figures.`);
  }
  return drawPanels(
    {
      title: "What becomes of a feature",
      description:
        "Cells over the relative importance of a feature and the density of all, coloured by whether it is ignored, shares directions or has its own; curves are where formulas put the boundary.",
      legend: legendOf(boundaries),
      panels: panels.map(({ title, cells }, i) => panelOf(title, cells, boundaries, lefts[i]!)),
      table: tableOf(panels),
    },
    host,
  );
}

function panelOf(
  title: string,
  cells: readonly PhaseCell[],
  boundaries: readonly PhaseBoundary[],
  left: number,
): Panel {
  const [x, y] = [gridOf(cells.map((cell) => cell.importance)), gridOf(cells.map((cell) => cell.density))];
  if (x.values.length < 2 || y.values.length < 2 || cells.length !== x.values.length * y.values.length) {
    throw new Error(
      `phaseFigure: need every importance with every density in "${title}", two of each or more, got ${cells.length} cells of ${x.values.length} × ${y.values.length}. Fill the grid.`,
    );
  }
  const indices = new Uint8Array(cells.length);
  for (const { importance, density, treatment } of cells) {
    const row = y.values.length - 1 - y.values.indexOf(density);
    indices[row * x.values.length + x.values.indexOf(importance)] = treatments.indexOf(treatment);
  }
  const image = { rows: y.values.length, columns: x.values.length, indices };
  const middle = { x: x.middle, y: y.middle, width: side, height: side };
  return {
    ...{ left, top: panelMargins.above, width: side, height: side, title },
    xLabel: "relative importance of the feature",
    yLabel: "density of features",
    plot: {
      x: { type: "log", domain: [...x.domain], axis: null },
      y: { type: "log", domain: [...y.domain], axis: null },
      marks: [
        cellImage(image, scale, middle),
        ...boundaries.map(({ points }, i) =>
          Plot.line(points, {
            ...{ x: "importance", y: "density", stroke: colours.ink, strokeWidth: 2 },
            strokeDasharray: dashes[i % dashes.length]!,
          }),
        ),
        Plot.frame({ stroke: "currentColor", strokeOpacity: 0.4 }),
        Plot.axisX([...inside(ticks.importance, x.domain)], { ...quietAxis, tickFormat: tickText }),
        Plot.axisY([...inside(ticks.density, y.domain)], { ...quietAxis, tickFormat: tickText }),
      ],
    },
  };
}

/** Distinct values, ascending, with half a cell of room at both ends of a logarithmic axis. */
function gridOf(all: readonly number[]) {
  const values = [...new Set(all)].sort((a, b) => a - b);
  const [low, high] = [values[0]!, values.at(-1)!];
  const half = (high / low) ** (0.5 / Math.max(1, values.length - 1));
  return { values, domain: [low / half, high * half] as const, middle: Math.sqrt(low * high) };
}

const inside = (values: readonly number[], [low, high]: readonly [number, number]): readonly number[] =>
  values.filter((value) => value >= low && value <= high);

const scale = {
  low: 0,
  high: treatments.length - 1,
  palette: Uint8Array.from(
    treatments.flatMap((treatment) => {
      const { colour, opacity } = looks[treatment];
      return [
        ...[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
        Math.round(255 * opacity),
      ];
    }),
  ),
};

const legendOf = (boundaries: readonly PhaseBoundary[]): LegendEntry[] => [
  ...treatments.map((treatment) => {
    const { colour, opacity, words } = looks[treatment];
    return { label: words, swatch: { kind: "fill", colour, opacity } as const };
  }),
  ...boundaries.map(({ label }, i) => ({
    label,
    swatch: { kind: "line", colour: colours.ink, width: 2, dash: dashes[i % dashes.length]! } as const,
  })),
];

const tableOf = (panels: PhaseRecord["panels"]): FigureTable => ({
  columns: ["panel", "relative importance", "density", "the feature is"],
  rows: panels.flatMap(({ title, cells }) =>
    cells.map(({ importance, density, treatment }) => [title, importance, density, treatment]),
  ),
});
