/**
 * The loss |ŷ − y|^q of a network beside those of what it is compared with, on the same inputs drawn afresh: differences
 * are then known far better than the losses themselves.
 *
 * All features are alike to the inputs, so every input drawn is taken in all n rotations of its features, with either
 * sign. No feature is then luckier than another, and what one active feature loses is exact in proportion: losses are
 * given in units of the known loss of ŷ = 0 on clean labels.
 *
 * Naive is taken in the mean over which h of the n features its neurons compute: h/n of the loss of ŷ = relu(x), and
 * (n − h)/n of that of ŷ = 0. What a leak c · Σ relu(x_j) of the computed features saves on the ignored ones is found
 * for one choice of features, as a share.
 */
import { labelsOf, toFunctionModel } from "../../evaluate/function-model.ts";
import type { Network } from "../../evaluate/network.ts";
import { powerMoments } from "../../evaluate/power-loss.ts";
import { eachInput } from "../../evaluate/sampled-inputs.ts";
import { absolutePower } from "../../numeric/power.ts";
import type { AuditProblem } from "./audit-problem.ts";

/** A loss per p under the labels with M, and under clean ones. */
export interface LossPair {
  readonly loss: number;
  readonly clean: number;
}

/** Losses per p, of one sample set. */
export interface SampledLosses {
  readonly network: LossPair;
  /** The network with its outputs times `cleanScale`. */
  readonly rescaled: LossPair;
  /** ŷ = 0 */
  readonly zero: LossPair;
  readonly naive: LossPair;
  /** Naive with its leak. */
  readonly offset: LossPair;
  /** The network's squared loss, whatever the exponent is. */
  readonly squared: LossPair;
  /** Even parts of squared losses; M has no place in them. */
  readonly even: { readonly network: number; readonly naive: number };
}

/** What is drawn, and what the network is compared with. */
export interface LossSampling extends AuditProblem {
  readonly cleanScale: number;
  /** c of naive's leak, under the labels with M and under clean ones. */
  readonly leak: LossPair;
  /** Inputs drawn; 2n times as many are used. */
  readonly samples: number;
  readonly seed: number;
}

/** Whose |e|^q are summed: `perfect` is ŷ = relu(x), `ignored` and `leaking` the outputs that naive ignores. */
type PowerSum = "network" | "rescaled" | "zero" | "perfect" | "ignored" | "leaking";
/** Sums over inputs and outputs. */
type Sums = Record<PowerSum | "squared" | "squaredZero", Pair> & {
  readonly even: { network: number; zero: number };
};
interface Pair {
  loss: number;
  clean: number;
}

/** An input's output, its labels with M and its clean labels, each [features]. */
interface Side {
  readonly output: Float64Array;
  readonly y: Float64Array;
  readonly clean: Float64Array;
}

/** The losses of a network and of what it is compared with, on one sample set. */
export async function sampleLosses(network: Network, sampling: LossSampling): Promise<SampledLosses> {
  const [neurons, features] = network.W_in.shape;
  const { forward } = toFunctionModel(network);
  const sums = noSums();
  const power = absolutePower(sampling.exponent);
  const sideAt = (x: Float64Array): Side => ({
    output: Float64Array.from(forward(x)),
    y: labelsOf({ features, M: network.M }, x, 0),
    clean: labelsOf({ features }, x, 0),
  });
  await eachInput(features, sampling, (drawn) => {
    if (drawn.every((value) => value === 0)) return;
    for (let shift = 0; shift < features; shift++) {
      const x = rotated(drawn, shift);
      const here = sideAt(x);
      const there = sideAt(x.map((value) => 0 - value));
      for (const side of [here, there]) addSide(sums, side, sampling, neurons, power);
      addEven(sums.even, here, there);
    }
  });
  return lossesOf(sums, sampling, Math.min(1, neurons / features));
}

const rotated = (x: Float64Array, shift: number): Float64Array => x.map((_, i) => x[(i + shift) % x.length]!);

const noSums = (): Sums => {
  const none = (): Pair => ({ loss: 0, clean: 0 });
  return {
    ...{ network: none(), rescaled: none(), zero: none(), perfect: none() },
    ...{ ignored: none(), leaking: none(), squared: none(), squaredZero: none() },
    even: { network: 0, zero: 0 },
  };
};

/** Adds one input's losses; naive computes the first features. */
function addSide(
  sums: Sums,
  { output, y, clean }: Side,
  { cleanScale, leak }: LossSampling,
  neurons: number,
  power: (x: number) => number,
): void {
  let known = 0;
  for (let i = 0; i < Math.min(neurons, clean.length); i++) known += clean[i]!;
  for (let i = 0; i < output.length; i++) {
    const [u, v, r] = [output[i]!, y[i]!, clean[i]!];
    add(sums.network, power(u - v), power(u - r));
    add(sums.rescaled, power(cleanScale * u - v), power(cleanScale * u - r));
    add(sums.zero, power(v), power(r));
    add(sums.perfect, power(v - r), 0);
    add(sums.squared, (u - v) ** 2, (u - r) ** 2);
    add(sums.squaredZero, v * v, r * r);
    if (i < neurons) continue;
    add(sums.ignored, power(v), power(r));
    add(sums.leaking, power(leak.loss * known - v), power(leak.clean * known - r));
  }
}

function add(pair: Pair, loss: number, clean: number): void {
  pair.loss += loss;
  pair.clean += clean;
}

/** Twice ‖½ (e(x) + e(−x))‖², once for x and once for −x, of the network and of ŷ = 0. */
function addEven(even: Sums["even"], here: Side, there: Side): void {
  for (let i = 0; i < here.output.length; i++) {
    const label = here.clean[i]! + there.clean[i]!;
    even.network += (here.output[i]! + there.output[i]! - label) ** 2 / 2;
    even.zero += label ** 2 / 2;
  }
}

/** @param known h/n */
function lossesOf(sums: Sums, { exponent, distribution }: LossSampling, known: number): SampledLosses {
  const scaled = ({ loss, clean }: Pair, scale: number): LossPair => ({
    loss: scale * loss,
    clean: scale * clean,
  });
  const naive = (key: keyof Pair, kept: number): number =>
    known * sums.perfect[key] + (1 - known) * sums.zero[key] * kept;
  const kept = (key: keyof Pair): number =>
    sums.ignored[key] === 0 ? 1 : sums.leaking[key] / sums.ignored[key];
  const zeroLoss = (q: number) => powerMoments(q, distribution.values).positive;
  const perP = zeroLoss(exponent) / sums.zero.clean;
  const squaredPerP = zeroLoss(2) / sums.squaredZero.clean;
  return {
    network: scaled(sums.network, perP),
    rescaled: scaled(sums.rescaled, perP),
    zero: scaled(sums.zero, perP),
    naive: scaled({ loss: naive("loss", 1), clean: naive("clean", 1) }, perP),
    offset: scaled({ loss: naive("loss", kept("loss")), clean: naive("clean", kept("clean")) }, perP),
    squared: scaled(sums.squared, squaredPerP),
    even: {
      network: squaredPerP * sums.even.network,
      naive: squaredPerP * (1 - known) * sums.even.zero,
    },
  };
}
