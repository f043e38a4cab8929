/**
 * Which neurons work for which features: the terms W_out[i, k] · W_in[k, i] of every feature and neuron.
 *
 * For x = e_i neuron k adds relu(W_in[k, i]) · W_out[i, k] to output i: the term where W_in is positive, else nothing.
 * The terms of a feature add up to (W_out W_in)[i, i]. Stacked as bars they are how the literature shows who does what
 * (Braun et al. 2025, arXiv 2501.14926). How many of them matter is what `polysemanticity` counts.
 */
import { type Network, sizesOf } from "../evaluate/network.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";

/** The terms of all features and neurons. */
export interface NeuronContributions {
  /** W_out[i, k] · W_in[k, i], [features, neurons] */
  readonly terms: Matrix<Float64Array>;
}

/** The terms of a network. @throws when the network's matrices do not fit together. */
export function neuronContributions(network: Network): NeuronContributions {
  const { features, neurons } = sizesOf(network);
  const { W_in, W_out } = network;
  const terms = matrix(features, neurons);
  for (let i = 0; i < features; i++) {
    for (let k = 0; k < neurons; k++) {
      const at = i * neurons + k;
      terms.data[at] = W_out.data[at]! * W_in.data[k * features + i]!;
    }
  }
  return { terms };
}
