/** Figures of weights: responses, spectra, directions, and who works for whom. Drawn for seed 0 where not said. */
import { compareLinearMap } from "../../analyse/linear-map.ts";
import { linearMapBins } from "../../analyse/matrix-bins.ts";
import { neuronContributions } from "../../analyse/neuron-contributions.ts";
import { spectra } from "../../analyse/spectrum.ts";
import type { Network } from "../../evaluate/network.ts";
import { linearMap } from "../../evaluate/odd-even-split.ts";
import { oneHotResponses } from "../../evaluate/one-hot-responses.ts";
import { responseHeatmap } from "../../evaluate/response-heatmap.ts";
import { heatmapFigure } from "../../figure/heatmap-figure.ts";
import { linearMapFigure } from "../../figure/linear-map-figure.ts";
import { oneHotFigure } from "../../figure/one-hot-figure.ts";
import { responseHeatmapFigure } from "../../figure/response-heatmap-figure.ts";
import { labelledSpectra, projectionFigure, spectrumFigure } from "../../figure/spectrum-figure.ts";
import { weightBarsFigure } from "../../figure/weight-bars-figure.ts";
import { transpose } from "../../numeric/matrix.ts";
import { estimate, keysOf, measurements } from "../evidence.ts";
import type { FigureBlock, Results } from "../study.ts";
import { networkOf as networkOfRecord } from "../weights-record.ts";
import { labelKinds } from "./plan.ts";

/** The effective network of a label kind's first seed. */
const networkOf = (results: Results, key: string): Network =>
  networkOfRecord(results.trained(`${key}/0`).measured.weights!);

const titleOf = (key: string): string => labelKinds.find((kind) => kind.key === key)!.title;

/** How much of every feature comes out, on clean and on mixed labels. */
export function oneHotBlock(results: Results): FigureBlock {
  const shown = ["clean", "asymmetric", "symmetric"];
  return {
    kind: "figure",
    name: "one-hot-responses",
    title: "One feature at a time.",
    caption:
      "The output of every feature for an input of that feature alone. On clean labels features come out between not at all and whole, and together they make fifty of a hundred. On mixed labels all of them come out, at a half to nine tenths.",
    tasks: shown.map((key) => `${key}/0`),
    draw: (host) =>
      oneHotFigure(
        shown.map((key) => ({ label: `${key} labels`, responses: oneHotResponses(networkOf(results, key)) })),
        host,
      ),
  };
}

/** cos(v, W_out W_in v) along the eigenvectors of Σ_y. */
export function projectionBlock(results: Results): FigureBlock {
  const shown = ["embedding", "symmetric", "asymmetric"];
  const series = shown.map((key) => {
    const perSeed = measurements(results, key).map(({ alignment }) => alignment!.labels.cosines);
    return {
      label: titleOf(key),
      cosines: perSeed[0]!.map((_, k) => estimate(perSeed.map((list) => list[k]!)).mean),
    };
  });
  return {
    kind: "figure",
    name: "projections",
    title: "Which directions the network keeps.",
    caption:
      "The cosine between an eigenvector v of Σ_y and W_out W_in v, strongest direction first, means over seeds. The network lives in the leading 50 directions of its labels.",
    tasks: shown.flatMap((key) => keysOf(results, key)),
    draw: (host) => projectionFigure({ series, neurons: 50 }, host),
  };
}

/** Singular values of the weights and the labels. */
export function spectrumBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "spectra",
    title: "Singular values of a network and of its labels.",
    caption:
      "Symmetric labels, σ = .033. W_out W_in has rank 50 and follows the leading half of I + 2M. Effective rank: the exponential of the entropy of the normalised singular values.",
    tasks: ["symmetric/0"],
    draw: (host) => spectrumFigure(labelledSpectra(spectra(networkOf(results, "symmetric"))), host),
  };
}

/** The matrices themselves. */
export function matricesBlock(results: Results): FigureBlock {
  const network = networkOf(results, "symmetric");
  const panel = (title: string, matrix: Network["W_in"], xLabel: string, yLabel: string) => ({
    ...{ title, matrix, xLabel, yLabel },
  });
  return {
    kind: "figure",
    name: "matrices",
    title: "The matrices.",
    caption:
      "Symmetric labels, σ = .033. The negative entries of W_in are small; W_out W_in looks like I + 2M.",
    tasks: ["symmetric/0"],
    draw: (host) =>
      heatmapFigure(
        {
          panels: [
            panel("W_in", network.W_in, "feature", "neuron"),
            panel("W_out, transposed", transpose(network.W_out), "feature", "neuron"),
            panel("W_out W_in", linearMap(network), "input feature", "output feature"),
            panel("M", network.M!, "input feature", "output feature"),
          ],
          scale: { sharing: "each" },
        },
        host,
      ),
  };
}

/** Every response at once. */
export function responsesBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "response-heatmap",
    title: "Responses to single features, beside the labels.",
    caption:
      "Symmetric labels, σ = .033: outputs and labels for x = +e_j (above) and x = −e_j (below). Colours end at .3.",
    tasks: ["symmetric/0"],
    draw: (host) =>
      responseHeatmapFigure(responseHeatmap(networkOf(results, "symmetric")), { ...host, limit: 0.3 }),
  };
}

/** Stacked terms of W_out W_in, per feature or per neuron. */
export function weightBarsBlock(results: Results, key: string, by: "feature" | "neuron"): FigureBlock {
  const whole =
    key === "clean"
      ? "most features have one neuron to themselves"
      : "every feature is spread over many neurons";
  return {
    kind: "figure",
    name: `weight-bars-${key}-${by}`,
    title: `Who works for whom, ${titleOf(key)}: a bar for each ${by}.`,
    caption: `The terms W_out[i, k] · W_in[k, i] that add up to a feature's own response, stacked: ${whole}.`,
    tasks: [`${key}/0`],
    draw: (host) =>
      weightBarsFigure({ terms: neuronContributions(networkOf(results, key)).terms }, { ...host, by }),
  };
}

/** Entries of W_out W_in against those of M. */
export function linearMapBlock(results: Results): FigureBlock {
  const network = networkOf(results, "symmetric");
  return {
    kind: "figure",
    name: "linear-map",
    title: "The linear map of the network copies the mixing matrix.",
    caption:
      "Symmetric labels, σ = .033: entries of W_out W_in against those of M, with the least-squares line and the target's.",
    tasks: ["symmetric/0"],
    draw: (host) =>
      linearMapFigure({ bins: linearMapBins(network)!, comparison: compareLinearMap(network) }, host),
  };
}
