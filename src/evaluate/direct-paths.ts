/**
 * The direct paths of a network: from every feature to every neuron and from every neuron to every output, whatever
 * embedding stands between. With several layers, what neurons write for later ones is left out.
 */
import { foldWeights } from "../engine/reference/network.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { type Network, shapeOf } from "./network.ts";

/** Read and write weights between features, neurons and outputs. */
export interface DirectPaths {
  /** W_in E, [neurons, features] */
  readonly W_in: Matrix;
  /** U W_out, [outputs, neurons] */
  readonly W_out: Matrix;
}

/** The direct paths of a network: its own matrices, unless it stands in an embedding. */
export function directPaths(network: Network): DirectPaths {
  const { A, A_out } = foldWeights(shapeOf(network, 1, 1), network);
  return { W_in: A, W_out: A_out };
}
