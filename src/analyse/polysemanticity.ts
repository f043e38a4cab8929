/**
 * How many features each neuron serves, and how many neurons each feature has: what matters above a fraction of the
 * largest. A neuron that serves one feature is monosemantic (Cammarata et al. 2020, Thread: Circuits).
 *
 * Both measures stay as they are when a neuron's input weights are multiplied and its output weights divided by the same
 * c > 0, which changes no output of a bias-free ReLU net. Limits: what is counted is size, of either sign; a neuron with
 * nothing but tiny weights still counts those near its largest.
 */
import { directPaths } from "../evaluate/direct-paths.ts";
import { type Network, sizesOf } from "../evaluate/network.ts";
import { transpose } from "../numeric/matrix.ts";
import { neuronContributions } from "./neuron-contributions.ts";

/** Counts by one measure. */
export interface PartnerCounts {
  /** [neurons]; 0 for a dead neuron */
  readonly featuresPerNeuron: Int32Array;
  /** [features]; 0 for a feature that no neuron serves */
  readonly neuronsPerFeature: Int32Array;
}

/** Counts of a network by what its neurons read, and by what they read and write. */
export interface Polysemanticity {
  /** Of the largest, from which on a weight or term counts; in (0, 1] */
  readonly fraction: number;
  /** W_in[k, i] beside neuron k's largest; it decides for both counts, since weights compare within a neuron alone. */
  readonly byWeight: PartnerCounts;
  /** W_out[i, k] · W_in[k, i] beside neuron k's largest, and for neurons per feature beside feature i's. */
  readonly byContribution: PartnerCounts;
}

/**
 * Counts features per neuron and neurons per feature.
 *
 * @param options.fraction - of the largest, from which on a weight or term counts; a tenth unless given
 * @throws when the fraction is outside (0, 1], or the network's matrices do not fit together.
 * @example polysemanticity(naive).byWeight.featuresPerNeuron // 1, 1, 1, …
 */
export function polysemanticity(
  network: Network,
  { fraction = 0.1 }: { readonly fraction?: number } = {},
): Polysemanticity {
  if (!(fraction > 0 && fraction <= 1)) {
    throw new Error(`polysemanticity: need a fraction in (0, 1], got ${fraction}. Try 0.1.`);
  }
  const { features, neurons } = sizesOf(network);
  const read = largeInRow(directPaths(network).W_in.data, features, fraction);
  const { terms } = neuronContributions(network);
  const served = largeInRow(transpose(terms).data, features, fraction);
  const used = largeInRow(terms.data, neurons, fraction);
  return {
    fraction,
    byWeight: { featuresPerNeuron: rowSums(read, features), neuronsPerFeature: columnSums(read, features) },
    byContribution: {
      featuresPerNeuron: rowSums(served, features),
      neuronsPerFeature: rowSums(used, neurons),
    },
  };
}

/** 1 where an entry has at least a fraction of the size of its row's largest, which is above 0; else 0. */
function largeInRow(data: ArrayLike<number>, columns: number, fraction: number): Uint8Array {
  const large = new Uint8Array(data.length);
  for (let start = 0; start < data.length; start += columns) {
    let largest = 0;
    for (let j = start; j < start + columns; j++) largest = Math.max(largest, Math.abs(data[j]!));
    for (let j = start; largest > 0 && j < start + columns; j++) {
      if (Math.abs(data[j]!) >= fraction * largest) large[j] = 1;
    }
  }
  return large;
}

function rowSums(bits: Uint8Array, columns: number): Int32Array {
  const sums = new Int32Array(bits.length / columns);
  bits.forEach((bit, at) => {
    sums[Math.floor(at / columns)]! += bit;
  });
  return sums;
}

function columnSums(bits: Uint8Array, columns: number): Int32Array {
  const sums = new Int32Array(columns);
  bits.forEach((bit, at) => {
    sums[at % columns]! += bit;
  });
  return sums;
}
