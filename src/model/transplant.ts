/**
 * The weights of one run as the start of another, across embeddings: what a network computes between features and
 * outputs, A_in = W_in E and A_out = U W_out, is carried over; the labels and the bypass are the target's own.
 *
 * Into a network with an embedding go W_in = A_in pinv(E) and W_out = pinv(U) A_out, the smallest weights with
 * W_in E = A_in and U W_out = A_out; they exist for any A when rank E = features. See docs/theory/folding.md.
 */
import { embeddingMatrix } from "../data/embedding.ts";
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { canonicalJson } from "../spec/identity.ts";
import type { Spec } from "../spec/schema.ts";
import { foldedWeights, isTransposed } from "./fold.ts";
import type { UnfoldedModel, Weights } from "./model.ts";

/** A network and the spec's section that says what its weights stand in. */
export interface TransplantSource {
  /** Its run, for messages. */
  readonly id: string;
  readonly model: Spec["model"];
  readonly unfolded: Pick<UnfoldedModel, "W_in" | "W_out" | "W_E">;
}

const float32 = ({ data, shape }: Matrix): Matrix<Float32Array> => ({ data: Float32Array.from(data), shape });

/**
 * Weights for the target model: the source's as they are where both have the same embedding or none, else folded and
 * unfolded, with the same A_in and A_out up to rounding to float32.
 * @returns W_in [neurons, width], W_out [width, neurons]; without an embedding width = features
 * @throws when features or neurons differ, or the target's embedding is narrower than its features.
 */
export function transplantedWeights(
  { id, model: source, unfolded }: TransplantSource,
  target: Spec["model"],
): Weights {
  checkSizes(id, source, target);
  const { W_in, W_out, W_E } = unfolded;
  if (canonicalJson(source.embedding) === canonicalJson(target.embedding)) return { W_in, W_out };
  return unfoldedWeights(target, foldedWeights(source, { W_in, W_out }, W_E));
}

/** Weights at full width that fold to A_in [neurons, features] and A_out [features, neurons]. */
function unfoldedWeights(model: Spec["model"], A: Weights): Weights {
  const E = embeddingMatrix(model);
  if (E === null) return A;
  if (E.shape[0] < model.features) {
    throw new Error(
      `training.from: need an embedding of at least ${model.features} dimensions, one for each feature, to hold any weights, got model.embedding.width ${E.shape[0]}. Raise it, or start without training.from.`,
    );
  }
  const inverse = pseudoinverse(E);
  // pinv(Eᵀ) = pinv(E)ᵀ, pinv(pinv E) = E
  const readIn = isTransposed(model) ? transpose(inverse) : E;
  return { W_in: float32(multiply(A.W_in, inverse)), W_out: float32(multiply(readIn, A.W_out)) };
}

function checkSizes(id: string, source: Spec["model"], target: Spec["model"]): void {
  if (source.features === target.features && source.neurons === target.neurons) return;
  throw new Error(
    `training.from: need a run of ${target.features} features and ${target.neurons} neurons, got ${id} with ${source.features} and ${source.neurons}. Set model.features and model.neurons to those.`,
  );
}
