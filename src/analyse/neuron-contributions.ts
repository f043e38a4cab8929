/**
 * Which neurons work for which features: the terms W_out[i, k] · W_in[k, i] of every feature and neuron.
 *
 * For x = e_i neuron k adds relu(W_in[k, i]) · W_out[i, k] to output i: the term where W_in is positive, else nothing.
 * The terms of a feature add up to (W_out W_in)[i, i]. Stacked as bars they are how the literature shows who does what
 * (Braun et al. 2025, arXiv 2501.14926). Counts above a share of the largest: Cammarata et al. 2020, Thread: Circuits.
 */
import { type Network, sizesOf } from "../evaluate/network.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";

/** The terms of all features and neurons, and how many of them matter. */
export interface NeuronContributions {
  /** W_out[i, k] · W_in[k, i], [features, neurons] */
  readonly terms: Matrix<Float64Array>;
  /** A term counts when its size is at least this share of the largest in its row, or in its column; in (0, 1] */
  readonly share: number;
  /** Neurons that count for each feature, [features]; 0 where all its terms are 0 */
  readonly neuronsPerFeature: Int32Array;
  /** Features that count for each neuron, its polysemanticity, [neurons]; 0 for a dead neuron */
  readonly featuresPerNeuron: Int32Array;
}

/**
 * The terms of a network.
 *
 * @param options.share - of the largest term, from which on a term counts; a tenth unless given
 * @throws when the share is outside (0, 1], or the network's matrices do not fit together.
 */
export function neuronContributions(
  network: Network,
  { share = 0.1 }: { readonly share?: number } = {},
): NeuronContributions {
  if (!(share > 0 && share <= 1)) {
    throw new Error(`neuronContributions: need a share in (0, 1], got ${share}. Try 0.1.`);
  }
  const terms = termsOf(network);
  const [features, neurons] = terms.shape;
  const line = (start: number, step: number, count: number) =>
    Array.from({ length: count }, (_, i) => Math.abs(terms.data[start + i * step]!));
  return {
    terms,
    share,
    neuronsPerFeature: Int32Array.from({ length: features }, (_, i) =>
      countOf(line(i * neurons, 1, neurons), share),
    ),
    featuresPerNeuron: Int32Array.from({ length: neurons }, (_, k) =>
      countOf(line(k, neurons, features), share),
    ),
  };
}

function termsOf(network: Network): Matrix<Float64Array> {
  const { features, neurons } = sizesOf(network);
  const { W_in, W_out } = network;
  const terms = matrix(features, neurons);
  for (let i = 0; i < features; i++) {
    for (let k = 0; k < neurons; k++) {
      const at = i * neurons + k;
      terms.data[at] = W_out.data[at]! * W_in.data[k * features + i]!;
    }
  }
  return terms;
}

function countOf(magnitudes: readonly number[], share: number): number {
  const largest = Math.max(0, ...magnitudes);
  return largest === 0 ? 0 : magnitudes.filter((value) => value >= share * largest).length;
}
