/**
 * Models and labels of the caller's own, as code: any function from n inputs to n outputs against any labels.
 *
 * A row's error is computed in float64, by plain TypeScript: a `Network` with a label function comes here too.
 */
import { callInto } from "../engine/call.ts";
import type { LabelFunction } from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { type Network, requirePlainNetwork, requireReluLabels, sizesOf } from "./network.ts";

/** A model given as a function, and what it is measured against: y = f(x) + M x. */
export interface FunctionModel {
  /** n: the length of x, ŷ and y. */
  readonly features: number;
  /** x [features] → ŷ [features]; a pure function, called on a copy of x. */
  readonly forward: (x: Float64Array) => ArrayLike<number>;
  /** f; relu unless given. */
  readonly labels?: LabelFunction;
  /** M, [features, features]; 0 unless given. */
  readonly M?: Matrix | null;
}

/** Whether it takes calls of functions to evaluate it. */
export function isFunctionModel(model: Network | FunctionModel): model is FunctionModel {
  return "forward" in model;
}

/** A network as a function. @throws when its matrices do not fit together. */
export function toFunctionModel(network: Network): FunctionModel {
  const { W_in, W_out, M, labels } = network;
  const { features } = sizesOf(network);
  const forward = (x: Float64Array) => activeProduct(W_out, activeProduct(W_in, x).map(relu));
  requirePlainNetwork("toFunctionModel", network);
  if (typeof labels === "function") return { features, forward, M, labels };
  requireReluLabels("toFunctionModel", network);
  return { features, forward, M };
}

/** y = f(x) + M x. @param row the number of x, for errors */
export function labelsOf(
  { features, M = null, labels }: Omit<FunctionModel, "forward">,
  x: Float64Array,
  row: number,
): Float64Array {
  const y =
    labels === undefined ? x.map(relu) : callInto(new Float64Array(features), "label", labels, x, row);
  return M === null ? y : addInto(y, activeProduct(M, x));
}

/** e = ŷ − y. @param row the number of x, for errors */
export function errorOfRow(model: FunctionModel, x: Float64Array, row: number): Float64Array {
  const output = callInto(new Float64Array(model.features), "model", model.forward, x, row);
  const y = labelsOf(model, x, row);
  return output.map((value, i) => value - y[i]!);
}

const relu = (z: number): number => Math.max(0, z);

function addInto(out: Float64Array, other: Float64Array): Float64Array {
  for (let i = 0; i < out.length; i++) out[i]! += other[i]!;
  return out;
}

/** A v, over the entries of v that are not 0: inputs and activations mostly are. */
function activeProduct({ data, shape: [rows, columns] }: Matrix, v: Float64Array): Float64Array {
  const result = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    const factor = v[j]!;
    if (factor === 0) continue;
    for (let i = 0; i < rows; i++) result[i]! += data[i * columns + j]! * factor;
  }
  return result;
}
