/** Figures and tables of the study; of single networks, those of the first seed. */
import { type AblationRow, ablationFigure } from "../../figure/ablation-figure.ts";
import { lossOverPFigure } from "../../figure/loss-over-p-figure.ts";
import { oddEvenFigure } from "../../figure/odd-even-figure.ts";
import { oneHotFigure } from "../../figure/one-hot-figure.ts";
import { signalToNoiseFigure } from "../../figure/signal-to-noise-figure.ts";
import { weightBarsFigure } from "../../figure/weight-bars-figure.ts";
import { matrix } from "../../numeric/matrix.ts";
import { mean } from "../../numeric/statistics.ts";
import { estimate } from "../evidence.ts";
import type { FigureBlock, Results, TableBlock } from "../study.ts";
import { monosemanticLoss } from "./claims.ts";
import { counts, features, networks } from "./plan.ts";
import { type ResidualRecord, signalsOf } from "./record.ts";

const recordsOf = (results: Results, key: string): readonly ResidualRecord[] =>
  results.measuredGroup<ResidualRecord>(key);
const firstOf = (results: Results, key: string): ResidualRecord => results.measured(`${key}/0`);
const over = (results: Results, key: string, of: (record: ResidualRecord) => number) =>
  estimate(recordsOf(results, key).map(of));
const firsts = networks.map(({ key }) => `${key}/0`);
const allTasks = (results: Results): readonly string[] =>
  networks.flatMap(({ key }) => recordsOf(results, key).map((_, seed) => `${key}/${seed}`));

/** Means over seeds: the numbers that the answer rests on. */
export function overview(results: Results): Pick<TableBlock, "columns" | "rows"> {
  const columns: readonly (readonly [string, (record: ResidualRecord) => number])[] = [
    ["L/p", ({ loss }) => loss.lossPerP],
    ["monosemantic", ({ neurons }) => monosemanticLoss(neurons)],
    ["rank bound", ({ bound }) => bound.lossPerP],
    ["odd part, one active", ({ exactlyOne }) => exactlyOne.linear],
    ["bound", ({ bound }) => bound.exactlyOne.linear],
    ["even part", ({ exactlyOne }) => exactlyOne.even],
    ["bound", ({ bound }) => bound.exactlyOne.even],
  ];
  return {
    columns: ["network", ...columns.map(([name]) => name)],
    rows: networks.map(({ key, title }) => [title, ...columns.map(([, of]) => over(results, key, of).mean)]),
  };
}

/** Whole outputs for one feature at a time; a bias-free network is linear on either side of 0, so three points say all. */
export function responsesBlock(results: Results): FigureBlock {
  const panels = networks.map(({ key, title }) => {
    const { own, others } = firstOf(results, key);
    const rows = (negative: readonly number[], positive: readonly number[]) =>
      matrix(
        features,
        3,
        negative.flatMap((value, i) => [value, 0, positive[i]!]),
      );
    return {
      label: title,
      responses: {
        values: Float64Array.of(-1, 0, 1),
        own: rows(
          own.negative.map((output) => output + 1),
          own.positive.map((output) => output - 1),
        ),
        othersLeast: rows(others.negative.least, others.positive.least),
        othersGreatest: rows(others.negative.greatest, others.positive.greatest),
      },
    };
  });
  return {
    kind: "figure",
    name: "responses",
    title: "One feature at a time.",
    caption:
      "The output of every feature for an input of that feature alone, without what the bypass brings (x): asked for is relu(x), and the whole output is higher by x. Grey: all other outputs of the whole network, asked for is 0.",
    tasks: firsts,
    draw: (host) => oneHotFigure(panels, host),
  };
}

/** L/p beside the monosemantic loss and the bound. */
export function lossesBlock(results: Results): FigureBlock {
  const rows = networks.map(
    ({ key, title }): AblationRow => ({
      label: title,
      ...over(results, key, ({ loss }) => loss.lossPerP),
      bound: over(results, key, ({ bound }) => bound.lossPerP).mean,
    }),
  );
  return {
    kind: "figure",
    name: "losses",
    title: "Trained networks, monosemantic neurons, and what no network goes below.",
    caption:
      "L/p at p = .01, means over seeds with 95 % intervals. The bound counts the neurons of all layers together: deeper networks may come nearer, not lower. The line is 50 monosemantic neurons.",
    tasks: allTasks(results),
    draw: (host) =>
      ablationFigure(
        { rows, reference: { label: "50 monosemantic neurons", value: monosemanticLoss(50) } },
        host,
      ),
  };
}

/** Losses where exactly k features are active, as in the paper. */
export function activeBlock(results: Results): FigureBlock {
  const at = (k: number) => k / features;
  const curves = networks.map(({ key, title }) => ({
    label: title,
    points: counts.map((k, i) => {
      const { mean: y, low, high } = over(results, key, ({ active }) => active[i]!.lossPerP);
      return { x: at(k), y, low, high };
    }),
  }));
  const bound = counts.map((k, i) => ({
    x: at(k),
    y: over(results, "1x50", ({ active }) => active[i]!.bound).mean,
  }));
  return {
    kind: "figure",
    name: "active-features",
    title: "One to five features together.",
    caption:
      "L/p where exactly k of 100 features are active, at p = k/100; means over seeds with 95 % intervals. The rank bound is that of 50 neurons.",
    tasks: allTasks(results),
    draw: (host) =>
      lossOverPFigure(
        {
          curves,
          references: [
            { label: "50 monosemantic neurons", kind: "naive", value: monosemanticLoss(50) },
            { label: "rank bound", kind: "bound", value: bound },
          ],
        },
        host,
      ),
  };
}

