/** What is trained, evaluated and analysed everywhere: ŷ = W_out relu(W_in x) for labels y = relu(x) + M x. */
import type { LabelFunction } from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** The trained parameters; for a network with an embedding, `width` takes the place of `features`. */
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
  /** f, when the model was trained on a label function: the labels are f(x) + M x. */
  readonly labels?: LabelFunction;
}

/**
 * A network with everything that its spec puts around the hidden layer, as it is trained and stored:
 * ŷ = U (W_out relu(W_in W_E x)) + bypass. `foldedModel` turns it into the {@link Model} of the same errors.
 */
export interface UnfoldedModel {
  /** [neurons, width]; without an embedding width = features. */
  readonly W_in: Matrix<Float32Array>;
  /** [width, neurons] */
  readonly W_out: Matrix<Float32Array>;
  /** The embedding E, [width, features]; null: none. */
  readonly W_E: Matrix<Float32Array> | null;
  /** The labels' own mixing matrix, [features, features], at its final scale; null: 0. */
  readonly M: Matrix<Float32Array> | null;
  /** I + s N of a bypass with noise, [features, features], at its final scale; null for every other bypass. */
  readonly bypass: Matrix<Float32Array> | null;
}
