/**
 * What a program computes, as an engine sees it. An embedding and a bypass with their spec's meaning are folded into
 * this form before (src/model/fold.ts); every field left out is that of the simplified compressed-computation model.
 *
 *   z^ℓ = A^ℓ x + Σ_{k<ℓ} C^{ℓk} a^k + b_in^ℓ,  a^ℓ = σ₁(z^ℓ),  C^{ℓk} = W_in^ℓ W_out^k      (layers read the stream)
 *   ŷ = σ₂(Σ_ℓ A_out^ℓ a^ℓ + b_out),  y = c ⊙ f(x) + (M + σ T) x
 *   L = mean over rows and outputs of I_i w_i |ŷ_i − y_i|^q + λ · mean over rows of Σ_j |a_j|
 *
 * with A^ℓ = W_in^ℓ E and A_out^ℓ = U W_out^ℓ, E = U = I without an embedding; w_i is `onesWeight` where y_i = 1, else 1.
 * n features, h neurons in all layers together, m outputs, B rows a batch.
 */
import type { Matrix } from "../numeric/matrix.ts";

/** σ of a layer, element by element. gelu is z Φ(z) with the exact normal distribution function Φ. */
export type Activation = "identity" | "relu" | "gelu" | "abs" | "square";

/**
 * f of the labels. `and` and `xor` have one output for each pair of features i < j, in the order (0, 1), (0, 2), …: 1 where
 * both, or exactly one, of x_i and x_j are above 0, else 0.
 */
export type LabelName = "relu" | "abs" | "identity" | "square" | "and" | "xor";

/**
 * Labels of the caller's own, y = f(x). Called for every row, on a copy of it: it must be a pure function, of the same
 * numbers for the same x. A number that is not finite, or too few or many of them, stop what is under way.
 *
 * @param x [features]
 * @returns y, [features]
 */
export type LabelFunction = (x: Float64Array) => ArrayLike<number>;

/** Whether a place has biases, and whether they are trained. */
export type BiasKind = "none" | "fixed" | "learned";

/** The network between the features and the outputs. */
export interface Architecture {
  /** σ₁ */
  readonly activation: Activation;
  /** σ₂ */
  readonly output: Activation;
  /** b_in and b_out */
  readonly bias: { readonly hidden: BiasKind; readonly output: BiasKind };
  /** Whether W_out is the transpose of W_in: then W_out is not a parameter of its own. */
  readonly tied: boolean;
  /** Layers of the residual stream, each with h / layers neurons; rows of W_in and columns of W_out in their order. */
  readonly layers: number;
}

/** What is minimised. */
export interface LossShape {
  /** q ≥ 1 of |ŷ − y|^q */
  readonly exponent: number;
  /** I, [outputs]; null: all 1 */
  readonly importance: Float64Array | null;
  /** Factor of the errors of outputs whose label is 1; 1 leaves the loss as it is. */
  readonly onesWeight: number;
  /** λ of the penalty on hidden activations; 0: none. */
  readonly l1: number;
}

/** The simplified compressed-computation model: one hidden ReLU layer, nothing else. */
export const plainArchitecture: Architecture = {
  activation: "relu",
  output: "identity",
  bias: { hidden: "none", output: "none" },
  tied: false,
  layers: 1,
};

/** Mean squared error, all outputs alike. */
export const squaredError: LossShape = { exponent: 2, importance: null, onesWeight: 1, l1: 0 };

/** Shape of a program. */
export interface ProgramShape {
  readonly features: number;
  /** h, of all layers together */
  readonly neurons: number;
  readonly batch: number;
  /** {@link plainArchitecture} unless given. */
  readonly architecture?: Architecture;
  /** {@link squaredError} unless given. */
  readonly loss?: LossShape;
  /** f; relu unless given. A function of the caller's is the reference engine's alone. */
  readonly labels?: LabelName | LabelFunction;
  /** c, [features]; all 1 unless given. */
  readonly coefficients?: Float64Array;
  /** M, [n, n], or null for 0. */
  readonly mixing: Matrix | null;
  /** T, [n, n]: the labels have a scale σ that is a parameter like the weights. */
  readonly scaled?: Matrix;
  /** What stands around the layers; with it, parameters, gradients and moments are W_in [h, d] and W_out [d, h]. */
  readonly embedding?: Embedding;
  /** Expected share of active features; decides between paths, never what is computed. */
  readonly density: number;
}

/** The layers read E x and their output is read by U. */
export interface Embedding {
  /** E, [d, n] */
  readonly E: Matrix;
  /** U, [n, d]; null: Eᵀ */
  readonly U: Matrix | null;
}

/** m: the outputs of a shape, one a feature or one a pair of features. */
export function outputsOf({ features, labels }: Pick<ProgramShape, "features" | "labels">): number {
  return labels === "and" || labels === "xor" ? (features * (features - 1)) / 2 : features;
}
