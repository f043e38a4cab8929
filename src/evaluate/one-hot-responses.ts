/**
 * Responses along single features, x = v e_i for a grid of v: how near output i comes to relu(v), and what leaks.
 *
 * Without biases the network is positively homogeneous, so every response is |v| times the one to ±e_i.
 */
import { type Matrix, matrix } from "../numeric/matrix.ts";
import type { Network } from "./network.ts";
import { responseHeatmap } from "./response-heatmap.ts";

/** Responses along every feature, for a grid of G values. */
export interface OneHotResponses {
  /** v, [G] */
  readonly values: Float64Array;
  /** Output i for x = v e_i, [features, G] */
  readonly own: Matrix<Float64Array>;
  /** The label of output i for x = v e_i, relu(v) + M_ii v, [features, G] */
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

/** The responses of a network to x = v e_i for every feature i and every v of the grid. */
export function oneHotResponses(network: Network, values: ArrayLike<number> = defaultGrid): OneHotResponses {
  const { positive, negative, positiveLabels, negativeLabels } = responseHeatmap(network);
  const sides = { positive: sideOf(positive), negative: sideOf(negative) };
  const labels = { positive: diagonal(positiveLabels), negative: diagonal(negativeLabels) };
  const along = (of: (side: Side) => Float64Array) =>
    scaledBy(values, of(sides.positive), of(sides.negative));
  return {
    values: Float64Array.from(values),
    own: along((side) => side.own),
    ownLabels: scaledBy(values, labels.positive, labels.negative),
    othersLeast: along((side) => side.least),
    othersGreatest: along((side) => side.greatest),
    othersRms: along((side) => side.rms),
  };
}

/** Responses to unit inputs of one sign, each [features]. */
interface Side {
  readonly own: Float64Array;
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  readonly rms: Float64Array;
}

function sideOf(responses: Matrix): Side {
  const [features] = responses.shape;
  const others = Array.from({ length: features }, (_, j) => othersOf(responses, j));
  return {
    own: diagonal(responses),
    least: Float64Array.from(others, (list) => (list.length === 0 ? 0 : Math.min(...list))),
    greatest: Float64Array.from(others, (list) => (list.length === 0 ? 0 : Math.max(...list))),
    rms: Float64Array.from(others, (list) => rootMeanSquare(list)),
  };
}

/** Column j without its diagonal entry. */
function othersOf({ data, shape: [features] }: Matrix, j: number): number[] {
  return Array.from({ length: features }, (_, i) => data[i * features + j]!).filter((_, i) => i !== j);
}

function diagonal({ data, shape: [features] }: Matrix): Float64Array {
  return Float64Array.from({ length: features }, (_, i) => data[i * (features + 1)]!);
}

function rootMeanSquare(list: readonly number[]): number {
  const total = list.reduce((sum, value) => sum + value * value, 0);
  return list.length === 0 ? 0 : Math.sqrt(total / list.length);
}

/** |v| times the response to a unit input of v's sign. @returns [features, G] */
function scaledBy(values: ArrayLike<number>, positive: Float64Array, negative: Float64Array) {
  const result = matrix(positive.length, values.length);
  for (let i = 0; i < positive.length; i++) {
    for (let g = 0; g < values.length; g++) {
      const v = values[g]!;
      result.data[i * values.length + g] = v === 0 ? 0 : Math.abs(v) * (v > 0 ? positive : negative)[i]!;
    }
  }
  return result;
}
