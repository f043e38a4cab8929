/**
 * Whether a feature is its codeword: exchange the codewords of features i and j in W_in, and see whether the network now
 * answers input e_i at output j, and e_j at output i (da Silva & Heimersheim, arXiv 2607.04800: ≥ 99 % of pairs).
 *
 * A direction i → j holds when, of the outputs for x = e_i after the exchange, output j is the largest, and at least
 * `leastShare` of what it gave to e_j before (above 0). A pair swaps when both of its directions hold.
 *
 * Exchanging whole columns of W_in is the published test. In a network without other paths it relabels the inputs, so it
 * holds for a pair exactly when both features were answered most at their own outputs before. The stricter `codeword`
 * exchanges a weight only where the two codewords differ, and leaves every graded difference where it was: if that swaps
 * the outputs too, the binary code carries the identity.
 */
import { type Network, requirePlain, sizesOf } from "../evaluate/network.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { codewords } from "./codewords.ts";

/** What is exchanged between two features: their columns of W_in, or only the entries in which their codewords differ. */
export type Exchange = "column" | "codeword";

/** How the test is done. */
export interface SwapTestOptions {
  /** `column` unless told. */
  readonly exchange?: Exchange;
  /** Of the codewords, for `codeword`; 0.05 unless told. */
  readonly threshold?: number;
  /** Of an output's answer before, that it must give after, in [0, 1]; 0.5 unless told. */
  readonly leastShare?: number;
  /** All pairs are tested when they are no more than this, else so many drawn at random; 5000 unless told. */
  readonly mostPairs?: number;
  /** Of the drawn pairs; 0 unless told. */
  readonly seed?: number;
}

/** The outcome, pair by pair; direction 2m is first[m] → second[m], direction 2m + 1 the other way. */
export interface SwapTest {
  readonly exchange: Exchange;
  readonly leastShare: number;
  /** Share of the pairs that swap. */
  readonly share: number;
  /** Pairs tested; all of them when `exact`. */
  readonly pairs: number;
  readonly exact: boolean;
  /** Share of each feature's tested pairs that swap, [features]; NaN for a feature in none */
  readonly perFeature: Float64Array;
  /** The features of every pair, [pairs] */
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** 1 where a pair swaps, [pairs] */
  readonly swaps: Uint8Array;
  /** Direction i → j: output j for e_i after the exchange, [2 pairs] */
  readonly answers: Float64Array;
  /** The largest other output then, [2 pairs]; the answer less this is the margin. */
  readonly others: Float64Array;
}

/**
 * Tests a network; needs no training and draws no inputs. Costs 4 · neurons · features multiplications a pair.
 *
 * @throws for fewer than two features, options out of range, and networks with more than W_out relu(W_in x).
 * @example swapTest(naive).share // 1225/4950 for 100 features and 50 neurons: pairs of two answered features
 */
export function swapTest(network: Network, options: SwapTestOptions = {}): SwapTest {
  const { exchange = "column", threshold = 0.05, leastShare = 0.5, mostPairs = 5000, seed = 0 } = options;
  requirePlain("swapTest", { ...network, labels: "relu" }); // whatever the labels are
  const { features } = sizesOf(network);
  checkOptions(features, leastShare, mostPairs);
  const { code } = codewords(network.W_in, { threshold });
  const differ = (k: number, i: number, j: number) =>
    exchange === "column" || code.data[k * features + i] !== code.data[k * features + j];
  const outputs = (i: number, j: number) => outputsAfter(network, i, j, (k) => differ(k, i, j));
  const before = Float64Array.from({ length: features }, (_, j) => outputs(j, j)[j]!);
  const pairs = pairsOf(features, mostPairs, seed);
  const answers = new Float64Array(2 * pairs.length);
  const others = new Float64Array(2 * pairs.length);
  const holds = (d: number, i: number, j: number): boolean => {
    const after = outputs(i, j);
    answers[d] = after[j]!;
    others[d] = largestBeside(after, j);
    return answers[d]! > Math.max(0, others[d]!) && answers[d]! >= leastShare * before[j]!;
  };
  // Both directions are recorded, whether or not the first one holds.
  const both = pairs.map(([i, j], m) => [holds(2 * m, i, j), holds(2 * m + 1, j, i)]);
  const swaps = Uint8Array.from(both, ([there, back]) => (there && back ? 1 : 0));
  return {
    ...{ exchange, leastShare, share: swaps.filter((bit) => bit === 1).length / pairs.length },
    ...{ pairs: pairs.length, exact: pairs.length === (features * (features - 1)) / 2 },
    perFeature: sharesOf(features, pairs, swaps),
    first: Int32Array.from(pairs, ([i]) => i),
    second: Int32Array.from(pairs, ([, j]) => j),
    ...{ swaps, answers, others },
  };
}

function checkOptions(features: number, leastShare: number, mostPairs: number): void {
  if (features < 2) {
    throw new Error(`swapTest: need two features at least, got ${features}. There is nothing to swap.`);
  }
  if (!(leastShare >= 0 && leastShare <= 1)) {
    throw new Error(`swapTest: need a leastShare from 0 to 1, got ${leastShare}. Try 0.5.`);
  }
  if (!Number.isSafeInteger(mostPairs) || mostPairs < 1) {
    throw new Error(`swapTest: need a whole number of pairs ≥ 1, got ${mostPairs}. Try 5000.`);
  }
}

/** ŷ for x = e_i, once feature i has taken feature j's weight of every neuron for which `isTaken`, [features]. */
function outputsAfter(
  { W_in, W_out }: Network,
  i: number,
  j: number,
  isTaken: (neuron: number) => boolean,
): Float64Array {
  const [neurons, features] = W_in.shape;
  const outputs = new Float64Array(features);
  for (let k = 0; k < neurons; k++) {
    const activation = W_in.data[k * features + (isTaken(k) ? j : i)]!;
    if (!(activation > 0)) continue;
    for (let o = 0; o < features; o++) outputs[o]! += W_out.data[o * neurons + k]! * activation;
  }
  return outputs;
}

function largestBeside(outputs: Float64Array, own: number): number {
  return outputs.reduce((most, value, o) => (o === own ? most : Math.max(most, value)), -Infinity);
}

/** All pairs i < j in order, or as many as `most` drawn with equal chances, each once. */
function pairsOf(features: number, most: number, seed: number): (readonly [number, number])[] {
  const all = (features * (features - 1)) / 2;
  if (all <= most) {
    return Array.from({ length: features }, (_, i) => i).flatMap((i) =>
      Array.from({ length: features - 1 - i }, (_, d) => [i, i + 1 + d] as const),
    );
  }
  const stream = randomStream(seed, "swap test");
  const drawn = new Map<number, readonly [number, number]>();
  for (let step = 0; drawn.size < most; step++) {
    const [u, v] = Array.from(uniforms(stream, 2, step), (uniform) => Math.floor(uniform * features));
    const [i, j] = [Math.min(u!, v!), Math.max(u!, v!)];
    if (i !== j) drawn.set(i * features + j, [i, j]);
  }
  return [...drawn.values()];
}

function sharesOf(
  features: number,
  pairs: readonly (readonly [number, number])[],
  swaps: Uint8Array,
): Float64Array {
  const tested = new Float64Array(features);
  const swapped = new Float64Array(features);
  pairs.forEach((pair, m) => {
    for (const i of pair) {
      tested[i]! += 1;
      swapped[i]! += swaps[m]!;
    }
  });
  return swapped.map((count, i) => count / tested[i]!);
}
