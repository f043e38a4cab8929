/**
 * Asymmetric superposition and inhibition, motifs of Elhage et al. 2022 (arXiv 2209.10652, "Computation in
 * superposition"): a ReLU neuron serves two features unequally. It reads A with a large weight and writes it with a small
 * one, and the other way round for B, so that each comes out whole:
 *
 *   A active: output A gets W_A V_A ≈ 1, output B gets W_A V_B, which is large;  B active: output A gets W_B V_A, small.
 *
 * One large error and a small one cost less than two middling ones when another neuron takes the large one away: it
 * reads A with the same sign and writes B with a negative weight, inhibition. W are rows of W_in, V columns of W_out.
 *
 * Limit: decided by weights alone, for one feature active at a time; ReLU neurons and labels |x| or relu(x).
 */
import { type Network, sizesOf } from "../evaluate/network.ts";

/** A neuron that serves two features unequally. */
export interface AsymmetricPair {
  readonly neuron: number;
  /** A: read with the larger weight, written with the smaller one. */
  readonly read: number;
  /** B: read with the smaller weight, written with the larger one. */
  readonly written: number;
  /** What the neuron adds to output B for A at ±1: |W_A| V_B */
  readonly interference: number;
  /** What it adds to output A for B at ±1: |W_B| V_A */
  readonly reverse: number;
  /** What other neurons take from output B then, as a share of the interference; 1: all of it */
  readonly inhibition: number;
  /** Those neurons, strongest first. */
  readonly inhibitors: readonly number[];
}

/** What counts as the motif. */
export interface AsymmetryOptions {
  /** How much of its own output a neuron must give a feature, |W_i| V_i, to serve it; ½ unless given. */
  readonly served?: number;
  /** How many times larger W_A is than W_B, and V_B than V_A, at least; 2 unless given. */
  readonly ratio?: number;
}

/**
 * Every neuron and pair of features of the motif, the largest interference first.
 *
 * @throws when the network's matrices do not fit together, outputs are not one a feature, or an option is out of range.
 * @example asymmetricSuperposition(network).filter(({ inhibition }) => inhibition > 0.8)
 */
export function asymmetricSuperposition(
  network: Network,
  { served = 0.5, ratio = 2 }: AsymmetryOptions = {},
): readonly AsymmetricPair[] {
  if (!(served > 0 && ratio >= 1)) {
    throw new Error(
      `asymmetricSuperposition: need served above 0 and a ratio of 1 or more, got ${served} and ${ratio}. Try 0.5 and 2.`,
    );
  }
  const { features, neurons, outputs } = sizesOf(network);
  if (outputs !== features) {
    throw new Error(
      `asymmetricSuperposition: need one output a feature, got ${outputs} for ${features} features. Use other labels.`,
    );
  }
  const { reads, writes } = weightsOf(network);
  const pairs: AsymmetricPair[] = [];
  for (let neuron = 0; neuron < neurons; neuron++) {
    const own = Array.from({ length: features }, (_, i) => i).filter(
      (i) => Math.abs(reads(neuron, i)) * writes(neuron, i) >= served,
    );
    for (const read of own) {
      for (const written of own) {
        const [wide, narrow] = [Math.abs(reads(neuron, read)), Math.abs(reads(neuron, written))];
        const isMotif = wide >= ratio * narrow && writes(neuron, written) >= ratio * writes(neuron, read);
        if (read !== written && isMotif) pairs.push(pairOf(network, neuron, read, written));
      }
    }
  }
  return pairs.sort((a, b) => b.interference - a.interference);
}

function pairOf(network: Network, neuron: number, read: number, written: number): AsymmetricPair {
  const { neurons } = sizesOf(network);
  const { reads, writes } = weightsOf(network);
  const interference = Math.abs(reads(neuron, read)) * writes(neuron, written);
  const sign = Math.sign(reads(neuron, read));
  const taken = Array.from({ length: neurons }, (_, other) => ({
    other,
    amount: Math.max(0, sign * reads(other, read)) * Math.max(0, -writes(other, written)),
  }));
  const inhibitors = taken.filter(({ amount }) => amount > 0).sort((a, b) => b.amount - a.amount);
  return {
    ...{ neuron, read, written, interference },
    reverse: Math.abs(reads(neuron, written)) * writes(neuron, read),
    inhibition: inhibitors.reduce((sum, { amount }) => sum + amount, 0) / interference,
    inhibitors: inhibitors.map(({ other }) => other),
  };
}

function weightsOf({ W_in, W_out }: Network) {
  const [neurons, features] = W_in.shape;
  return {
    /** W: what neuron k reads of feature i. */
    reads: (k: number, i: number) => W_in.data[k * features + i]!,
    /** V: what neuron k writes to output i. */
    writes: (k: number, i: number) => W_out.data[i * neurons + k]!,
  };
}
