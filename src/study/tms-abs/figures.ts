/** Neurons as stacks of what they read, weights of small networks, motifs and counts in tables. */
import { neuronContributions } from "../../analyse/neuron-contributions.ts";
import { heatmapFigure } from "../../figure/heatmap-figure.ts";
import { weightBarsFigure } from "../../figure/weight-bars-figure.ts";
import { mean } from "../../numeric/statistics.ts";
import type { Conclusion, FigureBlock, Mode, Results, TableBlock } from "../study.ts";
import { networkOf, type WeightsRecord } from "../weights-record.ts";
import { motifsOf, shareOf } from "./claims.ts";
import type { MotifsRecord, PairsRecord, WideRecord } from "./measures.ts";
import { motifDensity, pairsKey, repeats, smallDensities, smallKey, wideDensities, wideKey } from "./plan.ts";

/** The weights of the three features' pairs. */
export const pairsBlock = (results: Results): FigureBlock => ({
  ...weightsFigure(results.measured<PairsRecord>(pairsKey(0)).weights, [pairsKey(0)]),
  name: "pairs",
  title: "Three absolute values from six neurons.",
  caption:
    "The best start. Every neuron reads one feature with one sign and writes it back to the same feature, so that |x| = relu(x) + relu(−x).",
});

/** The repeat whose richest network has most motifs. */
function richest(results: Results): string {
  const keys = repeats.map((repeat) => smallKey(motifDensity, repeat));
  const counts = keys.map((key) =>
    Math.max(...results.measured<MotifsRecord>(key).pairs.map(({ length }) => length)),
  );
  return keys[counts.indexOf(Math.max(...counts))]!;
}

/** The weights of the small network with most motifs. */
export const motifBlock = (results: Results): FigureBlock => ({
  ...weightsFigure(results.measured<MotifsRecord>(richest(results)).weights, [richest(results)]),
  name: "motif",
  title: `Six absolute values from ten neurons, p = ${motifDensity}.`,
  caption:
    "The start with most asymmetric pairs. In such a row of W_in one feature is read with a large weight and another with a small one; in the neuron's column of W_out it is the other way round. Dark negative entries of W_out are inhibition: they take away what the large product adds to the wrong output.",
});

function weightsFigure(
  weights: WeightsRecord,
  tasks: readonly string[],
): Pick<FigureBlock, "kind" | "tasks" | "draw"> {
  const { W_in, W_out } = networkOf(weights);
  const panels = [
    { title: "W_in", matrix: W_in, xLabel: "feature", yLabel: "neuron" },
    { title: "W_out", matrix: W_out, xLabel: "neuron", yLabel: "feature" },
  ];
  return {
    ...{ kind: "figure", tasks },
    draw: (host) => heatmapFigure({ panels, scale: { sharing: "shared" } }, host),
  };
}

/** Stacks of the small network with most motifs, a bar a neuron. */
export const smallStacksBlock = (results: Results): FigureBlock => ({
  ...stacks(results.measured<MotifsRecord>(richest(results)).weights, [richest(results)]),
  name: "stacks-small",
  title: "The same neurons as stacks.",
  caption:
    "What each neuron reads, in units of what it writes. Bars of one colour are monosemantic; asymmetric neurons have a long and a short part.",
});

/** Stacks of a wide network. */
export const wideStacksBlock = (results: Results, p: number, name: string): FigureBlock => ({
  ...stacks(results.measured<WideRecord>(wideKey(p, 0)).weights, [wideKey(p, 0)]),
  name: `stacks-${name}`,
  title: `A hundred absolute values from forty neurons, ${name}: p = ${p}.`,
  caption:
    "What each neuron reads, in units of what it writes, the first repeat. One colour in a bar: a neuron for one feature. Many: a polysemantic neuron.",
});

function stacks(
  weights: WeightsRecord,
  tasks: readonly string[],
): Pick<FigureBlock, "kind" | "tasks" | "draw"> {
  const { reach } = neuronContributions(networkOf(weights));
  return {
    ...{ kind: "figure", tasks },
    draw: (host) =>
      weightBarsFigure({ terms: reach, name: "W_in[k, i] · ‖W_out[:, k]‖" }, { ...host, by: "neuron" }),
  };
}

/** Neurons and features over sparsity, mean over repeats. */
export function overview(results: Results, mode: Mode): Conclusion["table"] {
  return {
    columns: [
      ...["p", "neurons that serve one feature", "features per neuron"],
      ...["sides answered, of 200", "features answered at both"],
    ],
    rows: wideDensities[mode].map((p) => {
      const records = repeats.map((repeat) => results.measured<WideRecord>(wideKey(p, repeat)));
      const over = (of: (record: WideRecord) => number) => mean(records.map(of));
      const one = over((record) => shareOf(record, (count) => count === 1));
      return [p, one, over((r) => mean(r.featuresPerNeuron)), over((r) => r.sides), over((r) => r.whole)];
    }),
  };
}

/** Motifs over sparsity. */
export function motifTable(results: Results, mode: Mode): TableBlock {
  const keysOf = (p: number) => repeats.map((repeat) => smallKey(p, repeat));
  return {
    kind: "table",
    title: "Asymmetric superposition in networks of ten neurons.",
    columns: ["p", "networks", "with the motif", "pairs", "interference A → B", "B → A", "inhibited share"],
    digits: 2,
    tasks: smallDensities[mode].flatMap(keysOf),
    rows: smallDensities[mode].map((p) => {
      const records = keysOf(p).map((key) => results.measured<MotifsRecord>(key));
      const starts = records.flatMap(({ pairs }) => pairs);
      const found = records.flatMap(motifsOf);
      const over = (of: (pair: (typeof found)[number]) => number) =>
        found.length === 0 ? null : mean(found.map(of));
      const counts = [starts.length, starts.filter(({ length }) => length > 0).length, found.length].map(
        String,
      );
      return [p, ...counts, over((f) => f.interference), over((f) => f.reverse), over((f) => f.inhibition)];
    }),
  };
}
