/** Figures of losses: over σ, over the steps of training, over p and over the rank of M. */
import { offset } from "../../baseline/offset.ts";
import type { Curve, CurvePoint, Reference } from "../../figure/curve.ts";
import { lossGridFigure } from "../../figure/loss-grid-figure.ts";
import { lossOverPFigure } from "../../figure/loss-over-p-figure.ts";
import { mixingRankFigure } from "../../figure/mixing-rank-figure.ts";
import { mixingSweepFigure } from "../../figure/mixing-sweep-figure.ts";
import {
  learnedScaleFigure,
  trainingCurvesFigure,
  transplantFigure,
} from "../../figure/training-curves-figure.ts";
import {
  crossingOf,
  type Estimate,
  estimate,
  keysOf,
  measurements,
  minimumOf,
  numbers,
} from "../evidence.ts";
import type { Measurement } from "../measure.ts";
import type { FigureBlock, Mode, Results } from "../study.ts";
import { naiveLoss } from "./claim-input.ts";
import { published, sweepCurves } from "./mixing-claims.ts";
import {
  densities,
  densityGroup,
  drawnKinds,
  evaluatedDensities,
  labelKinds,
  mixingGrid,
  mixingRanks,
  rankGroup,
  sweepGroup,
} from "./plan.ts";

const naive: Reference = { label: "naive", kind: "naive", value: naiveLoss };
const point = (x: number, { mean, low, high }: Estimate): CurvePoint => ({ x, y: mean, low, high });
const lossOf = ({ loss }: Measurement): number => loss.lossPerP;
const averageOf = (values: readonly number[]): number => estimate(values).mean;
/** The data that every run but those over p is trained on. */
const trainedDensity = 0.01;

/** L/p over σ for both drawn kinds, with their minima, crossings and bounds. */
export function sweepBlock(results: Results, mode: Mode): FigureBlock {
  const groups = drawnKinds.flatMap((kind) => mixingGrid[mode][kind].map((std) => sweepGroup(kind, std)));
  const over = (kind: (typeof drawnKinds)[number], of: (measured: Measurement) => number) =>
    mixingGrid[mode][kind].map((std) => point(std, estimate(numbers(results, sweepGroup(kind, std), of))));
  const curves: Curve[] = drawnKinds.map((kind) => ({ label: kind, points: over(kind, lossOf) }));
  const bounds: Reference[] = drawnKinds.map((kind) => ({
    label: `rank bound, ${kind}`,
    kind: "bound",
    of: kind,
    value: over(kind, ({ bound }) => bound.lossPerP).map(({ x, y }) => ({ x, y })),
  }));
  const marks = drawnKinds.flatMap((kind) => {
    const perSeed = sweepCurves(results, mode, kind);
    const minima = perSeed.map(minimumOf);
    const least = { x: averageOf(minima.map(({ x }) => x)), y: averageOf(minima.map(({ y }) => y)) };
    const crossings = perSeed.map((points) => crossingOf(points, naiveLoss)).filter((x) => x !== null);
    const crossing = crossings.length < 2 ? [] : [{ x: averageOf(crossings), y: naiveLoss }];
    return [
      { ...least, label: `${kind}: least ${short(least.y)} at σ = ${short(least.x, 3)}` },
      ...crossing.map((at) => ({ ...at, label: `${kind}: crosses naive at σ = ${short(at.x, 3)}` })),
    ];
  });
  return {
    kind: "figure",
    name: "mixing-sweep",
    title: "The loss over the size of the mixing matrix.",
    caption: `Trained and evaluated at p = .01, means over seeds with 95 % intervals. Published: symmetric least at ${published.symmetric.loss} near σ = ${published.symmetric.std}, crossing near ${published.symmetric.crossing}; asymmetric ${published.asymmetric.loss} near ${published.asymmetric.std}, crossing near ${published.asymmetric.crossing}.`,
    tasks: groups.flatMap((group) => keysOf(results, group)),
    draw: (host) => mixingSweepFigure({ curves, references: [naive, ...bounds], marks }, host),
  };
}

