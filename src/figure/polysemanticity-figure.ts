/**
 * How many features each neuron serves and how many neurons each feature has, as two histograms. A monosemantic net has
 * all its bars at 1 (Cammarata et al. 2020, Thread: Circuits).
 */
import * as Plot from "@observablehq/plot";
import type { PartnerCounts, Polysemanticity } from "../analyse/polysemanticity.ts";
import { type FigureHost, quietAxis } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import type { LegendEntry } from "./legend.ts";
import { tickText } from "./number-text.ts";
import { colours } from "./theme.ts";

const measures = [
  { key: "byWeight", colour: colours.blue, words: "weights W_in[k, i]" },
  { key: "byContribution", colour: colours.orange, words: "contributions W_out[i, k] · W_in[k, i]" },
] as const;
const place = { top: panelMargins.above, width: 296, height: 240 } as const;
const panels = [
  { of: "featuresPerNeuron", left: 56, title: "each neuron", words: "features per neuron", whose: "neurons" },
  {
    of: "neuronsPerFeature",
    left: 400,
    title: "each feature",
    words: "neurons per feature",
    whose: "features",
  },
] as const;
/** Bins of a panel at most, beside that of 0. */
const mostBins = 24;

/**
 * Draws both histograms, by weights and by contributions beside each other. Where counts reach far, bins hold several
 * counts, but 0 has always one of its own.
 *
 * @returns the figure, and how many neurons or features there are in each bin. Throws when there are none.
 */
export function polysemanticityFigure(record: Polysemanticity, host: FigureHost): Figure {
  const { featuresPerNeuron, neuronsPerFeature } = record.byWeight;
  if (featuresPerNeuron.length === 0 || neuronsPerFeature.length === 0) {
    throw new Error(
      "polysemanticityFigure: need neurons and features, got none. Pass polysemanticity(network).",
    );
  }
  const bars = panels.flatMap(({ of }) => barsOf(record, of));
  return drawPanels(
    {
      title: "Polysemanticity",
      description: `Two histograms: how many features each neuron serves, and how many neurons each feature has, counted from ${tickText(record.fraction)} of the largest on.`,
      legend: legendOf(record.fraction),
      panels: panels.map((panel) =>
        histogram(
          panel,
          bars.filter(({ of }) => of === panel.of),
        ),
      ),
      table: tableOf(bars),
    },
    host,
  );
}

const legendOf = (fraction: number): LegendEntry[] =>
  measures.map(({ words, colour }) => ({
    label: `${words} from ${tickText(fraction)} of the largest on`,
    swatch: { kind: "fill", colour },
  }));

/** How many have a count from `low` to `high`. */
interface CountBar {
  readonly of: keyof PartnerCounts;
  readonly measure: 0 | 1;
  readonly low: number;
  readonly high: number;
  readonly number: number;
}

function barsOf(record: Polysemanticity, of: keyof PartnerCounts): CountBar[] {
  const counts = measures.map(({ key }) => Array.from(record[key][of]));
  const most = counts.flat().reduce((a, b) => Math.max(a, b), 1);
  let width = 1;
  for (let i = 0; most / width > mostBins; i++) width *= i % 3 === 1 ? 2.5 : 2;
  const bins = [{ low: 0, high: 0 }];
  for (let low = 1; low <= most; low += width) bins.push({ low, high: low + width - 1 });
  return bins.flatMap(({ low, high }) =>
    ([0, 1] as const).map((measure) => ({
      ...{ of, measure, low, high },
      number: counts[measure]!.filter((count) => count >= low && count <= high).length,
    })),
  );
}

function histogram({ title, words, left, whose }: (typeof panels)[number], bars: readonly CountBar[]): Panel {
  const last = Math.max(...bars.map(({ high }) => high));
  const most = Math.max(...bars.map(({ number }) => number));
  const whole = (ticks: number) => (ticks <= 6 ? Array.from({ length: ticks + 1 }, (_, i) => i) : 6);
  return {
    ...place,
    left,
    title,
    xLabel: words,
    yLabel: whose,
    plot: {
      x: { domain: [-0.5, last + 0.5], axis: null },
      y: { domain: [0, most], nice: most > 6, insetTop: 4, axis: null },
      marks: [
        Plot.gridY({ ticks: whole(most) }),
        Plot.rect(bars, {
          x1: ({ low, high, measure }: CountBar) => edgeOf(low, high, measure),
          x2: ({ low, high, measure }: CountBar) => edgeOf(low, high, measure + 1),
          y1: 0,
          y2: "number",
          fill: ({ measure }: CountBar) => measures[measure].colour,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        Plot.ruleY([0], { stroke: colours.ink }),
        Plot.axisY({ ...quietAxis, ticks: whole(most), tickFormat: tickText }),
        Plot.axisX({ ...quietAxis, ticks: whole(last), tickFormat: tickText }),
      ],
    },
  };
}

/** Two bars share a bin, with a tenth of its width free at both sides. */
const edgeOf = (low: number, high: number, half: number): number => {
  const width = high - low + 1;
  return low - 0.5 + width * (0.1 + 0.4 * half);
};

function tableOf(bars: readonly CountBar[]): FigureTable {
  return {
    columns: ["of", "by", "least count", "greatest count", "how many"],
    rows: bars.map(({ of, measure, low, high, number }) => [
      panels.find((panel) => panel.of === of)!.words,
      measures[measure].words,
      low,
      high,
      number,
    ]),
  };
}
