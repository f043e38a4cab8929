/**
 * Which neurons work for which features: the terms W_out[i, k] · W_in[k, i] of every feature and neuron.
 *
 * For x = e_i neuron k adds relu(W_in[k, i]) · W_out[i, k] to output i: the term where W_in is positive, else nothing.
 * The terms of a feature add up to (W_out W_in)[i, i]. Per feature and per neuron they are how the literature shows who
 * does what (Braun et al. 2025, arXiv 2501.14926); per neuron, its input weights (Elhage et al. 2022, arXiv 2209.10652),
 * here in units of what the neuron writes, so that a rescaled neuron looks the same. `polysemanticity` counts. In an
 * embedding and with several layers the weights are those of the direct paths.
 */
import { directPaths } from "../evaluate/direct-paths.ts";
import { type Network, sizesOf } from "../evaluate/network.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";

/** The terms of all features and neurons. */
export interface NeuronContributions {
  /** W_out[i, k] · W_in[k, i], [features, neurons] */
  readonly terms: Matrix<Float64Array>;
  /** W_in[k, i] · ‖W_out[:, k]‖: how far neuron k moves the whole output for x = e_i, [features, neurons] */
  readonly reach: Matrix<Float64Array>;
}

/** The terms of a network. @throws when the network's matrices do not fit together. */
export function neuronContributions(network: Network): NeuronContributions {
  const { features, neurons } = sizesOf(network);
  const { W_in, W_out } = directPaths(network);
  const lengths = Float64Array.from({ length: neurons }, (_, k) => Math.sqrt(columnSquare(W_out, k)));
  const [terms, reach] = [matrix(features, neurons), matrix(features, neurons)];
  for (let i = 0; i < features; i++) {
    for (let k = 0; k < neurons; k++) {
      const at = i * neurons + k;
      const w = W_in.data[k * features + i]!;
      terms.data[at] = W_out.data[at]! * w;
      reach.data[at] = lengths[k]! * w;
    }
  }
  return { terms, reach };
}

/** Σ_j a[j, k]² */
function columnSquare({ data, shape: [rows, columns] }: Matrix, k: number): number {
  let total = 0;
  for (let j = 0; j < rows; j++) total += data[j * columns + k]! ** 2;
  return total;
}
