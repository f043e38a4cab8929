/** Figures of weights, of the first network of a loss: its code, its decoder, and what becomes of outputs when it is changed. */
import { codewords } from "../../analyse/codewords.ts";
import { coherence, columnCosines } from "../../analyse/coherence.ts";
import { readOutBins } from "../../analyse/matrix-bins.ts";
import { neuronContributions } from "../../analyse/neuron-contributions.ts";
import { compareReadOut } from "../../analyse/read-out.ts";
import { signalToNoise } from "../../analyse/signal-to-noise.ts";
import { swapTest } from "../../analyse/swap-test.ts";
import type { Network } from "../../evaluate/network.ts";
import { linearMap } from "../../evaluate/odd-even-split.ts";
import { codeComparisonFigure } from "../../figure/code-comparison-figure.ts";
import { codewordsFigure } from "../../figure/codewords-figure.ts";
import { coherenceFigure } from "../../figure/coherence-figure.ts";
import { heatmapFigure } from "../../figure/heatmap-figure.ts";
import { readOutFigure } from "../../figure/read-out-figure.ts";
import { signalToNoiseFigure } from "../../figure/signal-to-noise-figure.ts";
import { swapTestFigure } from "../../figure/swap-test-figure.ts";
import { weightBarsFigure } from "../../figure/weight-bars-figure.ts";
import { transpose } from "../../numeric/matrix.ts";
import { pseudoinverse } from "../../numeric/pseudoinverse.ts";
import type { FigureBlock, Results } from "../study.ts";
import { networkOf } from "../weights-record.ts";
import { fourth, powerGroup } from "./plan.ts";

const first = (q: number): string => `${powerGroup(q)}/0`;
const firstNetwork = (results: Results, q: number): Network =>
  networkOf(results.trained(first(q)).measured.weights!);

/** A network by its loss. */
export const trainedLabel = (q: number): string => (q === 2 ? "squared errors" : "fourth powers");

/** The binary code and its histograms. */
export function codewordsBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "codewords",
    title: "The code of a network.",
    caption:
      "Which neurons each feature drives. Five or six of fifty serve a feature, every neuron serves ten or so features, and hardly a pair of features shares more than one neuron or two.",
    tasks: [first(fourth)],
    draw: (host) => codewordsFigure(codewords(firstNetwork(results, fourth).W_in), host),
  };
}

/** |cos| between features of two losses. */
export function coherenceBlock(results: Results): FigureBlock {
  const shown = [2, fourth];
  return {
    kind: "figure",
    name: "coherence",
    title: "How far features are from orthogonal.",
    caption:
      "Absolute cosines between the columns of W_in. A hundred directions in fifty dimensions cannot be orthogonal: their root mean square is at least Welch's bound, and the network of fourth powers is almost on it. That of squared errors has features that are near parallel, among those that it ignores.",
    tasks: shown.map(first),
    draw: (host) =>
      coherenceFigure(
        shown.map((q) => {
          const { W_in } = firstNetwork(results, q);
          return { label: trainedLabel(q), cosines: columnCosines(W_in), coherence: coherence(W_in) };
        }),
        host,
      ),
  };
}

/** Who works for whom. */
export function weightBarsBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "weight-bars",
    title: "Who works for whom: a bar for each feature.",
    caption:
      "The terms W_out[i, k] · W_in[k, i] that add up to a feature's own response: five or six neurons, about alike.",
    tasks: [first(fourth)],
    draw: (host) =>
      weightBarsFigure(
        { terms: neuronContributions(firstNetwork(results, fourth)).terms },
        { ...host, by: "feature" },
      ),
  };
}

/** W_out beside the pseudoinverse of W_in. */
export function matricesBlock(results: Results): FigureBlock {
  const network = firstNetwork(results, fourth);
  const panel = (title: string, matrix: Network["W_in"], xLabel = "feature", yLabel = "neuron") => ({
    ...{ title, matrix, xLabel, yLabel },
  });
  return {
    kind: "figure",
    name: "matrices",
    title: "Encoder and decoder.",
    caption:
      "The decoder was trained, the pseudoinverse is computed from W_in: up to a factor they are one. Together, encoder and decoder make a diagonal with small interference everywhere.",
    tasks: [first(fourth)],
    draw: (host) =>
      heatmapFigure(
        {
          panels: [
            panel("W_in", network.W_in),
            panel("W_out, transposed", transpose(network.W_out)),
            panel("pinv(W_in), transposed", transpose(pseudoinverse(network.W_in))),
            panel("W_out W_in", linearMap(network), "input feature", "output feature"),
          ],
          scale: { sharing: "each" },
        },
        host,
      ),
  };
}

/** W_out W_in against the projector. */
export function readOutBlock(results: Results): FigureBlock {
  const network = firstNetwork(results, fourth);
  return {
    kind: "figure",
    name: "read-out",
    title: "W_out W_in is a multiple of a projector.",
    caption:
      "Entries of W_out W_in against those of P, the projector on the rows of W_in, at the left off the diagonal and at the right on it.",
    tasks: [first(fourth)],
    draw: (host) => readOutFigure({ bins: readOutBins(network)!, comparison: compareReadOut(network) }, host),
  };
}

/** Outputs after an exchange of codewords. */
export function swapBlock(results: Results): FigureBlock {
  const network = firstNetwork(results, fourth);
  return {
    kind: "figure",
    name: "swaps",
    title: "A feature is its codeword.",
    caption:
      "Two features exchange their columns of W_in, and below only those weights in which their codewords differ. Shown is what the output then gives that the codeword belongs to, and the largest of all others.",
    tasks: [first(fourth)],
    draw: (host) =>
      swapTestFigure(
        (["column", "codeword"] as const).map((exchange) => ({
          label: trainedLabel(fourth),
          test: swapTest(network, { exchange }),
        })),
        host,
      ),
  };
}

/** Three numbers on codes. */
export function comparisonBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "three-scalars",
    title: "Networks of a code and three numbers.",
    caption:
      "Their loss as a multiple of the trained network's, all at the same inputs, with 95 % intervals over inputs. The network's own code with three numbers for all weights loses little, a code made without any training as little. The overlaps of its codewords are what matters.",
    tasks: [first(fourth)],
    draw: (host) => codeComparisonFigure(results.trained(first(fourth)).measured.comparison!, host),
  };
}

/** Signal over noise, feature by feature. */
export function signalBlock(results: Results): FigureBlock {
  const shown = [2, fourth];
  return {
    kind: "figure",
    name: "signals",
    title: "Signal and noise of every feature.",
    caption:
      "A feature's own output while it is 1, over what of other features comes out there. Fourth powers give every feature the same signal and the same noise; squared errors give some a clean signal and others none.",
    tasks: shown.map(first),
    draw: (host) =>
      signalToNoiseFigure(
        shown.flatMap((q) =>
          ([1, 2] as const).map((active) => ({
            label: trainedLabel(q),
            signals: signalToNoise(firstNetwork(results, q), { active }),
          })),
        ),
        host,
      ),
  };
}
