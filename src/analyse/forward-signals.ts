/**
 * What `signalToNoise` asks of a network that is not plain, by forward passes alone: errors for single features, and what
 * a second feature changes.
 */
import { errorOfRow, labelsOf, toFunctionModel } from "../evaluate/function-model.ts";
import type { Network } from "../evaluate/network.ts";
import { oneHot } from "../evaluate/response-heatmap.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";

/** What second features at ±1 change in one output, on average over them and both their signs. */
export interface PartnerChange {
  /** Mean change of the output. */
  readonly change: number;
  /** Mean square of the change of its error. */
  readonly square: number;
}

/** The error for x = sign · e_i in row i, [features, features]. */
export function errorsOfSingles(network: Network, sign: 1 | -1): Matrix<Float64Array> {
  const model = toFunctionModel(network);
  const { features } = model;
  const errors = matrix(features, features);
  for (let i = 0; i < features; i++) {
    errors.data.set(errorOfRow(model, oneHot(features, i, sign), i), i * features);
  }
  return errors;
}

/** The own label of every feature, y_i for x = sign · e_i, [features]. */
export function labelsOfSingles(network: Network, sign: 1 | -1): Float64Array {
  const model = toFunctionModel(network);
  const { features } = model;
  return Float64Array.from({ length: features }, (_, i) => labelsOf(model, oneHot(features, i, sign), i)[i]!);
}

/** What features `seconds` change in output i while x_i = sign: two forward passes each. */
export function partnersByForward(network: Network) {
  const model = toFunctionModel(network);
  return (i: number, sign: 1 | -1, seconds: readonly number[]): PartnerChange => {
    const at = (x: Float64Array) => {
      const output = model.forward(x)[i]!;
      return { output, error: output - labelsOf(model, x, i)[i]! };
    };
    const alone = at(oneHot(model.features, i, sign));
    let [changes, squares] = [0, 0];
    for (const j of seconds) {
      for (const t of [1, -1]) {
        const both = at(oneHot(model.features, i, sign).fill(t, j, j + 1));
        changes += both.output - alone.output;
        squares += (both.error - alone.error) ** 2;
      }
    }
    const count = Math.max(1, 2 * seconds.length);
    return { change: changes / count, square: squares / count };
  };
}
