/**
 * Folding: every network with an embedding E, an unembedding U and a bypass has the errors of a simplified one,
 * e = A_out relu(A_in x) − relu(x) − M_eff x. Proof and conditions: docs/theory/folding.md.
 *
 *   A_in = W_in E, A_out = U W_out, M_eff = M + [I for labels x + relu(x)] − B
 *   B = 0 without a bypass, U E with the identity, I + s N with noise; E = U = I without an embedding
 *
 * Computed in float64, rounded to float32.
 */
import { overlaps } from "../data/embedding.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import type { Spec } from "../spec/schema.ts";
import type { Model, UnfoldedModel, Weights } from "./model.ts";

const float32 = ({ data, shape }: Matrix): Matrix<Float32Array> => ({ data: Float32Array.from(data), shape });

/** Whether the outputs of an embedded network are read by U = Eᵀ; by pinv E otherwise. */
export const isTransposed = ({ embedding }: Spec["model"]): boolean =>
  embedding.kind === "random" && embedding.unembedding === "transpose";

/** U [features, width]: Eᵀ or pinv E. @param W_E E, [width, features] */
export function unembeddingOf(model: Spec["model"], W_E: Matrix): Matrix<Float64Array> {
  return isTransposed(model) ? transpose(W_E) : pseudoinverse(W_E);
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

/** The weights of the simplified model: A_in = W_in E [neurons, features] and A_out = U W_out [features, neurons]. */
export function foldedWeights(model: Spec["model"], { W_in, W_out }: Weights, W_E: Matrix | null): Weights {
  if (W_E === null) return { W_in, W_out };
  return {
    W_in: float32(multiply(W_in, W_E)),
    W_out: float32(multiply(unembeddingOf(model, W_E), W_out)),
  };
}

/** The simplified model with the errors of a network of the spec, up to rounding. */
export function foldedModel(spec: Pick<Spec, "model" | "labels">, unfolded: UnfoldedModel): Model {
  return {
    ...foldedWeights(spec.model, unfolded, unfolded.W_E),
    M: effectiveMixing(spec, unfolded),
  };
}
