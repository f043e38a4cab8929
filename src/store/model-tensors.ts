/**
 * Tensors ↔ the weights of a model: W_in [neurons, features], W_out [features, neurons], M [features, features], and the
 * biases b_in [neurons] and b_out [features]; for a run with an embedding W_in [neurons, width], W_out [width, neurons],
 * b_out [width] and W_E [width, features], for one with a noisy bypass, bypass = I + s N [features, features], and for
 * labels of pairs as many rows of W_out and entries of b_out as there are pairs.
 * Names, shapes and finiteness are checked here for run folders and single files alike.
 */
import type { Tensor } from "../formats/tensor.ts";
import type { UnfoldedModel } from "../model/model.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { biasNames, biasTensors, checkBiases } from "./biases.ts";
import { StoreError } from "./errors.ts";
import { listedTensors, shapeText, type Tensors } from "./tensor-names.ts";

/** A network's tensors by name. */
export function tensorsOf(network: UnfoldedModel): Tensors {
  const { W_in, W_out, W_E, M, bypass } = network;
  const given = Object.entries({ W_in, W_out, W_E, M, bypass }).flatMap(([name, matrix]) =>
    matrix === null ? [] : [[name, floatTensor(matrix)] as const],
  );
  return { ...Object.fromEntries(given), ...biasTensors(network) };
}

/** Sizes that a reader knows from elsewhere. */
interface KnownSizes {
  /** Columns of W_in and of an embedding. */
  readonly features?: number | undefined;
  /** Rows of a W_out without embedding; the features unless given. */
  readonly outputs?: number;
}

/**
 * The network in a run's tensors, in float32; shapes are checked against each other.
 * @throws StoreError naming the file, the tensor and, for a number that is not finite, its place.
 */
export function unfoldedModelOf(tensors: Tensors, path: string, sizes: KnownSizes = {}): UnfoldedModel {
  const optional = (name: string) =>
    Object.hasOwn(tensors, name) ? weightMatrix(tensors[name]!, `${path}, ${name}`) : null;
  const needed = (name: string) => {
    const matrix = optional(name);
    if (matrix !== null) return matrix;
    throw new StoreError(
      `${path}: need tensors W_in and W_out, got ${listedTensors(tensors)}. Get the file again.`,
    );
  };
  const weights = { W_in: needed("W_in"), W_out: needed("W_out") };
  const around = { W_E: optional("W_E"), M: optional("M"), bypass: optional("bypass") };
  const biases = biasNames
    .filter((name) => Object.hasOwn(tensors, name))
    .map((name) => [name, biasVector(tensors[name]!, `${path}, ${name}`)] as const);
  return checkedNetwork({ ...weights, ...around, ...Object.fromEntries(biases) }, path, sizes);
}

/**
 * The network itself, when its shapes fit each other and its numbers are finite.
 * @throws StoreError naming the file, the tensor and, for a number that is not finite, its place.
 */
export function checkedNetwork(
  network: UnfoldedModel,
  path: string,
  { features, outputs }: KnownSizes = {},
): UnfoldedModel {
  const { W_in, W_out, W_E, M, bypass } = network;
  for (const [name, matrix] of Object.entries({ W_in, W_out, W_E, M, bypass })) {
    if (matrix !== null) checkFinite(matrix, `${path}, ${name}`);
  }
  const n = features ?? W_E?.shape[1] ?? M?.shape[0] ?? W_in.shape[1];
  if (W_E !== null) expectShape(W_E, [W_E.shape[0], n], `${path}, W_E`, "[width, features]");
  const width = W_E?.shape[0];
  const inputs = { size: width ?? n, axis: width === undefined ? "features" : "width" };
  const isOfPairs = width === undefined && outputs !== undefined && outputs !== n;
  checkShapes({ W_in, W_out }, inputs, isOfPairs ? { size: outputs, axis: "outputs" } : inputs, path);
  for (const [name, matrix] of Object.entries({ M, bypass })) {
    if (matrix !== null) expectShape(matrix, [n, n], `${path}, ${name}`, "[features, features]");
  }
  checkBiases(network, path);
  return network;
}

/** A matrix from a tensor of any number type. @throws StoreError when it has not two dimensions or is not finite. */
export function matrixOf(tensor: Tensor, where: string): Matrix {
  const [rows, columns] = tensor.shape;
  if (tensor.shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new StoreError(
      `${where}: need a matrix of two dimensions, got ${shapeText(tensor.shape)}. Reshape it.`,
    );
  }
  const matrix = { data: floats(tensor), shape: [rows, columns] } as const;
  checkFinite(matrix, where);
  return matrix;
}

/** Throws at the first number that is not finite. @throws StoreError naming its row and column, from 0. */
export function checkFinite({ data, shape }: Matrix, where: string): void {
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const place = `[${Math.floor(index / shape[1])}, ${index % shape[1]}]`;
  throw new StoreError(
    `${where}${place}: need a finite number, got ${data[index]}. Mend the file's numbers.`,
  );
}

function floatTensor({ data, shape }: Matrix<Float32Array>): Tensor<"F32"> {
  return { dtype: "F32", shape, data };
}

function floats({ dtype, data }: Tensor): Float32Array | Float64Array {
  if (dtype === "F32" || dtype === "F64") return data;
  return Float64Array.from<number | bigint>(data, Number);
}

/** A matrix as a network keeps it, in float32. @throws StoreError as `matrixOf` does, and for a number beyond float32. */
export function weightMatrix(tensor: Tensor, where: string): Matrix<Float32Array> {
  const { data, shape } = matrixOf(tensor, where);
  const rounded = { data: data instanceof Float32Array ? data : Float32Array.from(data), shape };
  checkFinite(rounded, where); // a float64 beyond 3.4e38 has no float32
  return rounded;
}

/** A bias as a network keeps it, in float32. @throws StoreError when it has not one dimension */
function biasVector(tensor: Tensor, where: string): Float32Array {
  if (tensor.shape.length === 1) return Float32Array.from(floats(tensor));
  throw new StoreError(`${where}: need a vector, got ${shapeText(tensor.shape)}. Get the file again.`);
}

interface Side {
  readonly size: number;
  readonly axis: string;
}

/** @param inputs the columns of W_in @param outputs the rows of W_out */
function checkShapes(
  { W_in, W_out }: Pick<UnfoldedModel, "W_in" | "W_out">,
  inputs: Side,
  outputs: Side,
  path: string,
): void {
  const n = inputs.size;
  const [neurons, columns] = W_in.shape;
  const h = columns !== n && neurons === n ? columns : neurons; // W_in [n, h] is a transposed one
  if (neurons === 0 || columns === 0) {
    throw new StoreError(
      `${path}, W_in: need at least one neuron and one feature, got ${shapeText(W_in.shape)}. Check it.`,
    );
  }
  expectShape(W_in, [h, n], `${path}, W_in`, `[neurons, ${inputs.axis}]`);
  expectShape(W_out, [outputs.size, h], `${path}, W_out`, `[${outputs.axis}, neurons]`);
}

function expectShape(
  { shape }: Matrix,
  [rows, columns]: readonly [number, number],
  where: string,
  axes: string,
): void {
  if (shape[0] === rows && shape[1] === columns) return;
  const isTransposed = shape[0] === columns && shape[1] === rows;
  const mend = isTransposed
    ? "It is transposed: save its transpose."
    : "Check that the file belongs to this spec.";
  throw new StoreError(`${where}: need ${axes} = [${rows}, ${columns}], got ${shapeText(shape)}. ${mend}`);
}
