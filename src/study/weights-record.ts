/** The weights of a plain network as lists, for files. */
import type { Network } from "../evaluate/network.ts";
import type { Model } from "../model/model.ts";
import { matrix } from "../numeric/matrix.ts";

/** The effective model as lists, row-major. */
export interface WeightsRecord {
  readonly features: number;
  readonly neurons: number;
  readonly W_in: readonly number[];
  readonly W_out: readonly number[];
  readonly M: readonly number[] | null;
}

/** Weights as lists. */
export function weightsOf({ W_in, W_out, M }: Model): WeightsRecord {
  const [neurons, features] = W_in.shape;
  return {
    features,
    neurons,
    W_in: [...W_in.data],
    W_out: [...W_out.data],
    M: M === null ? null : [...M.data],
  };
}

/** The network of weights that were kept. */
export function networkOf({ features, neurons, W_in, W_out, M }: WeightsRecord): Network {
  return {
    W_in: matrix(neurons, features, Float64Array.from(W_in)),
    W_out: matrix(features, neurons, Float64Array.from(W_out)),
    M: M === null ? null : matrix(features, features, Float64Array.from(M)),
  };
}
