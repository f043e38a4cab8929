/** The sizes of a spec's tensors, said once. */
import type { Spec } from "./schema.ts";

/** Hidden neurons of all layers together: the rows of W_in and columns of W_out. */
export function hiddenNeurons({ layers, neurons }: Spec["model"]): number {
  return layers * neurons;
}

/** Outputs, and so labels: one a feature, or one a pair of features. */
export function outputCount({ model: { features }, labels }: Pick<Spec, "model" | "labels">): number {
  return asksForPairs(labels) ? (features * (features - 1)) / 2 : features;
}

/** Columns of W_in: the embedding's width or, without one, the features. */
export function inputWidth({ features, embedding }: Spec["model"]): number {
  return embedding.kind === "none" ? features : embedding.width;
}

/** Rows of W_out: the embedding's width or, without one, the outputs. */
export function outputWidth(spec: Pick<Spec, "model" | "labels">): number {
  return spec.model.embedding.kind === "none" ? outputCount(spec) : spec.model.embedding.width;
}

/** Whether labels have one output a pair of features. */
export function asksForPairs(labels: Spec["labels"]): boolean {
  return labels.function === "and" || labels.function === "xor";
}
