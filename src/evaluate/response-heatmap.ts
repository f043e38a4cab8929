/** What a network answers to every single feature: the pictures of W_out relu(±W_in), beside the labels'. */
import { combine, identity, type Matrix, matrix, multiply } from "../numeric/matrix.ts";
import { type Network, requireReluLabels, sizesOf } from "./network.ts";

/** Responses to single features, each [features, features]: entry (i, j) is output i for an input of feature j. */
export interface ResponseHeatmap {
  /** ŷ for x = +e_j */
  readonly positive: Matrix<Float64Array>;
  /** ŷ for x = −e_j */
  readonly negative: Matrix<Float64Array>;
  /** y for x = +e_j, I + M */
  readonly positiveLabels: Matrix<Float64Array>;
  /** y for x = −e_j, −M */
  readonly negativeLabels: Matrix<Float64Array>;
}

/** The responses of a network to every feature at +1 and at −1, one at a time. */
export function responseHeatmap(network: Network): ResponseHeatmap {
  const { features } = sizesOf(network);
  requireReluLabels("responseHeatmap", network);
  const M = network.M ?? matrix(features, features);
  return {
    positive: multiply(network.W_out, rectified(network.W_in, 1)),
    negative: multiply(network.W_out, rectified(network.W_in, -1)),
    positiveLabels: combine(1, identity(features), 1, M),
    negativeLabels: combine(-1, M, 0, M),
  };
}

/** relu(sign · A). */
export function rectified(a: Matrix, sign: 1 | -1): Matrix<Float64Array> {
  const result = matrix(a.shape[0], a.shape[1], a.data);
  for (let i = 0; i < result.data.length; i++) result.data[i] = Math.max(sign * result.data[i]!, 0);
  return result;
}
