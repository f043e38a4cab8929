/** Changes of a network that leave its function as it is, or number its features anew. */
import type { Network } from "../../src/evaluate/network.ts";
import { matrix, transpose } from "../../src/numeric/matrix.ts";

/** The same function: row k of W_in times factors[k] > 0, column k of W_out divided by it. */
export function rescaled({ W_in, W_out, M }: Network, factors: readonly number[]): Network {
  const [neurons, features] = W_in.shape;
  const read = Float64Array.from(W_in.data, (w, at) => w * factors[Math.floor(at / features)]!);
  const written = Float64Array.from(W_out.data, (w, at) => w / factors[at % neurons]!);
  return { W_in: matrix(neurons, features, read), W_out: matrix(features, neurons, written), M };
}

/** Neuron k is the old neuron neurons[k], feature i the old feature features[i]; clean labels. */
export function renumbered(
  { W_in, W_out }: Network,
  { neurons, features }: { readonly neurons: readonly number[]; readonly features: readonly number[] },
): Network {
  const read = neurons.flatMap((k) => features.map((i) => W_in.data[k * features.length + i]!));
  const written = neurons.flatMap((k) => features.map((i) => W_out.data[i * neurons.length + k]!));
  const shape = [neurons.length, features.length] as const;
  return { W_in: matrix(...shape, read), W_out: transpose(matrix(...shape, written)), M: null };
}
