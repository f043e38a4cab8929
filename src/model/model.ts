/** What is trained, evaluated and analysed everywhere: ŷ = W_out relu(W_in x) for labels y = relu(x) + M x. */
import type { Matrix } from "../numeric/matrix.ts";

/** The trained parameters. */
export interface Weights {
  /** [neurons, features] */
  readonly W_in: Matrix<Float32Array>;
  /** [features, neurons] */
  readonly W_out: Matrix<Float32Array>;
}

/** The trained parameters and the labels that they were trained on. */
export interface Model extends Weights {
  /** The labels' mixing matrix, [features, features]; null for clean labels, M = 0. */
  readonly M: Matrix<Float32Array> | null;
}
