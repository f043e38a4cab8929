/** What is measured on a residual network: plain data, so that claims and figures are made from files alone. */
import { neuronContributions } from "../../analyse/neuron-contributions.ts";
import { oddInteraction } from "../../analyse/odd-interaction.ts";
import { type Signals, type SignalToNoise, signalToNoise } from "../../analyse/signal-to-noise.ts";
import { type Distance, silencing } from "../../analyse/silencing.ts";
import { rankBound } from "../../baseline/rank-bound.ts";
import { evaluateLoss } from "../../evaluate/loss.ts";
import { responseHeatmap } from "../../evaluate/response-heatmap.ts";
import type { Model } from "../../model/model.ts";
import { combine, type Matrix, squaredNorm } from "../../numeric/matrix.ts";
import { hiddenNeurons } from "../../spec/sizes.ts";
import { partsOf } from "../measure.ts";
import type { MeasuredModel, Plain } from "../measure-task.ts";
import { foldingError } from "./folding-error.ts";
import { counts, density, type Given } from "./plan.ts";

/** L/p with its odd part, linear for one layer, and its even part. */
export type Parts = { readonly lossPerP: number; readonly linear: number; readonly even: number };
/** `Signals` of every feature at +1, as lists. */
type SignalRecord = {
  readonly signal: readonly number[];
  readonly noise: readonly number[];
  readonly meanSignal: number;
  readonly meanNoise: number;
};
type DistanceRecord = { readonly lossPerP: number; readonly stderr: number };

/** The record of one network. Losses are L/p. */
export type ResidualRecord = {
  readonly neurons: number;
  /** At p = .01, sampled. */
  readonly loss: Parts & { readonly stderr: number };
  /** For exactly one active feature, exact. */
  readonly exactlyOne: Parts;
  /** What no network of so many neurons goes below, at p = .01 and for exactly one. */
  readonly bound: Parts & { readonly exactlyOne: Parts };
  /** For exactly k = 1 … 5 active features: loss and rank bound. */
  readonly active: readonly {
    readonly k: number;
    readonly lossPerP: number;
    readonly stderr: number;
    readonly bound: number;
  }[];
  /** Whole outputs ŷ_i, the bypass's x_i included, for x = −e_i and x = +e_i, [features] */
  readonly own: { readonly negative: readonly number[]; readonly positive: readonly number[] };
  /** The least and the greatest other output meanwhile, [features] */
  readonly others: Readonly<
    Record<
      "negative" | "positive",
      { readonly least: readonly number[]; readonly greatest: readonly number[] }
    >
  >;
  readonly signals: { readonly one: SignalRecord; readonly two: SignalRecord };
  /** Share of the odd part of the outputs to two features that is no sum of those to one. */
  readonly oddInteraction: number;
  readonly silencing: {
    readonly neuronsPerFeature: number;
    readonly scrubbed: DistanceRecord;
    readonly antiScrubbed: DistanceRecord;
    readonly random: DistanceRecord;
    readonly monosemantic: DistanceRecord;
  };
  /** The largest difference between the errors of the network at full width and folded. */
  readonly foldingError: number;
  /** W_out[i, k] · W_in[k, i] by the direct paths, row-major [features, neurons]; of the first seed. */
  readonly terms: readonly number[] | null;
};

const inputs = { kind: "bernoulli", p: density, values: "symmetric" } as const;

/** The study's measure. */
export async function measureResidual(
  models: readonly MeasuredModel[],
  given: Plain,
): Promise<ResidualRecord> {
  const measured = models[0]!;
  const { model, spec } = measured;
  const { samples, isDrawn } = given as unknown as Given;
  const { mean, stderr, linear, even } = await evaluateLoss(model, { distribution: inputs, samples });
  const neurons = hiddenNeurons(spec.model);
  const { scrubbed, antiScrubbed, random, monosemantic, neuronsPerFeature } = await silencing(model, {
    distribution: inputs,
  });
  return {
    neurons,
    loss: { ...partsOf({ lossPerP: mean, linear, even }), stderr },
    exactlyOne: exactlyOneParts(model),
    bound: boundOf(model, neurons, inputs),
    active: await activeLosses(model, neurons, samples / 4),
    ...wholeResponses(model),
    signals: {
      one: signalRecord(signalToNoise(model, { active: 1 })),
      two: signalRecord(signalToNoise(model, { active: 2 })),
    },
    oddInteraction: oddInteraction(model).share,
    silencing: {
      neuronsPerFeature,
      scrubbed: distanceRecord(scrubbed),
      antiScrubbed: distanceRecord(antiScrubbed),
      random: distanceRecord(random),
      monosemantic: distanceRecord(monosemantic),
    },
    foldingError: await foldingError(measured, { distribution: inputs, samples: 1000 }),
    terms: isDrawn ? [...neuronContributions(model).terms.data] : null,
  };
}

