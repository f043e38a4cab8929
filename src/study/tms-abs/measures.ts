/** What the study takes from its networks: pairs of neurons, motifs, and who serves how many. */
import { type AsymmetricPair, asymmetricSuperposition } from "../../analyse/asymmetric-superposition.ts";
import { polysemanticity } from "../../analyse/polysemanticity.ts";
import { forwardOf } from "../../evaluate/function-model.ts";
import { evaluateLoss } from "../../evaluate/loss.ts";
import { type Network, sizesOf } from "../../evaluate/network.ts";
import { withFurtherStarts } from "../further-starts.ts";
import type { Measure, MeasuredModel, Plain } from "../measure-task.ts";
import { type WeightsRecord, weightsOf } from "../weights-record.ts";

/** The best of several starts, and how far it is from a pair ±x of neurons for every feature. */
export interface PairsRecord {
  readonly weights: WeightsRecord;
  /** The largest error of an answer to one active feature at ±1, over all outputs. */
  readonly worst: number;
  /** Neurons that read one feature alone, the others below a hundredth of it. */
  readonly alone: number;
  /** Starts as good as that: no error above a hundredth. */
  readonly exactStarts: number;
  readonly starts: number;
}

/** Motifs in the networks of several starts. */
export interface MotifsRecord {
  /** Those of each start. */
  readonly pairs: readonly (readonly AsymmetricPair[])[];
  /** The network that has most, the first of several. */
  readonly weights: WeightsRecord;
}

/** A wide network. */
export interface WideRecord {
  /** Features of which a neuron's contribution is a tenth of its largest or more, [neurons] */
  readonly featuresPerNeuron: readonly number[];
  /** Sides of features, + or −, answered with half of |x| or more; of 2 a feature. */
  readonly sides: number;
  /** Features of which both sides are. */
  readonly whole: number;
  readonly weights: WeightsRecord;
}

/** @param given `{ starts }` */
const startsOf = (given: Plain): number => (given as { readonly starts: number }).starts;

/** The pairs of the best start. */
export const pairs: Measure = async ([first], given) => {
  const starts = await withFurtherStarts(first!, startsOf(given));
  const losses = await Promise.all(starts.map(lossOf));
  const best = starts[losses.indexOf(Math.min(...losses))]!.model;
  return {
    weights: weightsOf(best),
    worst: worstError(best),
    alone: readingAlone(best),
    exactStarts: starts.filter(({ model }) => worstError(model) < 0.01).length,
    starts: starts.length,
  } satisfies PairsRecord as unknown as Plain;
};

/** The motifs of all starts. */
export const motifs: Measure = async ([first], given) => {
  const starts = await withFurtherStarts(first!, startsOf(given));
  const found = starts.map(({ model }) => asymmetricSuperposition(model));
  const most = Math.max(...found.map(({ length }) => length));
  const richest = starts[found.findIndex(({ length }) => length === most)]!;
  return { pairs: found, weights: weightsOf(richest.model) } satisfies MotifsRecord as unknown as Plain;
};

/** Who serves how many. */
export const wide: Measure = ([first]) => {
  const { model } = first!;
  return {
    featuresPerNeuron: [...polysemanticity(model).byContribution.featuresPerNeuron],
    ...answered(model),
    weights: weightsOf(model),
  } satisfies WideRecord as unknown as Plain;
};

const lossOf = async ({ spec, model }: Pick<MeasuredModel, "spec" | "model">): Promise<number> => {
  if (spec.data.kind !== "bernoulli") throw new Error("tms-abs: need data.kind bernoulli. Change the plan.");
  return (await evaluateLoss(model, { distribution: spec.data, samples: 20_000, seed: 0 })).mean;
};

/** One feature at 1 and at −1, each with the answer; for all features. */
function* answers(network: Network) {
  const { features } = sizesOf(network);
  const answer = forwardOf(network);
  for (let feature = 0; feature < features; feature++) {
    for (const sign of [1, -1]) {
      const x = new Float64Array(features);
      x[feature] = sign;
      yield { feature, output: answer(x) };
    }
  }
}

/** The largest |ŷ_j − |x_j|| for one feature at ±1. */
export function worstError(network: Network): number {
  let worst = 0;
  for (const { feature, output } of answers(network)) {
    output.forEach((y, j) => {
      worst = Math.max(worst, Math.abs(y - (j === feature ? 1 : 0)));
    });
  }
  return worst;
}

/** Which features at which signs have ½ or more of |x| as their own output, one at a time. */
export function answered(network: Network): Pick<WideRecord, "sides" | "whole"> {
  const count = new Int32Array(sizesOf(network).features);
  for (const { feature, output } of answers(network)) if (output[feature]! >= 0.5) count[feature]! += 1;
  return {
    sides: count.reduce((sum, sides) => sum + sides, 0),
    whole: count.filter((sides) => sides === 2).length,
  };
}

/** Neurons whose second largest weight of W_in is below a hundredth of the largest. */
function readingAlone({ W_in: { data, shape } }: Network): number {
  const [neurons, features] = shape;
  return Array.from({ length: neurons }, (_, k) => {
    const sizes = Array.from(data.subarray(k * features, (k + 1) * features), Math.abs).sort((a, b) => b - a);
    return sizes[0]! > 0 && sizes[1]! < sizes[0]! / 100;
  }).filter(Boolean).length;
}
