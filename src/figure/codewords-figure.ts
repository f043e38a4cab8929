/**
 * A network's binary code: the matrix, sorted so that its structure shows, and how large codewords are, how many neurons
 * pairs of features share, and how many features each neuron serves. Training with fourth powers leaves codewords of
 * nearly one size, neurons of nearly one degree, and hardly a pair that shares two (da Silva & Heimersheim, arXiv
 * 2607.04800).
 */
import * as Plot from "@observablehq/plot";
import type { Codewords } from "../analyse/codewords.ts";
import { cellImage, cellsOf } from "./cell-image.ts";
import { countScale } from "./colour-scale.ts";
import type { FigureHost } from "./draw-figure.ts";
import { drawPanels, type Panel, panelMargins } from "./draw-panels.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { type Bin, countBins, countHistogram, tallyOf } from "./histogram.ts";
import { tickText } from "./number-text.ts";
import { colours, sizes } from "./theme.ts";

/** The code's matrix is no larger than this, in pixels. */
const largest = { width: 656, height: 340 } as const;
const left = 48;
const histogramPlaces = [
  { left, width: 172 },
  { left: 288, width: 172 },
  { left: 532, width: 172 },
] as const;
const histogramHeight = 150;

/**
 * Draws the code, a column a feature and a row a neuron, above its three histograms. Neurons of the highest degree are on
 * top, and features are in the order of their codewords read downwards.
 *
 * @param record - from `codewords(network.W_in)`
 * @returns the figure, and its histograms. Throws when there is no neuron or no feature.
 */
export function codewordsFigure(record: Codewords, host: FigureHost): Figure {
  const [neurons, features] = record.code.shape;
  if (!(neurons * features > 0)) {
    throw new Error(
      `codewordsFigure: need neurons and features, got ${neurons} and ${features}. Pass codewords(network.W_in).`,
    );
  }
  const matrix = matrixPanel(record);
  const histograms = histogramsOf(record);
  const top = matrix.top + matrix.height + panelMargins.below + panelMargins.above;
  const condition = `W_in[k, i] > ${tickText(record.threshold)}`;
  return drawPanels(
    {
      title: "Codewords",
      description: `Above the binary code, a column a feature and a row a neuron, filled where ${condition}; below how many features have codewords of each size, how many pairs of features share how many neurons, and how many neurons serve how many features.`,
      legend: [
        {
          label: `neuron in the feature's codeword: ${condition}`,
          swatch: { kind: "fill", colour: colours.blue },
        },
      ],
      panels: [
        matrix,
        ...histograms.map(({ bins, title, xLabel, yLabel }, i) =>
          countHistogram(bins, {
            ...{ title, xLabel, yLabel, top, height: histogramHeight },
            ...histogramPlaces[i]!,
          }),
        ),
      ],
      table: tableOf(histograms),
    },
    host,
  );
}

function matrixPanel(record: Codewords): Panel {
  const [neurons, features] = record.code.shape;
  const cell = Math.min(largest.width / features, largest.height / neurons, 24);
  const [width, height] = [features * cell, neurons * cell];
  const place = {
    left: left + (sizes.width - left - 16 - width) / 2,
    top: panelMargins.above,
    width,
    height,
  };
  const scale = countScale(0, 1);
  return {
    ...place,
    title: "code",
    yLabel: `${neurons} neurons, those with most features on top`,
    xLabel: `${features} features, in the order of their codewords`,
    plot: {
      x: { domain: [0, 1], axis: null },
      y: { domain: [0, 1], axis: null },
      marks: [
        cellImage(cellsOf(sorted(record), scale), scale, { x: 0.5, y: 0.5, width, height }),
        Plot.frame({ stroke: "currentColor", strokeOpacity: 0.4 }),
      ],
    },
  };
}

/** Rows by degree, columns by what stands in them from the top, ones before zeros; ties as they are numbered. */
function sorted({ code, degrees }: Codewords) {
  const [neurons, features] = code.shape;
  const rows = Array.from(degrees.keys()).sort((k, l) => degrees[l]! - degrees[k]! || k - l);
  const bit = (k: number, i: number) => code.data[k * features + i]!;
  const firstDifference = (i: number, j: number) => rows.find((k) => bit(k, i) !== bit(k, j));
  const columns = Array.from({ length: features }, (_, i) => i).sort((i, j) => {
    const k = firstDifference(i, j);
    return k === undefined ? i - j : bit(k, j) - bit(k, i);
  });
  const data = Float64Array.from({ length: neurons * features }, (_, at) =>
    bit(rows[Math.floor(at / features)]!, columns[at % features]!),
  );
  return { data, shape: code.shape };
}

interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly bins: readonly Bin[];
}

const histogramsOf = ({ sizes, overlaps, degrees }: Codewords): Histogram[] => [
  {
    title: "sizes",
    xLabel: "neurons in a codeword",
    yLabel: "features",
    bins: countBins(tallyOf(sizes)),
  },
  {
    title: "overlaps",
    xLabel: "neurons that a pair shares",
    yLabel: "pairs of features",
    bins: countBins(overlaps),
  },
  {
    title: "degrees",
    xLabel: "features that a neuron serves",
    yLabel: "neurons",
    bins: countBins(tallyOf(degrees)),
  },
];

function tableOf(histograms: readonly Histogram[]): FigureTable {
  return {
    columns: ["histogram", "least count", "greatest count", "of", "how many"],
    rows: histograms.flatMap(({ title, yLabel, bins }) =>
      bins.map(({ from, to, number }) => [title, from + 0.5, to - 0.5, yLabel, number]),
    ),
  };
}