/** The two parts for one active feature, with their bounds. */
export function partsBlock(results: Results): FigureBlock {
  const rows = networks.map(({ key, title }) => {
    const of = (part: "linear" | "even") => over(results, key, ({ exactlyOne }) => exactlyOne[part]).mean;
    const least = (part: "linear" | "even") => over(results, key, ({ bound }) => bound.exactlyOne[part]).mean;
    return {
      ...{ label: title, linear: of("linear"), even: of("even") },
      ...{ linearBound: least("linear"), evenBound: least("even") },
    };
  });
  const half = monosemanticLoss(50) / 2;
  const monosemantic = { label: "50 monosemantic", linear: half, even: half };
  return {
    kind: "figure",
    name: "parts",
    title: "The loss in two parts.",
    caption:
      "Exactly one active feature, exact, means over seeds. Blue is the odd part of the error, orange the even one, where the nonlinearity is; ticks are their bounds, which hold for any number of layers.",
    tasks: allTasks(results),
    draw: (host) => oddEvenFigure([monosemantic, ...rows], host),
  };
}

/** Signal over noise. */
export function signalsBlock(results: Results): FigureBlock {
  const records = networks.flatMap(({ key, title }) => {
    const { one, two } = firstOf(results, key).signals;
    return [
      { label: title, signals: signalsOf(one, 1) },
      { label: title, signals: signalsOf(two, 2) },
    ];
  });
  return {
    kind: "figure",
    name: "signal-to-noise",
    title: "Signal and noise of every feature.",
    caption:
      "Signal: the own output at x_i = 1 without the bypass, where 1 is asked for. Noise: the errors of all other outputs, and with two features what the second changes in the first's output.",
    tasks: firsts,
    draw: (host) => signalToNoiseFigure(records, host),
  };
}

/** Who works for whom. */
export function contributionsBlock(results: Results, key: "1x50" | "3x17"): FigureBlock {
  const { terms, neurons } = firstOf(results, key);
  const { title } = networks.find((network) => network.key === key)!;
  return {
    kind: "figure",
    name: `contributions-${key}`,
    title: `Neurons of each feature, ${title}.`,
    caption:
      "The terms W_out[i, k] · W_in[k, i], read and written through the embedding, stacked by feature. Monosemantic neurons would leave half of the features empty and one term of 1 in the others.",
    tasks: [`${key}/0`],
    draw: (host) =>
      weightBarsFigure({ terms: matrix(features, neurons, terms!) }, { ...host, by: "feature" }),
  };
}

const silenced = [
  ["scrubbed", "half of the others (scrubbed)"],
  ["random", "half of all"],
  ["antiScrubbed", "own, and half of the others"],
  ["monosemantic", "monosemantic instead"],
] as const;

/** Scrubbed and anti-scrubbed losses. */
export function silencingBlock(results: Results): FigureBlock {
  const rows = networks.flatMap(({ key, title }) =>
    silenced.map(
      ([name, label]): AblationRow => ({
        ...{ label, group: title },
        ...over(results, key, ({ silencing }) => silencing[name].lossPerP),
      }),
    ),
  );
  return {
    kind: "figure",
    name: "silencing",
    title: "Silencing neurons that do or do not work for the active features.",
    caption:
      "Which neurons are silenced, by row: anti-scrubbed are those that work for the active features, with half of the others; the last row is the distance of monosemantic neurons instead. Squared distance to the network's own output, per output and divided by p; means over seeds with 95 % intervals. A neuron works for a feature when its term is at least a tenth of the feature's largest.",
    tasks: allTasks(results),
    draw: (host) => ablationFigure({ rows, quantity: "distance to the own output / p" }, host),
  };
}

/** The rest in numbers. */
export function numbersTable(results: Results): TableBlock {
  const columns: readonly (readonly [string, (record: ResidualRecord) => number])[] = [
    ["whole output for 1", ({ own }) => mean(own.positive)],
    ["for −1", ({ own }) => mean(own.negative)],
    ["signal to noise, one", ({ signals: { one } }) => one.meanSignal / one.meanNoise],
    ["two", ({ signals: { two } }) => two.meanSignal / two.meanNoise],
    ["neurons a feature", ({ silencing }) => silencing.neuronsPerFeature],
    ["odd part not linear", ({ oddInteraction }) => oddInteraction],
    ["above the bound", ({ loss, bound }) => loss.lossPerP / bound.lossPerP - 1],
  ];
  return {
    kind: "table",
    title: "Responses, signal to noise, and how far from linear the odd part is; means over seeds",
    columns: ["network", ...columns.map(([name]) => name)],
    rows: networks.map(({ key, title }) => [title, ...columns.map(([, of]) => over(results, key, of).mean)]),
    digits: 4,
    tasks: allTasks(results),
  };
}
