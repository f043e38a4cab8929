/** Figures of losses: over the exponent, over p, beside what is proved, and under noise. */
import type { PowerLossOverP } from "../../analyse/power-loss-over-p.ts";
import { type AblationRow, ablationFigure } from "../../figure/ablation-figure.ts";
import type { Curve, Reference } from "../../figure/curve.ts";
import { exponentFigure } from "../../figure/exponent-figure.ts";
import { lossOverPFigure } from "../../figure/loss-over-p-figure.ts";
import { noiseSensitivityFigure } from "../../figure/noise-sensitivity-figure.ts";
import { positiveErrorsFigure } from "../../figure/positive-errors-figure.ts";
import { powerLossFigure } from "../../figure/power-loss-figure.ts";
import { estimate, keysOf, numbers } from "../evidence.ts";
import type { Measurement } from "../measure.ts";
import type { FigureBlock, Results } from "../study.ts";
import { fourth, powerGroup, published } from "./plan.ts";
import { trainedLabel } from "./weight-figures.ts";

const fourths = powerGroup(fourth);
const first = (q: number): string => `${powerGroup(q)}/0`;
const measuredAt = (results: Results, q: number): Measurement => results.trained(first(q)).measured;

/** Mean over seeds with its interval, over the published exponents. */
function curveOver(results: Results, label: string, of: (measured: Measurement) => number): Curve {
  const points = published.map(({ q }) => {
    const { mean, low, high } = estimate(numbers(results, powerGroup(q), of));
    // An interval that reaches below 0 has no place on a logarithmic axis.
    return low > 0 ? { x: q, y: mean, low, high } : { x: q, y: mean };
  });
  return { label, points };
}

const publishedCurve = (of: "mean" | "variation"): Reference => ({
  label: "published",
  kind: "published",
  value: published.map((row) => ({ x: row.q, y: row[of] })),
});

const everyTask = (results: Results): readonly string[] =>
  published.flatMap(({ q }) => keysOf(results, powerGroup(q)));

/** How well every feature is answered: a code beside half a set of ReLUs. */
export function answersBlock(results: Results): FigureBlock {
  const shown = [2, fourth];
  return {
    kind: "figure",
    name: "answers",
    title: "A step, and a level line.",
    caption:
      "The squared error of every feature while it is positive, the best answered first, for the first network of two losses. Squared errors leave some features answered and others ignored; fourth powers answer all of them alike, none well.",
    tasks: shown.map(first),
    draw: (host) =>
      positiveErrorsFigure(
        shown.map((q) => {
          const { perFeature, stderr, mean, variation } = measuredAt(results, q).positive!;
          const errors = {
            ...{ mean, variation },
            perFeature: Float64Array.from(perFeature),
            stderr: Float64Array.from(stderr),
          };
          return { label: trainedLabel(q), errors };
        }),
        host,
      ),
  };
}

/** The spread over features. */
export function variationBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "variation",
    title: "Between exponents 2 and 2.5 the solution changes its kind.",
    caption:
      "CV: the standard deviation over features of the squared error while positive, divided by its mean. Means over seeds with 95 % intervals, and the published values.",
    tasks: everyTask(results),
    draw: (host) =>
      exponentFigure(
        {
          quantity: "CV over features",
          curves: [curveOver(results, "trained", ({ positive }) => positive!.variation)],
          references: [publishedCurve("variation")],
        },
        host,
      ),
  };
}

/** The mean over features. */
export function meanBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "mean",
    title: "What a feature is answered with.",
    caption:
      "E[(ŷ_i − y_i)² | x_i > 0], mean over features. Naive has 1/6: nothing for fifty features, 1/3 for the others. Means over seeds with 95 % intervals, and the published values.",
    tasks: everyTask(results),
    draw: (host) =>
      exponentFigure(
        {
          quantity: "squared error while positive, mean over features",
          curves: [curveOver(results, "trained", ({ positive }) => positive!.mean)],
          references: [publishedCurve("mean"), { label: "naive", kind: "naive", value: 1 / 6 }],
        },
        host,
      ),
  };
}

/** |ŷ − y|⁴ over p, for the first network. */
export function powerBlock(results: Results): FigureBlock {
  const losses: PowerLossOverP = measuredAt(results, fourth).power!;
  return {
    kind: "figure",
    name: "power-loss",
    title: "The loss that is trained, over the density of the inputs.",
    caption:
      "Mean fourth power of the error, per output and divided by p, of a network trained at p = .02, evaluated at every p. Doing nothing and fifty exact ReLUs lose the same share at every p; the dashed line is proved for every network of 50 neurons.",
    tasks: [first(fourth)],
    draw: (host) => powerLossFigure([{ label: trainedLabel(fourth), losses }], host),
  };
}

/** Σ e⁴ beside what is proved. */
export function certificateBlock(results: Results): FigureBlock {
  const over = (of: (certificate: NonNullable<Measurement["certificate"]>) => number) =>
    estimate(numbers(results, fourths, ({ certificate }) => of(certificate!)));
  const { mean: universal } = over((certificate) => certificate.universal);
  const rows: readonly AblationRow[] = [
    { label: "trained network", ...over(({ unit }) => unit) },
    { label: "best activations for its W_out", ...over(({ readOut }) => readOut) },
    { label: "the projector's formula for its W_out", ...over(({ projector }) => projector) },
  ];
  return {
    kind: "figure",
    name: "certificates",
    title: "How much is left to win.",
    caption:
      "One feature at 1: Σ e⁴ over outputs, mean over features, and over seeds with 95 % intervals. Given a network's W_out no activations whatever do better than the second row; no network of 50 neurons does better than the line. Naive has .5.",
    tasks: keysOf(results, fourths),
    draw: (host) =>
      ablationFigure(
        {
          rows,
          quantity: "Σ e⁴ for one feature at 1",
          reference: { label: "least of any network", value: universal },
        },
        host,
      ),
  };
}

/** Losses under noise on the neurons. */
export function noiseBlock(results: Results): FigureBlock {
  return {
    kind: "figure",
    name: "noise",
    title: "Noise on the neurons.",
    caption:
      "Fourth powers with exactly one active feature, normal noise on every neuron's activation in units of the neuron's own scale: from where on each network's loss grows, and how long the advantage outlives it.",
    tasks: [first(fourth)],
    draw: (host) =>
      noiseSensitivityFigure(
        [{ label: trainedLabel(fourth), sensitivity: measuredAt(results, fourth).noise! }],
        host,
      ),
  };
}

/** The squared error of the same network. */
export function squaredBlock(results: Results): FigureBlock {
  const { loss, overP } = measuredAt(results, fourth);
  const points = [...overP, { p: 0.02, mean: loss.lossPerP, stderr: loss.stderr }]
    .sort((a, b) => a.p - b.p)
    .map(({ p, mean, stderr }) => ({ x: p, y: mean, low: mean - 1.96 * stderr, high: mean + 1.96 * stderr }));
  return {
    kind: "figure",
    name: "squared-loss",
    title: "The same network, asked for squared errors.",
    caption: "L/p over p. Where features are sparse it does worse than fifty exact ReLUs.",
    tasks: [first(fourth)],
    draw: (host) =>
      lossOverPFigure(
        {
          curves: [{ label: trainedLabel(fourth), points }],
          references: [{ label: "naive", kind: "naive", value: 1 / 12 }],
        },
        host,
      ),
  };
}
