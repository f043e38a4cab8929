/** What a network answers to every single feature, beside the labels'; of a plain one, the pictures of W_out relu(±W_in). */
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { labelsOf, toFunctionModel } from "./function-model.ts";
import { type Network, sizesOf } from "./network.ts";

/** Responses to single features, each [outputs, features]: entry (i, j) is output i for an input of feature j. */
export interface ResponseHeatmap {
  /** ŷ for x = +e_j */
  readonly positive: Matrix<Float64Array>;
  /** ŷ for x = −e_j */
  readonly negative: Matrix<Float64Array>;
  /** y for x = +e_j, I + M for labels relu(x) + M x */
  readonly positiveLabels: Matrix<Float64Array>;
  /** y for x = −e_j, −M for labels relu(x) + M x */
  readonly negativeLabels: Matrix<Float64Array>;
}

/** The responses of a network, of any kind, to every feature at +1 and at −1, one at a time. */
export function responseHeatmap(network: Network): ResponseHeatmap {
  const { features, outputs } = sizesOf(network);
  const model = toFunctionModel(network);
  const label = (x: Float64Array, feature: number) => labelsOf(model, x, feature);
  const columns = (f: (x: Float64Array, feature: number) => Float64Array, value: 1 | -1) => {
    const map = matrix(outputs, features);
    for (let j = 0; j < features; j++) {
      f(oneHot(features, j, value), j).forEach((entry, i) => {
        map.data[i * features + j] = entry;
      });
    }
    return map;
  };
  return {
    positive: columns(model.forward, 1),
    negative: columns(model.forward, -1),
    positiveLabels: columns(label, 1),
    negativeLabels: columns(label, -1),
  };
}

/** x = v e_i. */
export function oneHot(features: number, i: number, v: number): Float64Array {
  return new Float64Array(features).fill(v, i, i + 1);
}

/** relu(sign · A). */
export function rectified(a: Matrix, sign: 1 | -1): Matrix<Float64Array> {
  const result = matrix(a.shape[0], a.shape[1], a.data);
  for (let i = 0; i < result.data.length; i++) result.data[i] = Math.max(sign * result.data[i]!, 0);
  return result;
}
