/**
 * What is trained, evaluated and analysed everywhere: a network, and the labels that it was trained on. Without the
 * optional fields it is the plain one, ŷ = W_out relu(W_in x) for labels y = relu(x) + M x.
 */
import type { Architecture, Embedding, LabelFunction, LabelName } from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** The trained parameters; for a network with an embedding, `width` takes the place of `features`. */
export interface Weights {
  /** [neurons, features] */
  readonly W_in: Matrix<Float32Array>;
  /** [outputs, neurons]; outputs are the features, but for labels of pairs. Tied ones are the transpose of W_in. */
  readonly W_out: Matrix<Float32Array>;
  /** [neurons]; there for networks with hidden biases, fixed or learned. */
  readonly b_in?: Float32Array;
  /** [outputs]; there for networks with output biases, fixed or learned. */
  readonly b_out?: Float32Array;
}

/** The trained parameters and the labels that they were trained on, y = c ⊙ f(x) + M x. */
export interface Model extends Weights {
  /** The labels' mixing matrix, [features, features]; null for clean labels, M = 0. */
  readonly M: Matrix<Float32Array> | null;
  /** f; relu unless given. */
  readonly labels?: LabelName | LabelFunction;
  /** c, [features]; all 1 unless given. */
  readonly coefficients?: Float64Array;
  /** Activations, biases, tying and layers; one hidden ReLU layer and nothing else unless given. */
  readonly architecture?: Architecture;
  /**
   * What stands around several layers, whose weights are then at the embedding's width: what one layer writes to another
   * goes by dimensions that no feature has. A single layer has its embedding folded into its weights, and none here.
   */
  readonly embedding?: Embedding;
}

/**
 * A network with everything that its spec puts around the hidden layer, as it is trained and stored:
 * ŷ = U σ₂(W_out σ₁(W_in W_E x + b_in) + b_out) + bypass. `foldedModel` turns it into the {@link Model} of the same errors.
 */
export interface UnfoldedModel extends Weights {
  /** The embedding E, [width, features]; null: none. */
  readonly W_E: Matrix<Float32Array> | null;
  /** The labels' own mixing matrix, [features, features], at its final scale; null: 0. */
  readonly M: Matrix<Float32Array> | null;
  /** I + s N of a bypass with noise, [features, features], at its final scale; null for every other bypass. */
  readonly bypass: Matrix<Float32Array> | null;
}
