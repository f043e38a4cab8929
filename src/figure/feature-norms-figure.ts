/**
 * Features as bars: the length is ‖W_i‖, how much of the feature is represented; the colour is Σ_{j≠i} (Ŵ_i·W_j)², how much
 * others share its direction. After the figure of Elhage et al. 2022 (arXiv 2209.10652) on superposition over sparsity.
 */
import * as Plot from "@observablehq/plot";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { indexTicks } from "./index-ticks.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours } from "./theme.ts";

/** One network of {@link featureNormsFigure}: `interference(network.W_in)` by its name. */
export interface LabelledNorms {
  readonly label: string;
  /** ‖W_i‖, [features] */
  readonly norms: ArrayLike<number>;
  /** Σ_{j≠i} (Ŵ_i·W_j)², [features] */
  readonly interference: ArrayLike<number>;
}

/** From how much interference on a bar has a colour: a digon of unit features has 1, a pentagon 3/2. */
const classes = [
  { from: 0, colour: colours.blue, words: "interference below .1" },
  { from: 0.1, colour: colours.sky, words: ".1 to .5" },
  { from: 0.5, colour: colours.orange, words: ".5 to 1.2" },
  { from: 1.2, colour: colours.vermilion, words: "1.2 and more" },
] as const;
const place = { width: 296, height: 80 } as const;
const lefts = [48, 408] as const;
const pitch = place.height + panelMargins.above + panelMargins.below;

/**
 * Draws a panel of bars for each network, two in a row, all on one axis of ‖W_i‖.
 *
 * @returns the figure, and norms and interferences. Throws when there is no network, or one without features.
 */
export function featureNormsFigure(networks: readonly LabelledNorms[], host: FigureHost): Figure {
  if (networks.length === 0 || networks.some(({ norms }) => norms.length === 0)) {
    throw new Error(
      "featureNormsFigure: need networks with features, got none. Pass interference(network.W_in).",
    );
  }
  const bars = networks.map(barsOf);
  const longest = bars.flat().reduce((most, { norm }) => Math.max(most, norm), 1);
  return drawPanels(
    {
      title: "Lengths and interference of features",
      description:
        "A panel of bars for each network, a bar for each feature: its length is the norm of the feature's weights, its colour how much other features share its direction.",
      legend: legendOf(bars.flat()),
      panels: networks.map(({ label }, i) => panelOf(label, bars[i]!, longest, i)),
      table: tableOf(networks, bars),
    },
    host,
  );
}

interface NormBar {
  readonly feature: number;
  readonly norm: number;
  readonly interference: number;
}

const barsOf = ({ norms, interference }: LabelledNorms): NormBar[] =>
  Array.from(norms, (norm, feature) => ({ feature, norm, interference: interference[feature]! }));

const classOf = ({ interference }: NormBar) => classes.findLast(({ from }) => interference >= from)!;

/** Only what occurs. */
const legendOf = (bars: readonly NormBar[]): LegendEntry[] =>
  classes
    .filter((one) => bars.some((bar) => classOf(bar) === one))
    .map(({ words, colour }) => ({ label: words, swatch: { kind: "fill", colour } }));

function panelOf(title: string, bars: readonly NormBar[], longest: number, i: number): Panel {
  const inset = Math.min(1, place.width / bars.length / 8);
  return {
    ...place,
    left: lefts[i % 2]!,
    top: panelMargins.above + Math.floor(i / 2) * pitch,
    title,
    xLabel: "feature",
    yLabel: "‖W_i‖",
    plot: {
      x: { domain: [-0.5, bars.length - 0.5], axis: null },
      y: { domain: [0, 1.04 * longest], axis: null },
      marks: [
        Plot.gridY({ ticks: 3 }),
        Plot.rect(bars, {
          x1: ({ feature }: NormBar) => feature - 0.5,
          x2: ({ feature }: NormBar) => feature + 0.5,
          y1: 0,
          y2: "norm",
          fill: (bar: NormBar) => classOf(bar).colour,
          insetLeft: inset,
          insetRight: inset,
        }),
        Plot.ruleY([0], { stroke: colours.ink }),
        Plot.axisY({ ...quietAxis, ticks: 3, tickFormat: tickText }),
        Plot.axisX(indexTicks(bars.length, place.width), { ...quietAxis, tickFormat: tickText }),
      ],
    },
  };
}

const tableOf = (networks: readonly LabelledNorms[], bars: readonly NormBar[][]): FigureTable => ({
  columns: ["label", "feature", "‖W_i‖", "interference"],
  rows: networks.flatMap(({ label }, i) =>
    bars[i]!.map(({ feature, norm, interference }) => [label, feature, norm, interference]),
  ),
});
