/** The figures of the study: errors over neurons, counts over ε, and every pair's error. */
import { affineAndError } from "../../baseline/affine-and.ts";
import { universalAndMeans } from "../../baseline/universal-and.ts";
import { allPairs } from "../../evaluate/pairs.ts";
import { andErrorsFigure } from "../../figure/and-errors-figure.ts";
import type { Curve, Reference } from "../../figure/curve.ts";
import { heatmapFigure } from "../../figure/heatmap-figure.ts";
import { withinEpsilonFigure } from "../../figure/within-epsilon-figure.ts";
import { matrix } from "../../numeric/matrix.ts";
import { estimate } from "../evidence.ts";
import type { FigureBlock, Mode, Results } from "../study.ts";
import type { ScalingRecord, WayName } from "./measures.ts";
import {
  fixedNeurons,
  large,
  largeGroup,
  scaling,
  shrinkingNeurons,
  shrinkingProbability,
  small,
  smallNeurons,
} from "./plan.ts";
import { largeRecords, lessConstant, scalingAt, tasksOf, wayAt } from "./readings.ts";

type Quantity = "one" | "none" | "spread";

const rules = (mode: Mode) =>
  [
    { rule: "fixed", label: "q = .25", neurons: fixedNeurons, q: () => scaling.probability },
    { rule: "shrinking", label: "q = ln n / √h", neurons: shrinkingNeurons[mode], q: shrinkingProbability },
  ] as const;

const words: Readonly<Record<Quantity, string>> = { one: "one on", none: "none on", spread: "one on" };

function measured(results: Results, mode: Mode, quantities: readonly Quantity[]): readonly Curve[] {
  return rules(mode).flatMap(({ rule, label, neurons }) =>
    quantities.map((quantity) => ({
      label: `${label}, ${words[quantity]}`,
      points: neurons.map((h) => {
        const { mean, low, high } = estimate(
          scalingAt(results, rule, h).map((record: ScalingRecord) => record[quantity]),
        );
        return { x: h, y: mean, low, high };
      }),
    })),
  );
}

function predicted(
  mode: Mode,
  quantities: readonly Quantity[],
  of: (quantity: Quantity, q: number, h: number) => number,
): readonly Reference[] {
  return rules(mode).flatMap(({ label, neurons, q }) =>
    quantities.map((quantity) => ({
      label: "theory",
      kind: "bound" as const,
      of: `${label}, ${words[quantity]}`,
      value: neurons.map((h) => ({ x: h, y: of(quantity, q(h), h) })),
    })),
  );
}

/** The means over h. */
export function meansBlock(results: Results, mode: Mode): FigureBlock {
  const quantities = ["one", "none"] as const;
  const theory = (quantity: Quantity, q: number) =>
    universalAndMeans({ probability: q, active: scaling.active })[quantity === "one" ? "one" : "none"]!;
  return {
    kind: "figure",
    name: "and-means",
    title: "The mean error does not fall with the number of neurons, but with q.",
    caption:
      "100 features, three on; over all inputs and pairs, means over wirings with 95 % intervals. Dashed: (s − 1) q with one feature of the pair on, s q − 1 + (1 − q)^s with none.",
    tasks: tasksOf(results, "scaling"),
    draw: (host) =>
      andErrorsFigure(
        {
          quantity: "mean error of a read-off",
          curves: measured(results, mode, quantities),
          references: predicted(mode, quantities, theory),
        },
        host,
      ),
  };
}

/** The spread over h. */
export function spreadBlock(results: Results, mode: Mode): FigureBlock {
  // (s − 1) q (1 − q) for one reader, over the expected number of readers.
  const theory = (_: Quantity, q: number, h: number) =>
    Math.sqrt(((scaling.active - 1) * q * (1 - q)) / (h * q * q));
  return {
    kind: "figure",
    name: "and-spread",
    title: "The spread falls in either case.",
    caption:
      "The standard deviation of the error with one feature of the pair on, over all inputs and pairs. Dashed: that of one reader over the root of the expected number of readers.",
    tasks: tasksOf(results, "scaling"),
    draw: (host) =>
      andErrorsFigure(
        {
          quantity: "standard deviation of the error",
          curves: measured(results, mode, ["spread"]),
          references: predicted(mode, ["spread"], theory),
        },
        host,
      ),
  };
}

/** ANDs within ε of the large constructions. */
export function largeBlock(results: Results, mode: Mode): FigureBlock {
  const networks = large[mode].flatMap((sizes) => {
    const record = largeRecords(results, sizes)[0]!;
    const label = `n = ${sizes.features}, h = ${sizes.neurons}`;
    return [
      { ...record, label },
      { ...lessConstant(record), label: `${label}, less a constant` },
    ];
  });
  return {
    kind: "figure",
    name: "and-count",
    title: "More ANDs than neurons, from random subsets.",
    caption:
      "ANDs whose error is at most ε at every input with two features on, per neuron. From ε = ¼ on an affine function has all of them, so that only what lies to the left counts neurons as nonlinearities. Less a constant: read as the mean less ε.",
    tasks: large[mode].flatMap((sizes) => tasksOf(results, largeGroup(sizes))),
    draw: (host) => withinEpsilonFigure(networks, { ...host, affine: affineAndError }),
  };
}

const ways: readonly WayName[] = ["random subsets", "least squares", "trained"];

/** ANDs within ε of three ways to the same task. */
export function waysBlock(results: Results): FigureBlock {
  const widest = smallNeurons.at(-1)!;
  const first = (way: WayName, neurons: number) => wayAt(results, way, neurons)[0]!;
  const networks = [
    ...ways.map((way) => ({ ...first(way, widest), label: `${way}, ${widest} neurons` })),
    { ...first("trained", smallNeurons[1]), label: `trained, ${smallNeurons[1]} neurons` },
    { ...first("trained", smallNeurons[0]), label: `trained, ${smallNeurons[0]} neurons` },
  ];
  return {
    kind: "figure",
    name: "and-ways",
    title: "Built and trained.",
    caption:
      "20 features, 190 ANDs, two features on, every input gone through, seed 0: ANDs within ε per neuron. Trained on the fourth power of the error, with all weights and biases free.",
    tasks: tasksOf(results, "small"),
    draw: (host) => withinEpsilonFigure(networks, { ...host, affine: affineAndError }),
  };
}

/** Every pair's largest error, as matrices. */
export function pairsBlock(results: Results): FigureBlock {
  const widest = smallNeurons.at(-1)!;
  const { features } = small;
  const panels = ways.map((way) => {
    const errors = matrix(features, features);
    allPairs(features).forEach(([i, j], pair) => {
      const error = wayAt(results, way, widest)[0]!.worst[pair]!;
      errors.data[i * features + j] = error;
      errors.data[j * features + i] = error;
    });
    return { title: way, matrix: errors, xLabel: "feature", yLabel: "feature" };
  });
  return {
    kind: "figure",
    name: "and-pairs",
    title: "Every AND and its largest error.",
    caption: `20 features, ${widest} neurons, two features on, seed 0: the largest error of each pair over all inputs. The diagonal is no pair.`,
    tasks: tasksOf(results, "small"),
    draw: (host) => heatmapFigure({ panels, scale: { sharing: "shared" } }, host),
  };
}
