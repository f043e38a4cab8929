/** Responses along single features, x = v e_i for a grid of v: how near output i comes to its label, and what leaks. */
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { labelsOf, toFunctionModel } from "./function-model.ts";
import { type Network, requireOwnOutputs, sizesOf } from "./network.ts";
import { oneHot } from "./response-heatmap.ts";

/** Responses along every feature, for a grid of G values. */
export interface OneHotResponses {
  /** v, [G] */
  readonly values: Float64Array;
  /** Output i for x = v e_i, [features, G] */
  readonly own: Matrix<Float64Array>;
  /** The label of output i for x = v e_i, relu(v) + M_ii v for labels relu(x) + M x, [features, G] */
  readonly ownLabels: Matrix<Float64Array>;
  /** Least output other than i, [features, G]; 0 when there is no other */
  readonly othersLeast: Matrix<Float64Array>;
  /** Greatest output other than i, [features, G]; 0 when there is no other */
  readonly othersGreatest: Matrix<Float64Array>;
  /** Root mean square of the outputs other than i, [features, G]; 0 when there is no other */
  readonly othersRms: Matrix<Float64Array>;
}

/** −1, −0.95 … 1. */
const defaultGrid: readonly number[] = Array.from({ length: 41 }, (_, i) => (i - 20) / 20);

/**
 * The responses of a network, of any kind, to x = v e_i for every feature i and every v of the grid.
 * @throws on labels of pairs, where no output is a feature's own.
 */
export function oneHotResponses(network: Network, values: ArrayLike<number> = defaultGrid): OneHotResponses {
  const { features } = sizesOf(network);
  requireOwnOutputs("oneHotResponses", network);
  const model = toFunctionModel(network);
  const grid = Float64Array.from(values);
  const empty = () => matrix(features, grid.length);
  const responses = {
    ...{ own: empty(), ownLabels: empty() },
    ...{ othersLeast: empty(), othersGreatest: empty(), othersRms: empty() },
  };
  for (let i = 0; i < features; i++) {
    grid.forEach((v, g) => {
      const at = i * grid.length + g;
      const x = oneHot(features, i, v);
      const answer = model.forward(x);
      const others = answer.filter((_, k) => k !== i);
      responses.own.data[at] = answer[i]!;
      responses.ownLabels.data[at] = labelsOf(model, x, at)[i]!;
      responses.othersLeast.data[at] = features === 1 ? 0 : Math.min(...others);
      responses.othersGreatest.data[at] = features === 1 ? 0 : Math.max(...others);
      responses.othersRms.data[at] = rootMeanSquare(others);
    });
  }
  return { values: grid, ...responses };
}

function rootMeanSquare(values: Float64Array): number {
  const total = values.reduce((sum, value) => sum + value * value, 0);
  return values.length === 0 ? 0 : Math.sqrt(total / values.length);
}
