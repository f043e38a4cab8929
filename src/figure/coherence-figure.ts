/**
 * How far feature directions are from orthogonal: a histogram of |cos| over all pairs of columns, with the largest, and
 * Welch's bound, below which neither the largest nor the root mean square can be (src/analyse/coherence.ts).
 */
import * as Plot from "@observablehq/plot";
import type { Coherence } from "../analyse/coherence.ts";
import type { FigureHost } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { type Bin, valueBins, valueHistogram } from "./histogram.ts";
import type { LegendEntry } from "./legend.ts";
import { fixedText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** One network of {@link coherenceFigure}. */
export interface LabelledCoherence {
  readonly label: string;
  /** From `columnCosines(network.W_in)`. */
  readonly cosines: ArrayLike<number>;
  /** From `coherence(network.W_in)`. */
  readonly coherence: Pick<Coherence, "coherence" | "rootMeanSquare" | "welchBound">;
}

const bins = 50;
const left = 62;
const height = 130;
const marks = {
  welch: { stroke: colours.ink, strokeDasharray: "5,4", strokeWidth: 1.8 },
  square: { stroke: colours.grey, strokeWidth: 2 },
  largest: { stroke: colours.vermilion, strokeWidth: 2 },
} as const;

/**
 * Draws a histogram for each network, one below the other, on one axis of |cos|.
 *
 * @returns the figure, and its bins. Throws when there is no network, or one without two columns that are not zero.
 */
export function coherenceFigure(networks: readonly LabelledCoherence[], host: FigureHost): Figure {
  if (networks.length === 0 || networks.some(({ cosines }) => cosines.length === 0)) {
    throw new Error(
      "coherenceFigure: need networks with two features at least, got none. Pass columnCosines(network.W_in).",
    );
  }
  const drawn = networks.map((network) => ({ ...network, bins: valueBins(network.cosines, 0, 1, bins) }));
  return drawPanels(
    {
      title: "Coherence of features",
      description:
        "Histograms of the absolute cosine between the weights of every two features, one a network, with lines at the largest, at the root mean square, and at Welch's bound of both.",
      legend: legendOf(),
      panels: drawn.map(panelOf),
      table: tableOf(drawn),
    },
    host,
  );
}

const legendOf = (): LegendEntry[] =>
  [
    { label: "largest |cos|", mark: marks.largest },
    { label: "root mean square", mark: marks.square },
    { label: "Welch's bound of both", mark: marks.welch },
  ].map(({ label, mark: { stroke: colour, strokeWidth: width, ...rest } }) => ({
    label,
    swatch: { kind: "tick", colour, width, ...("strokeDasharray" in rest ? { dash: "4,3" } : {}) },
  }));

interface Drawn extends LabelledCoherence {
  readonly bins: readonly Bin[];
}

function panelOf({ label, bins, coherence: found }: Drawn, i: number): Panel {
  const number = (value: number) => fixedText(value, 3);
  return valueHistogram([{ bins, colour: colours.blue }], {
    title: `${label}: largest ${number(found.coherence)}, root mean square ${number(found.rootMeanSquare)}, bound ${number(found.welchBound)}`,
    xLabel: "|cos| of two columns of W_in",
    yLabel: "pairs of features",
    left,
    width: sizes.width - left - 24,
    top: panelMargins.above + i * (height + panelMargins.above + panelMargins.below),
    height,
    marks: [
      Plot.ruleX([found.rootMeanSquare], marks.square),
      Plot.ruleX([found.welchBound], marks.welch),
      Plot.ruleX([found.coherence], marks.largest),
    ],
  });
}

function tableOf(networks: readonly Drawn[]): FigureTable {
  return {
    columns: ["label", "|cos| from", "|cos| to", "pairs", "largest", "root mean square", "Welch's bound"],
    rows: networks.flatMap(({ label, bins, coherence: { coherence, rootMeanSquare, welchBound } }) =>
      bins.map(({ from, to, number }) => [label, from, to, number, coherence, rootMeanSquare, welchBound]),
    ),
  };
}