const short = (value: number, digits = 4): string => value.toFixed(digits).replace(/^0/, "");

/** σ over training where it is trained with the weights. */
export function learnedBlock(results: Results): FigureBlock {
  const curves = drawnKinds.flatMap((kind) =>
    results.group(`learned/${kind}`).map(({ measured }, seed) => ({
      label: `${kind}, seed ${seed}`,
      points: measured.curve!.map(({ step, mixingScale }) => ({ x: step, y: Math.abs(mixingScale!) })),
    })),
  );
  const references = drawnKinds.map((kind): Reference => {
    const value = published[kind].learned;
    return { label: `published, ${kind}`, kind: "published", value };
  });
  return {
    kind: "figure",
    name: "learned-scale",
    title: "The size of the mixing matrix, trained with the weights.",
    caption:
      "σ starts at .01 in every run and follows the same optimiser as the weights. Its size is drawn: in some runs it passes through 0 and grows on the other side, where M is another draw of the same kind.",
    tasks: drawnKinds.flatMap((kind) => keysOf(results, `learned/${kind}`)),
    draw: (host) => learnedScaleFigure({ curves, references }, host),
  };
}

/** L/p over the steps of training, first seed of every kind of labels. */
export function trainingBlock(results: Results): FigureBlock {
  const curves = labelKinds.map(({ key, title }) => ({
    label: title,
    points: batchLosses(results.trained(`${key}/0`).measured),
  }));
  return {
    kind: "figure",
    name: "training-curves",
    title: "Training.",
    caption:
      "Loss of single batches of 2,048 samples, divided by p, over the steps of training: seed 0 of every kind of labels. The noise is that of a batch.",
    tasks: labelKinds.map(({ key }) => `${key}/0`),
    draw: (host) => trainingCurvesFigure({ curves, references: [naive], steps: "log", scale: "log" }, host),
  };
}

const batchLosses = ({ curve }: Measurement): CurvePoint[] =>
  curve!.map(({ step, loss }) => ({ x: step, y: loss / trainedDensity }));

/** From mixed to clean labels, and from clean to mixed ones. */
export function transplantBlock(results: Results): FigureBlock {
  const meanCurve = (group: string, shift: number): CurvePoint[] => {
    const perSeed = measurements(results, group).map(batchLosses);
    return perSeed[0]!.map(({ x }, i) => ({
      x: x - shift,
      y: averageOf(perSeed.map((curve) => curve[i]!.y!)),
    }));
  };
  const last = 10_000;
  const curves = [
    {
      label: "mixed (symmetric) → clean",
      points: [...before(meanCurve("symmetric", last)), ...meanCurve("to-clean", 0)],
    },
    {
      label: "clean → mixed (symmetric)",
      points: [...before(meanCurve("clean", last)), ...meanCurve("to-mixed", 0)],
    },
  ];
  return {
    kind: "figure",
    name: "transplant",
    title: "Labels changed under a trained network.",
    caption:
      "Batch losses divided by p, means over seeds, before and after the labels change at step 0; the weights go on from where they were. The advantage vanishes with the mixing matrix, and comes with it.",
    tasks: ["symmetric", "to-clean", "clean", "to-mixed"].flatMap((group) => keysOf(results, group)),
    draw: (host) => transplantFigure({ curves, references: [naive] }, host),
  };
}

/** The last tenth of the run before the change, and a gap. */
const before = (points: readonly CurvePoint[]): CurvePoint[] => [
  ...points.filter(({ x }) => x >= -1000 && x < 0),
  { x: 0, y: null },
];

const problemAt = (p: number) =>
  ({
    features: 100,
    neurons: 50,
    mixing: null,
    distribution: { kind: "bernoulli", p, values: "symmetric" },
  }) as const;

