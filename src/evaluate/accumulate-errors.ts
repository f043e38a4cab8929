/**
 * Sums of squared errors over a sparse batch, plain TypeScript in float64: the oracle of the compiled kernel.
 *
 * Cost: neurons × features for every row with an active feature; rows without one have error 0 (there are no biases).
 */
import { type Matrix, transpose } from "../numeric/matrix.ts";
import { type Network, sizesOf } from "./network.ts";

/** Inputs as compressed sparse rows: row b's entries are those from `rowStart[b]` up to `rowStart[b + 1]`. */
export interface SparseBatch {
  /** [rows + 1], from 0, not decreasing */
  readonly rowStart: Uint32Array;
  /** [entries], the feature of each entry; no feature twice in a row */
  readonly column: Uint32Array;
  /** [entries] */
  readonly value: Float32Array;
}

/** Which error: the whole one, W_out relu(W_in x) − relu(x) − M x, or its even part, ½ (W_out |W_in x| − |x|). */
export type ErrorMode = "full" | "even";

/** Sums over the rows of a batch. */
export interface ErrorSums {
  /** Σ_b ‖e_b‖² */
  readonly sum: number;
  /** Σ_b ‖e_b‖⁴: what the standard error of the mean needs */
  readonly sumOfSquares: number;
  /** Σ_b e_bi² for every output i, [features] */
  readonly perOutput: Float64Array;
}

/** The summed squared errors of a network over a batch. */
export function accumulateErrors(network: Network, batch: SparseBatch, mode: ErrorMode): ErrorSums {
  const { features, neurons } = sizesOf(network);
  const parts = { W_in_T: transpose(network.W_in), W_out: network.W_out, M_T: mixingOf(network, mode) };
  const hidden_h = new Float64Array(neurons);
  const error_n = new Float64Array(features);
  const perOutput = new Float64Array(features);
  let sum = 0;
  let sumOfSquares = 0;
  for (let row = 0; row + 1 < batch.rowStart.length; row++) {
    if (batch.rowStart[row] === batch.rowStart[row + 1]) continue;
    rowErrorInto(error_n, hidden_h, parts, batch, row, mode);
    const square = addSquaresInto(perOutput, error_n);
    sum += square;
    sumOfSquares += square * square;
  }
  return { sum, sumOfSquares, perOutput };
}

interface Parts {
  readonly W_in_T: Matrix; // [features, neurons]: a feature's weights lie together
  readonly W_out: Matrix;
  readonly M_T: Matrix | null; // [features, features], row j = column j of M; null: not part of this error
}

function mixingOf(network: Network, mode: ErrorMode): Matrix | null {
  return mode === "even" || network.M === null ? null : transpose(network.M);
}

function rowErrorInto(
  error_n: Float64Array,
  hidden_h: Float64Array,
  { W_in_T, W_out, M_T }: Parts,
  batch: SparseBatch,
  row: number,
  mode: ErrorMode,
): void {
  const activate = mode === "even" ? Math.abs : relu;
  hidden_h.fill(0);
  error_n.fill(0);
  for (let entry = batch.rowStart[row]!; entry < batch.rowStart[row + 1]!; entry++) {
    const feature = batch.column[entry]!;
    const value = batch.value[entry]!;
    addRowInto(hidden_h, W_in_T, feature, value);
    if (M_T !== null) addRowInto(error_n, M_T, feature, -value);
    error_n[feature]! -= activate(value);
  }
  for (let k = 0; k < hidden_h.length; k++) hidden_h[k] = activate(hidden_h[k]!);
  const scale = mode === "even" ? 0.5 : 1;
  for (let i = 0; i < error_n.length; i++) error_n[i] = scale * (error_n[i]! + dotRow(W_out, i, hidden_h));
}

/** out += scale · A[row], rows as long as `out`. */
function addRowInto(out: Float64Array, a: Matrix, row: number, scale: number): void {
  const start = row * out.length;
  for (let k = 0; k < out.length; k++) out[k]! += scale * a.data[start + k]!;
}

function dotRow(a: Matrix, row: number, x: Float64Array): number {
  const start = row * x.length;
  let dot = 0;
  for (let k = 0; k < x.length; k++) dot += a.data[start + k]! * x[k]!;
  return dot;
}

function addSquaresInto(squares_n: Float64Array, error_n: Float64Array): number {
  let total = 0;
  for (let i = 0; i < error_n.length; i++) {
    const square = error_n[i]! * error_n[i]!;
    squares_n[i]! += square;
    total += square;
  }
  return total;
}

function relu(z: number): number {
  return Math.max(z, 0); // a NaN stays a NaN
}
