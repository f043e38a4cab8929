/**
 * How far a feature's own response stands out: signal, the own output while the feature is ±1, beside noise, what is
 * there of other features. After Braun et al. 2025 (arXiv 2501.14926), whose public code takes the spread of all outputs,
 * active ones included, for the noise of one or two features.
 *
 * One active feature: noise is the root mean square of the errors of all other outputs. Two: it is that of the change of
 * the own output's error when a second feature is set to ±1, over all second features and both signs. Both vanish for
 * neurons that serve one feature each. Nothing is sampled, but where there are too many second features.
 *
 * With a mixing matrix, errors are against labels with M x; give the network `M: null` to count what M asks for as noise.
 * Limit: values of ±1 alone, which say everything about bias-free ReLU nets: there ±v has |v| times the response. A net
 * that is not plain takes a forward pass for each feature, second feature and sign.
 */
import { signedErrors } from "../evaluate/exactly-one.ts";
import { isPlain, type Network, requireOwnOutputs, sizesOf } from "../evaluate/network.ts";
import { transpose } from "../numeric/matrix.ts";
import { randomStream, words } from "../numeric/random.ts";
import { mean, sum } from "../numeric/statistics.ts";
import {
  errorsOfSingles,
  labelsOfSingles,
  type PartnerChange,
  partnersByForward,
} from "./forward-signals.ts";

/** Signal and noise of every feature, at +1 and at −1. */
export interface SignalToNoise {
  /** How many features are active together. */
  readonly active: 1 | 2;
  /** Second features that each feature met, both signs of each; 0 for one active. */
  readonly seconds: number;
  /** Whether those were all there are. */
  readonly exact: boolean;
  readonly positive: Signals;
  readonly negative: Signals;
  /** Mean signal over noise at +1; null where there is no noise. */
  readonly ratio: number | null;
}

/** One sign of the features. */
export interface Signals {
  /** The own output, for two active its mean over the second, [features] */
  readonly signal: Float64Array;
  /** What the signal should be: 1 at +1 and 0 at −1 on clean labels, [features] */
  readonly label: Float64Array;
  /** Root mean square, [features]; 0 when there is no other feature */
  readonly noise: Float64Array;
  /** Mean over features. */
  readonly meanSignal: number;
  /** Root mean square over features. */
  readonly meanNoise: number;
}

/** How many are active, and when second features are sampled. */
export interface SignalToNoiseOptions {
  readonly active: 1 | 2;
  /** Second features that each feature meets at most: of more, so many are drawn, with replacement. 1000 unless told. */
  readonly seconds?: number;
  /** Of those draws; 0 unless told. */
  readonly seed?: number;
}

/**
 * Signal and noise of a network. Two active features take 4 · neurons products for each feature and each second.
 *
 * @throws on any other number of active features, on `seconds` that are no whole number from 1, and on labels of pairs.
 * @example signalToNoise(naive, { active: 2 }).positive.meanNoise // 0
 */
export function signalToNoise(network: Network, options: SignalToNoiseOptions): SignalToNoise {
  const { active, seconds = 1000, seed = 0 } = options;
  requireOwnOutputs("signalToNoise", network);
  if (active !== 1 && active !== 2) {
    throw new Error(`signalToNoise: need 1 or 2 active features, got ${active}. Choose one of them.`);
  }
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    throw new Error(`signalToNoise: need a whole number of seconds from 1, got ${seconds}. Try 1000.`);
  }
  const others = sizesOf(network).features - 1;
  const exact = active === 1 || others <= seconds;
  const of = active === 1 ? alone : together(exact ? null : { seconds, seed });
  const [positive, negative] = [of(network, 1), of(network, -1)];
  const ratio = positive.meanNoise === 0 ? null : positive.meanSignal / positive.meanNoise;
  return { active, seconds: active === 1 ? 0 : Math.min(seconds, others), exact, positive, negative, ratio };
}

