/**
 * Folding: every network with an embedding E, an unembedding U and a bypass has the errors of a simplified one,
 * e = σ₂(A_out σ₁(A_in x + b_in) + U b_out) − c ⊙ f(x) − M_eff x. Proof and conditions: docs/theory/folding.md.
 *
 *   A_in = W_in E, A_out = U W_out, M_eff = M + [I for labels x + relu(x)] − B
 *   B = 0 without a bypass, U E with the identity, I + s N with noise; E = U = I without an embedding
 *
 * Several layers in an embedding are left as they are: what one writes to the next, W_in W_out at full width, is no
 * function of A_in and A_out. Computed in float64, rounded to float32.
 */
import { overlaps } from "../data/embedding.ts";
import type { Embedding } from "../engine/shape.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import type { Spec } from "../spec/schema.ts";
import type { Model, UnfoldedModel, Weights } from "./model.ts";
import { architecturePart, labelParts } from "./parts.ts";

const float32 = ({ data, shape }: Matrix): Matrix<Float32Array> => ({ data: Float32Array.from(data), shape });

/** Whether the outputs of an embedded network are read by U = Eᵀ; by pinv E otherwise. */
export const isTransposed = ({ embedding }: Spec["model"]): boolean =>
  embedding.kind === "random" && embedding.unembedding === "transpose";

/** U [features, width]: Eᵀ or pinv E. @param W_E E, [width, features] */
export function unembeddingOf(model: Spec["model"], W_E: Matrix): Matrix<Float64Array> {
  return isTransposed(model) ? transpose(W_E) : pseudoinverse(W_E);
}

/** E and U as an engine takes them; it transposes E itself. */
export function embeddingOf(model: Spec["model"], W_E: Matrix): Embedding {
  return { E: W_E, U: isTransposed(model) ? null : unembeddingOf(model, W_E) };
}

/**
 * M_eff, [features, features]; null when it is zero.
 * @param M of the labels @param W_E of the network @param noise I + s N, for a bypass with noise
 */
export function effectiveMixing(
  { model, labels }: Pick<Spec, "model" | "labels">,
  { M, W_E, bypass: noise }: Pick<UnfoldedModel, "M" | "W_E"> & { readonly bypass: Matrix | null },
): Matrix<Float32Array> | null {
  const B = bypassMatrix(model, W_E, noise);
  const asked = labels.function === "x-plus-relu" ? identity(model.features) : null;
  if (B === null && asked === null) return M;
  const zero = matrix(model.features, model.features);
  const sum = float32(combine(1, combine(1, M ?? zero, 1, asked ?? zero), -1, B ?? zero));
  return sum.data.every((value) => value === 0) ? null : sum;
}

/** B: what the bypass adds is B x; null: nothing. */
function bypassMatrix(model: Spec["model"], W_E: Matrix | null, noise: Matrix | null): Matrix | null {
  const { bypass, features } = model;
  switch (bypass.kind) {
    case "none":
      return null;
    case "noise":
      return noise;
    case "identity": {
      const unit = identity(features);
      // pinv(E) E = I, and columns of unit norm make the diagonal of EᵀE exactly one.
      return W_E !== null && isTransposed(model) ? combine(1, unit, 1, overlaps(W_E)) : unit;
    }
  }
}

/**
 * The weights of the simplified model: A_in = W_in E [neurons, features], A_out = U W_out [features, neurons], and the
 * biases b_in [neurons] and U b_out [features] where there are any.
 */
export function foldedWeights(model: Spec["model"], weights: Weights, W_E: Matrix | null): Weights {
  if (W_E === null) return weights;
  const { W_in, W_out, b_out, ...b_in } = weights;
  const U = unembeddingOf(model, W_E);
  return {
    W_in: float32(multiply(W_in, W_E)),
    W_out: float32(multiply(U, W_out)),
    ...b_in,
    ...(b_out === undefined ? {} : { b_out: float32(multiply(U, column(b_out))).data }),
  };
}

const column = (values: Float32Array): Matrix => ({ data: values, shape: [values.length, 1] });

/** The simplified model with the errors of a network of the spec, up to rounding. */
export function foldedModel(spec: Pick<Spec, "model" | "labels">, unfolded: UnfoldedModel): Model {
  const { M: _M, W_E, bypass: _bypass, ...weights } = unfolded;
  const { model } = spec;
  const around = { M: effectiveMixing(spec, unfolded), ...labelParts(spec) };
  if (W_E === null) return { ...weights, ...around, ...architecturePart(model) };
  if (model.layers > 1) {
    return { ...weights, ...around, ...architecturePart(model), embedding: embeddingOf(model, W_E) };
  }
  // Folded by pinv E, W_out is no longer the transpose of W_in, and by Eᵀ only up to rounding.
  const free = architecturePart({ ...model, tied: false });
  return { ...foldedWeights(model, weights, W_E), ...around, ...free };
}
