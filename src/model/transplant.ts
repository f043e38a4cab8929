/**
 * The weights of one run as the start of another, across embeddings: what a network computes between features and
 * outputs, A_in = W_in E, A_out = U W_out and U b_out, is carried over; the labels and the bypass are the target's own.
 *
 * Into a network with an embedding go W_in = A_in pinv(E) and W_out = pinv(U) A_out, the smallest weights with
 * W_in E = A_in and U W_out = A_out; they exist for any A when rank E = features. See docs/theory/folding.md.
 */
import { embeddingMatrix } from "../data/embedding.ts";
import { type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { canonicalJson } from "../spec/identity.ts";
import type { Spec } from "../spec/schema.ts";
import { outputCount } from "../spec/sizes.ts";
import { foldedWeights, isTransposed } from "./fold.ts";
import type { UnfoldedModel, Weights } from "./model.ts";

type SpecOfNetwork = Pick<Spec, "model" | "labels">;

/** A network and the spec's sections that say what its weights stand in. */
export interface TransplantSource extends SpecOfNetwork {
  /** Its run, for messages. */
  readonly id: string;
  readonly unfolded: Weights & Pick<UnfoldedModel, "W_E">;
}

const float32 = ({ data, shape }: Matrix): Matrix<Float32Array> => ({ data: Float32Array.from(data), shape });

/**
 * Weights for the target: the source's as they are where both have the same embedding or none, else folded and unfolded,
 * with the same A_in and A_out up to rounding to float32. Biases that the source lacks are left out; those that the target
 * lacks may go when they are 0.
 * @returns W_in [neurons, width], W_out [width, neurons]; without an embedding width = features
 * @throws when sizes differ, or the target has no place for what the source has.
 */
export function transplantedWeights(source: TransplantSource, target: SpecOfNetwork): Weights {
  checkSizes(source, target);
  const { W_in, W_out, W_E, b_in, b_out } = source.unfolded;
  const biases = {
    ...keptBias("hidden", b_in, source, target),
    ...keptBias("output", b_out, source, target),
  };
  const weights = { W_in, W_out, ...biases };
  const isSame = canonicalJson(source.model.embedding) === canonicalJson(target.model.embedding);
  checkTying(isSame, source, target);
  if (isSame) return weights;
  checkLayers(source);
  return unfoldedWeights(target.model, foldedWeights(source.model, weights, W_E));
}

/** Weights at full width that fold to A_in [neurons, features], A_out [features, neurons] and their biases. */
function unfoldedWeights(model: Spec["model"], A: Weights): Weights {
  const E = embeddingMatrix(model);
  if (E === null) return A;
  if (E.shape[0] < model.features) {
    refuse(
      `an embedding of at least ${model.features} dimensions, one for each feature, to hold any weights`,
      `model.embedding.width ${E.shape[0]}. Raise it, or start without training.from.`,
    );
  }
  const inverse = pseudoinverse(E);
  // pinv(Eᵀ) = pinv(E)ᵀ, pinv(pinv E) = E
  const readIn = isTransposed(model) ? transpose(inverse) : E;
  const { W_in, W_out, b_out, ...b_in } = A;
  return {
    W_in: float32(multiply(W_in, inverse)),
    W_out: float32(multiply(readIn, W_out)),
    ...b_in,
    ...(b_out === undefined
      ? {}
      : { b_out: float32(multiply(readIn, { data: b_out, shape: [b_out.length, 1] })).data }),
  };
}

function checkSizes(source: TransplantSource, target: SpecOfNetwork): void {
  const [need, got] = [sizesText(target), sizesText(source)];
  if (need === got) return;
  refuse(`a run of ${need}`, `${source.id} with ${got}. Set the sizes of model to those.`);
}

/** Sizes that two networks must share, as words. */
function sizesText(spec: SpecOfNetwork): string {
  const { features, neurons, layers } = spec.model;
  const outputs = outputCount(spec);
  const stacked = layers === 1 ? "" : ` in each of ${layers} layers`;
  const pairs = outputs === features ? "" : ` for ${outputs} outputs`;
  return `${features} features and ${neurons} neurons${stacked}${pairs}`;
}

/** The source's bias where the target has a place for it. */
function keptBias(
  place: "hidden" | "output",
  bias: Float32Array | undefined,
  { id }: TransplantSource,
  { model }: SpecOfNetwork,
): Partial<Weights> {
  if (bias === undefined) return {};
  if (model.bias[place] !== "none") return place === "hidden" ? { b_in: bias } : { b_out: bias };
  if (bias.every((value) => value === 0)) return {};
  return refuse(
    `a place for the ${place} biases of ${id}`,
    `model.bias.${place} none. Set it to fixed or learned.`,
  );
}

function checkTying(isSame: boolean, source: TransplantSource, target: SpecOfNetwork): void {
  if (!target.model.tied || (source.model.tied && isSame)) return;
  const got = source.model.tied ? "one with another embedding" : "one with a W_out of its own";
  refuse(
    "a run with tied weights and the same embedding, for model.tied",
    `${got}. Set model.tied to false.`,
  );
}

function checkLayers({ id, model }: TransplantSource): void {
  if (model.layers === 1) return;
  refuse(
    `the embedding of ${id} to carry several layers over`,
    "another one. Set model.embedding to that run's.",
  );
}

function refuse(need: string, got: string): never {
  throw new Error(`training.from: need ${need}, got ${got}`);
}
