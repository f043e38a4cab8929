/**
 * Models and labels of the caller's own, as code: any function from n inputs to m outputs against any labels.
 *
 * A row's error is computed in float64, by plain TypeScript: a `Network` with a label function comes here too.
 */
import { callInto } from "../engine/call.ts";
import { labelsOfRow } from "../engine/labels.ts";
import { foldWeights, forward } from "../engine/reference/network.ts";
import { type LabelFunction, type LabelName, outputsOf } from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { type Network, shapeOf, sizesOf } from "./network.ts";

/** A model given as a function, and what it is measured against: y = c ⊙ f(x) + M x. */
export interface FunctionModel {
  /** n: the length of x. */
  readonly features: number;
  /** x [features] → ŷ [outputs], one a feature or, for labels of pairs, one a pair; a pure function, called on a copy of x. */
  readonly forward: (x: Float64Array) => ArrayLike<number>;
  /** f; relu unless given. */
  readonly labels?: LabelName | LabelFunction;
  /** c, [features]; all 1 unless given. */
  readonly coefficients?: Float64Array;
  /** M, [features, features]; 0 unless given. */
  readonly M?: Matrix | null;
}

/** Whether it takes calls of functions to evaluate it. */
export function isFunctionModel(model: Network | FunctionModel): model is FunctionModel {
  return "forward" in model;
}

/**
 * A network as a function of one input, in float64, whatever its activations, biases and layers.
 * @returns x [features] → ŷ [outputs]
 * @throws when its matrices do not fit together
 * @example forwardOf(model)(Float64Array.of(0.5, 0, -1)) // ŷ
 */
export function forwardOf(network: Network): (x: Float64Array) => Float64Array {
  const shape = shapeOf(network, 1, 1);
  const weights = foldWeights(shape, network);
  return (x) => forward(shape, weights, x).output;
}

/** A network as a function. @throws when its matrices do not fit together. */
export function toFunctionModel(
  network: Network,
): Omit<FunctionModel, "forward"> & { readonly forward: (x: Float64Array) => Float64Array } {
  const { M, labels, coefficients } = network;
  return {
    features: sizesOf(network).features,
    forward: forwardOf(network),
    M,
    ...(labels === undefined ? {} : { labels }),
    ...(coefficients === undefined ? {} : { coefficients }),
  };
}

/** y = c ⊙ f(x) + M x, [outputs]. @param row the number of x, for errors */
export function labelsOf(
  { features, M = null, labels = "relu", coefficients }: Omit<FunctionModel, "forward">,
  x: Float64Array,
  row: number,
): Float64Array {
  const given = coefficients === undefined ? {} : { coefficients };
  return labelsOfRow({ features, labels, mixing: M, ...given }, 0, x, row);
}

/** e = ŷ − y, [outputs]. @param row the number of x, for errors */
export function errorOfRow(model: FunctionModel, x: Float64Array, row: number): Float64Array {
  const output = callInto(new Float64Array(outputsOf(model)), "model", model.forward, x, row);
  const y = labelsOf(model, x, row);
  return output.map((value, i) => value - y[i]!);
}
