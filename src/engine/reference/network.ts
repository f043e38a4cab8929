/** One row through the network of a shape, forward and backward, in float64 and by the formulas of shape.ts. */
import { type Matrix, matrix, multiply, transpose } from "../../numeric/matrix.ts";
import { absolutePower } from "../../numeric/power.ts";
import { activations } from "../activation.ts";
import type { WeightPair } from "../engine.ts";
import { addOuter, addScaled, apply, applyTransposed } from "../row.ts";
import {
  type Architecture,
  type LossShape,
  outputsOf,
  type ProgramShape,
  plainArchitecture,
  squaredError,
} from "../shape.ts";

type Row = Float64Array;

/** Weights as a row meets them: an embedding folded in. The same form holds their gradients. */
export interface Folded {
  /** A = W_in E, [h, n] */
  readonly A: Matrix;
  /** A_out = U W_out, [m, h] */
  readonly A_out: Matrix;
  /** C = W_in W_out between neurons of a layer and those of earlier ones, 0 elsewhere, [h, h]; null: one layer */
  readonly C: Matrix<Float64Array> | null;
  /** [h]; zeros without hidden biases */
  readonly b_in: Row;
  /** U b_out, [m]; zeros without output biases */
  readonly b_out: Row;
}

/** What a row leaves behind. */
export interface Passed {
  /** a, [h] */
  readonly a: Row;
  /** σ₁′(z), [h] */
  readonly slope: Row;
  /** ŷ, [m] */
  readonly output: Row;
  /** σ₂′(u), [m] */
  readonly outputSlope: Row;
}

export const architectureOf = (shape: ProgramShape): Architecture => shape.architecture ?? plainArchitecture;
export const lossOf = (shape: ProgramShape): LossShape => shape.loss ?? squaredError;

/** Zeros of the form of a shape's weights. */
export function emptyFolded(shape: ProgramShape): Folded {
  const { features, neurons } = shape;
  const outputs = outputsOf(shape);
  return {
    A: matrix(neurons, features),
    A_out: matrix(outputs, neurons),
    C: architectureOf(shape).layers > 1 ? matrix(neurons, neurons) : null,
    b_in: new Float64Array(neurons),
    b_out: new Float64Array(outputs),
  };
}

/** Sets every entry of C [h, h] to 0 but those from a layer to a later one. */
export function keepLaterLayers(C: Matrix, layers: number): void {
  const [neurons] = C.shape;
  const layerOf = (j: number) => Math.floor((j * layers) / neurons);
  for (let i = 0; i < neurons; i++) {
    for (let j = 0; j < neurons; j++) if (layerOf(j) >= layerOf(i)) C.data[i * neurons + j] = 0;
  }
}

/** C of weights at their full width. @param W_in [h, d] @param W_out [d, h] */
export function betweenLayers(W_in: Matrix, W_out: Matrix, layers: number): Matrix<Float64Array> | null {
  if (layers === 1) return null;
  const C = multiply(W_in, W_out);
  keepLaterLayers(C, layers);
  return C;
}

/** Weights as rows meet them. @param weights W_in [h, d], W_out [d or m, h] and the biases that there are */
export function foldWeights(shape: ProgramShape, weights: WeightPair): Folded {
  const { neurons, embedding } = shape;
  const { W_in, W_out } = weights;
  const b_in = Float64Array.from(weights.b_in ?? new Float64Array(neurons));
  const b_out = Float64Array.from(weights.b_out ?? new Float64Array(W_out.shape[0]));
  const C = betweenLayers(W_in, W_out, architectureOf(shape).layers);
  if (embedding === undefined) return { A: W_in, A_out: W_out, C, b_in, b_out };
  const U = embedding.U ?? transpose(embedding.E);
  return { A: multiply(W_in, embedding.E), A_out: multiply(U, W_out), C, b_in, b_out: apply(U, b_out) };
}

/** The network at a row x, [n]. */
export function forward(shape: ProgramShape, { A, A_out, C, b_in, b_out }: Folded, x: Row): Passed {
  const { activation, output, layers } = architectureOf(shape);
  const { value, slope } = activations[activation];
  const z = apply(A, x);
  addScaled(z, 1, b_in);
  const a = new Float64Array(z.length);
  const size = z.length / layers;
  for (let first = 0; first < z.length; first += size) {
    // a is 0 in the layers to come, so C a sums over those before.
    if (C !== null && first > 0) addScaled(z.subarray(first, first + size), 1, apply(C, a).subarray(first));
    for (let j = first; j < first + size; j++) a[j] = value(z[j]!);
  }
  const u = apply(A_out, a);
  addScaled(u, 1, b_out);
  return {
    a,
    slope: z.map(slope),
    output: u.map(activations[output].value),
    outputSlope: u.map(activations[output].slope),
  };
}