const rootMeanSquare = (xs: Float64Array): number =>
  xs.length === 0 ? 0 : Math.sqrt(sum(xs.map((x) => x * x)) / xs.length);

const summarised = (signal: Float64Array, label: Float64Array, noise: Float64Array): Signals => ({
  ...{ signal, label, noise },
  meanSignal: mean(signal),
  meanNoise: rootMeanSquare(noise),
});

/** y_i while x_i is ±1 and the others 0, and on average over the signs of a second feature. */
function labelsOf(network: Network, sign: 1 | -1): Float64Array {
  if (!isPlain(network)) return labelsOfSingles(network, sign);
  const { W_in, M } = network;
  const [, features] = W_in.shape;
  const own = sign === 1 ? 1 : 0;
  return Float64Array.from({ length: features }, (_, i) => own + sign * (M?.data[i * (features + 1)] ?? 0));
}

/** One active feature: the errors of other outputs are noise. */
function alone(network: Network, sign: 1 | -1): Signals {
  const label = labelsOf(network, sign);
  const features = label.length;
  const errors = (isPlain(network) ? transpose(signedErrors(network, sign)) : errorsOfSingles(network, sign))
    .data;
  const signal = label.map((y, i) => y + errors[i * (features + 1)]!);
  const noise = label.map((_, i) => {
    const row = errors.subarray(i * features, (i + 1) * features);
    return rootMeanSquare(row.filter((_, j) => j !== i));
  });
  return summarised(signal, label, noise);
}

/** Two active features: what the second changes in the error of the first's output is noise. */
function together(sampling: { readonly seconds: number; readonly seed: number } | null) {
  return (network: Network, sign: 1 | -1): Signals => {
    const label = labelsOf(network, sign);
    const first = alone(network, sign).signal;
    const partner = partnersOf(network);
    const changes = first.map(() => 0);
    const noise = first.map((_, i) => {
      const { change, square } = partner(i, sign, secondsOf(i, label.length, sampling));
      changes[i] = change;
      return Math.sqrt(square);
    });
    return summarised(
      first.map((signal, i) => signal + changes[i]!),
      label,
      noise,
    );
  };
}

/** The second features of feature i: all others, or draws of them, the same for both signs. */
function secondsOf(
  i: number,
  features: number,
  sampling: { readonly seconds: number; readonly seed: number } | null,
): number[] {
  const skip = (j: number) => (j < i ? j : j + 1);
  if (sampling === null) return Array.from({ length: features - 1 }, (_, j) => skip(j));
  const drawn = words(randomStream(sampling.seed, "second features"), sampling.seconds, i);
  return Array.from(drawn, (word) => skip(Math.floor((word / 2 ** 32) * (features - 1))));
}

/** What second features at ±1 change in output i: the mean of the output's change, and the mean square of the error's. */
function partnersOf(network: Network) {
  if (!isPlain(network)) return partnersByForward(network);
  const { W_in, W_out, M } = network;
  const [neurons, features] = W_in.shape;
  const columns = transpose(W_in).data;
  return (i: number, sign: 1 | -1, seconds: readonly number[]): PartnerChange => {
    let [changes, squares] = [0, 0];
    const own = columns.subarray(i * neurons, (i + 1) * neurons).map((w) => sign * w);
    for (const j of seconds) {
      const mixed = M?.data[i * features + j] ?? 0;
      for (const t of [1, -1]) {
        let change = 0;
        for (let k = 0; k < neurons; k++) {
          const [z, both] = [own[k]!, own[k]! + t * columns[j * neurons + k]!];
          change += W_out.data[i * neurons + k]! * (Math.max(0, both) - Math.max(0, z));
        }
        changes += change;
        squares += (change - t * mixed) ** 2;
      }
    }
    const count = Math.max(1, 2 * seconds.length);
    return { change: changes / count, square: squares / count };
  };
}