const signalRecord = ({ positive }: SignalToNoise): SignalRecord => ({
  signal: [...positive.signal],
  noise: [...positive.noise],
  meanSignal: positive.meanSignal,
  meanNoise: positive.meanNoise,
});

const distanceRecord = ({ lossPerP, stderr }: Distance): DistanceRecord => ({ lossPerP, stderr });

/** The record of a figure, of what was kept. */
export function signalsOf(
  { signal, noise, meanSignal, meanNoise }: SignalRecord,
  active: 1 | 2,
): SignalToNoise {
  const none = new Float64Array(signal.length);
  const positive: Signals = {
    signal: Float64Array.from(signal),
    noise: Float64Array.from(noise),
    label: none.map(() => 1),
    meanSignal,
    meanNoise,
  };
  const negative: Signals = { signal: none, noise: none, label: none, meanSignal: 0, meanNoise: 0 };
  return {
    active,
    seconds: active === 1 ? 0 : signal.length - 1,
    exact: true,
    positive,
    negative,
    ratio: null,
  };
}

/** The bounds hold for any number of layers: docs/theory/rank-bound.md and odd-even-split.md. */
function boundOf(model: Model, neurons: number, distribution: typeof inputs): ResidualRecord["bound"] {
  const { lossPerP, linear, even, exactlyOne } = rankBound({
    ...{ features: model.M!.shape[0], neurons, mixing: model.M, distribution },
  });
  return { ...partsOf({ lossPerP, linear, even }), exactlyOne: partsOf(exactlyOne) };
}

async function activeLosses(
  model: Model,
  neurons: number,
  samples: number,
): Promise<ResidualRecord["active"]> {
  const losses: ResidualRecord["active"][number][] = [];
  for (const k of counts) {
    const distribution = { kind: "exactly", k, values: "symmetric" } as const;
    const { mean, stderr } = await evaluateLoss(model, { distribution, samples });
    const problem = { features: model.M!.shape[0], neurons, mixing: model.M, distribution };
    losses.push({ k, lossPerP: mean, stderr, bound: rankBound(problem).lossPerP });
  }
  return losses;
}

/** Errors for x = +e_j and x = −e_j in column j. */
function oneHotErrors(model: Model): Readonly<Record<"positive" | "negative", Matrix<Float64Array>>> {
  const { positive, negative, positiveLabels, negativeLabels } = responseHeatmap(model);
  return {
    positive: combine(1, positive, -1, positiveLabels),
    negative: combine(1, negative, -1, negativeLabels),
  };
}

/** Exact, since a bias-free ReLU network of any depth answers v e_i with |v| times what it answers ±e_i; E v² = 1/3. */
export function exactlyOneParts(model: Model): Parts {
  const { positive, negative } = oneHotErrors(model);
  const scale = 1 / (3 * positive.shape[1]);
  const linear = scale * squaredNorm(combine(0.5, positive, -0.5, negative));
  const even = scale * squaredNorm(combine(0.5, positive, 0.5, negative));
  return { lossPerP: linear + even, linear, even };
}

/** Outputs of the whole network, bypass included: the error, beside a label of 2 or −1 for the own and 0 for others. */
function wholeResponses(model: Model): Pick<ResidualRecord, "own" | "others"> {
  const errors = oneHotErrors(model);
  const [n] = errors.positive.shape;
  const column = ({ data }: Matrix, j: number) => Array.from({ length: n }, (_, i) => data[i * n + j]!);
  const of = (a: Matrix, label: number) => {
    const columns = Array.from({ length: n }, (_, j) => column(a, j));
    const apart = columns.map((errors, j) => errors.filter((_, i) => i !== j));
    return {
      own: columns.map((errors, j) => label + errors[j]!),
      others: {
        least: apart.map((errors) => Math.min(...errors)),
        greatest: apart.map((errors) => Math.max(...errors)),
      },
    };
  };
  const [positive, negative] = [of(errors.positive, 2), of(errors.negative, -1)];
  return {
    own: { negative: negative.own, positive: positive.own },
    others: { negative: negative.others, positive: positive.others },
  };
}
