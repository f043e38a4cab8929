/** Losses of networks trained at one density and evaluated at another, as ratios to the naive line. */
import * as Plot from "@observablehq/plot";
import { drawFigure, type FigureHost, quietAxis } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { fixedText, tickText } from "./number-text.ts";
import { fills } from "./theme.ts";

/** One cell of {@link lossGridFigure}. */
export interface LossGridCell {
  /** The density trained at. */
  readonly trained: number;
  /** The density evaluated at. */
  readonly evaluated: number;
  /** L/p; null where nothing was measured. */
  readonly lossPerP: number | null;
  /** The naive network's L/p at `evaluated`, above 0. */
  readonly naive: number;
}

/** Ratios at which the colours end. Halves and doubles are as far from 1 as each other. */
const [best, worst] = [0.5, 2];
const middle = "#f3f3f1";
const missing = "#c9ced4";

/**
 * Draws a cell for every pair of densities, blue below the naive line and orange above it, with the ratio written in.
 * Cells may come in any order; pairs that are not there stay empty. Throws when there is no cell.
 */
export function lossGridFigure(cells: readonly LossGridCell[], host: FigureHost): Figure {
  if (cells.length === 0)
    throw new Error("lossGridFigure: need at least one cell, got none. Pass losses of trained networks.");
  const rows = densitiesOf(cells.map(({ trained }) => trained));
  const columns = densitiesOf(cells.map(({ evaluated }) => evaluated));
  const place = { x: "evaluated", y: "trained" } as const;
  return drawFigure(
    {
      title: "Loss relative to naive, by density trained and evaluated at",
      description:
        "A grid of ratios of the loss to the naive network's: rows are densities trained at, columns densities evaluated at.",
      legend: legendOf(cells),
      xLabel: "evaluated at density p",
      yLabel: "trained at density p",
      plotHeight: Math.max(60, 46 * rows.length),
      left: 72,
      plot: {
        x: { type: "band", domain: columns, padding: 0.04, label: null },
        y: { type: "band", domain: rows, padding: 0.06, label: null },
        marks: [
          Plot.axisX({ ...quietAxis, tickSize: 0, tickFormat: tickText }),
          Plot.axisY({ ...quietAxis, tickSize: 0, tickFormat: tickText }),
          Plot.cell(cells, { ...place, fill: (cell: LossGridCell) => colourOf(ratioOf(cell)) }),
          Plot.text(cells, {
            ...place,
            text: (cell: LossGridCell) => words(ratioOf(cell)),
            fill: fills.fillInk,
          }),
        ],
      },
      table: {
        columns: ["trained at p", "evaluated at p", "loss per output / p", "naive / p", "ratio to naive"],
        rows: cells.map((cell) => [cell.trained, cell.evaluated, cell.lossPerP, cell.naive, ratioOf(cell)]),
      },
    },
    host,
  );
}

const densitiesOf = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

const ratioOf = ({ lossPerP, naive }: LossGridCell): number | null =>
  lossPerP === null ? null : lossPerP / naive;

const words = (ratio: number | null): string => (ratio === null ? "–" : fixedText(ratio, 2));

/** From blue at 0.5 and less over nearly white at 1 to orange at 2 and more, logarithmically. */
function colourOf(ratio: number | null): string {
  if (ratio === null) return missing;
  const share = Math.min(1, Math.abs(Math.log2(Math.min(worst, Math.max(best, ratio)))));
  return mix(middle, ratio < 1 ? fills.linear : fills.even, share);
}

function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a! + (b! - a!) * share);
  });
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function legendOf(cells: readonly LossGridCell[]): LegendEntry[] {
  const steps = [
    { label: "loss / naive: 0.5 or less", ratio: 0.5 },
    { label: "0.75", ratio: 0.75 },
    { label: "1", ratio: 1 },
    { label: "1.5", ratio: 1.5 },
    { label: "2 or more", ratio: 2 },
  ];
  const entry = (label: string, ratio: number | null): LegendEntry => ({
    label,
    swatch: { kind: "fill", colour: colourOf(ratio) },
  });
  const unmeasured = cells.some(({ lossPerP }) => lossPerP === null) ? [entry("not measured", null)] : [];
  return [...steps.map(({ label, ratio }) => entry(label, ratio)), ...unmeasured];
}
