/**
 * Swapped codewords: what the output that ought to answer gives after a swap, beside the largest of all other outputs
 * (src/analyse/swap-test.ts). Where the two histograms are apart, outputs follow their codewords.
 */
import * as Plot from "@observablehq/plot";
import type { SwapTest } from "../analyse/swap-test.ts";
import { axisOver } from "./axis.ts";
import type { FigureHost } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { type Bin, valueBins, valueHistogram } from "./histogram.ts";
import { tickText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** One network, or one kind of exchange, of {@link swapTestFigure}. */
export interface LabelledSwapTest {
  readonly label: string;
  /** From `swapTest(network, …)`. */
  readonly test: Pick<SwapTest, "exchange" | "share" | "pairs" | "exact" | "answers" | "others">;
}

const bins = 70;
const left = 62;
const height = 130;
const series = [
  { key: "answers", label: "output that the codeword belongs to", colour: colours.blue },
  { key: "others", label: "largest of the other outputs", colour: colours.vermilion },
] as const;

/**
 * Draws two histograms for each test, one test below the other, on one axis; their titles say how many pairs swap.
 *
 * @returns the figure, and its bins. Throws when there is no test, or an output is not finite.
 */
export function swapTestFigure(tests: readonly LabelledSwapTest[], host: FigureHost): Figure {
  const values = tests.flatMap(({ test }) => [...test.answers, ...test.others]);
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new Error("swapTestFigure: need tests with finite outputs, got none. Pass swapTest(network).");
  }
  const [low, high] = axisOver([-0.02, 1.02, ...values], { type: "linear" }).domain;
  const drawn = tests.map(({ label, test }) => ({
    title: titleOf(label, test),
    label,
    bins: series.map(({ key }) => valueBins(test[key], low, high, bins)),
  }));
  return drawPanels(
    {
      title: "Swapped codewords",
      description:
        "Histograms over directions of swaps: feature i at 1 with the codeword of feature j. The output of feature j, and the largest of all others; a dashed line at what the labels say.",
      legend: [
        ...series.map(({ label, colour }) => ({
          label,
          swatch: { kind: "fill", colour, opacity: 0.7 } as const,
        })),
        { label: "labels: 1 and 0", swatch: { kind: "tick", colour: colours.ink, dash: "4,3", width: 1.5 } },
      ],
      panels: drawn.map(panelOf),
      table: tableOf(drawn),
    },
    host,
  );
}

function titleOf(label: string, { exchange, share, pairs, exact }: LabelledSwapTest["test"]): string {
  const of = exact ? `all ${tickText(pairs)}` : `${tickText(pairs)} of the`;
  return `${label}, ${exchange}s exchanged: ${percent(share)} % of ${of} pairs swap`;
}

/** One decimal, never rounded up to 100. */
const percent = (share: number): string => tickText(Math.floor(1000 * share + 1e-9) / 10);

interface Drawn {
  readonly title: string;
  readonly label: string;
  /** Of answers, and of the others. */
  readonly bins: readonly (readonly Bin[])[];
}

function panelOf({ title, bins }: Drawn, i: number): Panel {
  return valueHistogram(
    series.map(({ colour }, which) => ({ bins: bins[which]!, colour })),
    {
      title,
      xLabel: "output",
      yLabel: "directions of swaps",
      left,
      width: sizes.width - left - 24,
      top: panelMargins.above + i * (height + panelMargins.above + panelMargins.below),
      height,
      marks: [Plot.ruleX([0, 1], { stroke: colours.ink, strokeDasharray: "4,3", strokeWidth: 1.5 })],
    },
  );
}

function tableOf(drawn: readonly Drawn[]): FigureTable {
  return {
    columns: ["label", "output from", "output to", ...series.map(({ label }) => label)],
    rows: drawn.flatMap(({ label, bins: [answers, others] }) =>
      answers!.map(({ from, to, number }, i) => [label, from, to, number, others![i]!.number]),
    ),
  };
}
