/**
 * The AND of every pair of features from random subsets, without training (Hänni et al. 2024, arXiv 2408.05451): neuron k
 * reads each feature with probability q, a = relu(W x − 1), and AND(i, j) is the mean of a over the neurons that read both.
 *
 * Inputs are 0 or 1, s features on. No read-off is ever below its AND; the means of what it is above, with proofs:
 * docs/theory/universal-and.md. A pair that no neuron reads is read as 0.
 */
import type { Architecture } from "../engine/shape.ts";
import { allPairs } from "../evaluate/pairs.ts";
import { pow } from "../numeric/elementary.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { randomStream, uniforms } from "../numeric/random.ts";

/** The sizes of a construction. */
export interface UniversalAndSizes {
  /** n */
  readonly features: number;
  /** h */
  readonly neurons: number;
  /** q, the probability that a neuron reads a feature */
  readonly probability: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/** A network of one hidden ReLU layer with fixed biases whose labels are the ANDs of all pairs. */
export interface AndNetwork {
  /** [neurons, features] */
  readonly W_in: Matrix<Float64Array>;
  /** [pairs, neurons], pairs in the order (0, 1), (0, 2), … */
  readonly W_out: Matrix<Float64Array>;
  /** [neurons] */
  readonly b_in: Float64Array;
  /** [pairs]; there where the read-off has a constant. */
  readonly b_out?: Float64Array;
  readonly M: null;
  readonly labels: "and";
  readonly architecture: Architecture;
}

/** Mean errors of a read-off over wirings, given that a neuron reads the pair. */
export interface UniversalAndMeans {
  /** Both features on: (s − 2) q; null where s < 2. */
  readonly both: number | null;
  /** One on: (s − 1) q; null where s < 1. */
  readonly one: number | null;
  /** None on: s q − 1 + (1 − q)^s */
  readonly none: number;
}

/**
 * W: which features each neuron reads, 1 or 0. Neuron k is step k of its stream, so more neurons leave the first as they are.
 * @returns [neurons, features]
 * @throws on sizes that are not whole numbers, features from 2 and neurons from 1, and on a probability outside [0, 1].
 */
export function randomSubsets({ features, neurons, probability, seed = 0 }: UniversalAndSizes) {
  if (!(Number.isSafeInteger(features) && features >= 2 && Number.isSafeInteger(neurons) && neurons >= 1)) {
    throw new Error(
      `randomSubsets: need whole numbers, features from 2 and neurons from 1, got ${features} and ${neurons}. Try 100 and 400.`,
    );
  }
  if (!(probability >= 0 && probability <= 1)) {
    throw new Error(
      `randomSubsets: need a probability from 0 to 1, got ${probability}. q = c ln n / √h exceeds 1 for small h; lower c.`,
    );
  }
  const stream = randomStream(seed, "random subsets");
  const wiring = matrix(neurons, features);
  for (let k = 0; k < neurons; k++) {
    uniforms(stream, features, k).forEach((u, i) => {
      if (u < probability) wiring.data[k * features + i] = 1;
    });
  }
  return wiring;
}

/** relu(W x − 1) and its read-offs by means. @param wiring W, 0 or 1, [neurons, features] */
export function universalAndNetwork(wiring: Matrix): AndNetwork {
  const [neurons, features] = wiring.shape;
  const readers = readersOfPairs(wiring);
  const W_out = matrix(readers.length, neurons);
  readers.forEach((list, pair) => {
    for (const k of list) W_out.data[pair * neurons + k] = 1 / list.length;
  });
  const W_in = matrix(neurons, features, wiring.data);
  const b_in = new Float64Array(neurons).fill(-1);
  return { W_in, W_out, b_in, M: null, labels: "and", architecture: architectureWith("none") };
}

/** One ReLU layer with fixed hidden biases. */
export const architectureWith = (output: "none" | "fixed"): Architecture => ({
  activation: "relu",
  output: "identity",
  bias: { hidden: "fixed", output },
  tied: false,
  layers: 1,
});

/**
 * The neurons that read both features of each pair, pairs in the order (0, 1), (0, 2), …
 * @param wiring W, 0 or 1, [neurons, features]
 */
export function readersOfPairs(wiring: Matrix): readonly (readonly number[])[] {
  const [neurons, features] = wiring.shape;
  const wired = (k: number, i: number) => wiring.data[k * features + i] === 1;
  const all = Array.from({ length: neurons }, (_, k) => k);
  const ofFeature = Array.from({ length: features }, (_, i) => all.filter((k) => wired(k, i)));
  return allPairs(features).map(([i, j]) => ofFeature[i]!.filter((k) => wired(k, j)));
}

/**
 * The mean errors of read-offs with s features on, exact; the last is C(s, 2) q² to second order.
 * @param active s, a whole number from 0
 * @throws on other numbers.
 * @example universalAndMeans({ probability: 0.25, active: 3 }) // { both: 0.25, one: 0.5, none: 0.171875 }
 */
export function universalAndMeans({
  probability: q,
  active: s,
}: {
  readonly probability: number;
  readonly active: number;
}): UniversalAndMeans {
  if (!(q >= 0 && q <= 1 && Number.isSafeInteger(s) && s >= 0)) {
    throw new Error(
      `universalAndMeans: need a probability from 0 to 1 and a whole number of active features, got ${q} and ${s}. Try 0.25 and 3.`,
    );
  }
  return {
    both: s < 2 ? null : (s - 2) * q,
    one: s < 1 ? null : (s - 1) * q,
    none: s * q - 1 + (s === 0 ? 1 : pow(1 - q, s)),
  };
}