const offsetCurve: Reference = {
  label: "naive + best leak",
  kind: "offset",
  value: [0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1].map((p) => ({
    x: p,
    y: offset(problemAt(p)).lossPerP,
  })),
};

/** L/p over p of the networks trained at p = .01. */
export function labelsOverPBlock(results: Results): FigureBlock {
  const curves = labelKinds.map(({ key, title }) => ({
    label: title,
    points: evaluatedDensities.map((p, i) =>
      point(p, estimate(numbers(results, key, ({ overP }) => overP[i]!.mean))),
    ),
  }));
  return {
    kind: "figure",
    name: "loss-over-p",
    title: "Trained at p = .01, evaluated elsewhere.",
    caption:
      "Every network under its own labels. The gain on mixed labels belongs to sparse inputs: where many features are active, the networks lose it.",
    tasks: labelKinds.flatMap(({ key }) => keysOf(results, key)),
    draw: (host) => lossOverPFigure({ curves, references: [naive, offsetCurve] }, host),
  };
}

const densityKeys = (results: Results) => densities.flatMap((p) => keysOf(results, densityGroup(p)));

/** L/p over p for the two families, and at p_eval = p_train. */
export function densityBlock(results: Results): FigureBlock {
  const overP = (p: number) =>
    densities.map((q, i) =>
      point(q, estimate(numbers(results, densityGroup(p), ({ overP }) => overP[i]!.mean))),
    );
  const own = densities.map((p) => point(p, estimate(numbers(results, densityGroup(p), lossOf))));
  const bound = densities.map((p) => ({
    x: p,
    y: averageOf(numbers(results, densityGroup(p), (measured) => measured.bound.lossPerP)),
  }));
  const curves = [
    { label: "trained where evaluated", points: own },
    ...[0.001, 0.01, 0.1, 1].map((p) => ({ label: `trained at p = ${p}`, points: overP(p) })),
  ];
  return {
    kind: "figure",
    name: "loss-over-p-trained",
    title: "The loss over p, trained at several p.",
    caption: "Asymmetric labels, σ = .02. Means over seeds with 95 % intervals.",
    tasks: densityKeys(results),
    draw: (host) =>
      lossOverPFigure(
        { curves, references: [naive, offsetCurve, { label: "rank bound", kind: "bound", value: bound }] },
        host,
      ),
  };
}

/** p_train × p_eval. */
export function densityGridBlock(results: Results): FigureBlock {
  const cells = densities.flatMap((trained) =>
    densities.map((evaluated, i) => ({
      trained,
      evaluated,
      naive: naiveLoss,
      lossPerP: averageOf(numbers(results, densityGroup(trained), ({ overP }) => overP[i]!.mean)),
    })),
  );
  return {
    kind: "figure",
    name: "loss-grid",
    title: "Trained at one p, evaluated at another.",
    caption: "L/p relative to naive; asymmetric labels, σ = .02, means over seeds.",
    tasks: densityKeys(results),
    draw: (host) => lossGridFigure(cells, host),
  };
}

/** L/p over the rank of M, with the bound. */
export function rankBlock(results: Results): FigureBlock {
  const over = (of: (measured: Measurement) => number) =>
    mixingRanks.map((rank) => point(rank, estimate(numbers(results, rankGroup(rank), of))));
  const bound = over((measured) => measured.bound.lossPerP).map(({ x, y }) => ({ x, y }));
  return {
    kind: "figure",
    name: "rank-of-mixing",
    title: "The loss over the rank of the mixing matrix.",
    caption:
      "Low-rank mixing matrices, proportional to a projector, all with entries of root mean square .02. Means over seeds with 95 % intervals.",
    tasks: mixingRanks.flatMap((rank) => keysOf(results, rankGroup(rank))),
    draw: (host) =>
      mixingRankFigure(
        {
          curves: [{ label: "trained", points: over(lossOf) }],
          references: [naive, { label: "rank bound", kind: "bound", value: bound, of: "trained" }],
        },
        host,
      ),
  };
}