/** The weight of output i's error: importance, and `onesWeight` where the label is 1. */
const weightOf = ({ importance, onesWeight }: LossShape, y: Row, i: number): number =>
  (importance?.[i] ?? 1) * (y[i] === 1 ? onesWeight : 1);

/** The loss of a row, without the mean over rows: mean over outputs of I w |e|^q, and λ Σ |a|. */
export function lossOfRow(shape: ProgramShape, { a, output }: Passed, y: Row): number {
  const loss = lossOf(shape);
  const power = absolutePower(loss.exponent);
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += weightOf(loss, y, i) * power(output[i]! - y[i]!);
  const penalty = loss.l1 === 0 ? 0 : loss.l1 * a.reduce((total, value) => total + Math.abs(value), 0);
  return sum / y.length + penalty;
}

/** dL/dŷ of a row, times `share`. */
export function outputGradient(shape: ProgramShape, { output }: Passed, y: Row, share: number): Row {
  const loss = lossOf(shape);
  const power = absolutePower(loss.exponent - 1);
  return y.map((label, i) => {
    const e = output[i]! - label;
    return (share / y.length) * weightOf(loss, y, i) * loss.exponent * Math.sign(e) * power(e);
  });
}

/** Adds the gradients of a row: `dOutput` is dL/dŷ, `share` the row's share of the batch. */
export function backward(
  shape: ProgramShape,
  { A_out, C }: Folded,
  { a, slope, outputSlope }: Passed,
  x: Row,
  dOutput: Row,
  share: number,
  into: Folded,
): void {
  const { layers } = architectureOf(shape);
  const { l1 } = lossOf(shape);
  const du = dOutput.map((value, i) => value * outputSlope[i]!);
  addOuter(into.A_out, 1, du, a);
  addScaled(into.b_out, 1, du);
  const da = applyTransposed(A_out, du, slope);
  if (l1 !== 0) addScaled(da, l1 * share, a.map(Math.sign));
  const dz = da.map((value, j) => value * slope[j]!);
  const size = dz.length / layers;
  // From the last layer back: what a layer's neurons did to those of later ones comes on top.
  for (let last = dz.length - size; C !== null && last > 0; last -= size) {
    const later = dz.map((value, j) => (j >= last && j < last + size ? value : 0));
    const earlier = applyTransposed(C, later, slope);
    for (let j = 0; j < last; j++) dz[j]! += earlier[j]! * slope[j]!;
  }
  if (into.C !== null) addOuter(into.C, 1, dz, a);
  addOuter(into.A, 1, dz, x);
  addScaled(into.b_in, 1, dz);
}

/** The gradients at full width from those of folded weights, C's included. */
export function unfoldGradients(
  shape: ProgramShape,
  { W_in, W_out }: { readonly W_in: Matrix; readonly W_out: Matrix },
  { A, A_out, C, b_in, b_out }: Folded,
): { W_in: Matrix; W_out: Matrix; b_in: Row; b_out: Row } {
  const { embedding } = shape;
  const Ut = embedding && (embedding.U === null ? embedding.E : transpose(embedding.U));
  const dW_in = embedding === undefined ? A : multiply(A, transpose(embedding.E));
  const dW_out = Ut === undefined ? A_out : multiply(Ut, A_out);
  const db_out = Ut === undefined ? b_out : apply(Ut, b_out);
  if (C === null) return { W_in: dW_in, W_out: dW_out, b_in, b_out: db_out };
  keepLaterLayers(C, architectureOf(shape).layers);
  addTo(dW_in, multiply(C, transpose(W_out)));
  addTo(dW_out, multiply(transpose(W_in), C));
  return { W_in: dW_in, W_out: dW_out, b_in, b_out: db_out };
}

function addTo(a: Matrix, other: Matrix): void {
  for (let i = 0; i < a.data.length; i++) a.data[i]! += other.data[i]!;
}
