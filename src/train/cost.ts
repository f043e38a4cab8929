/** What an update costs, counted in multiplications: to give the host its turns, and to say how long a run takes. */
import { densityOf, samplerOf } from "../data/sampler.ts";
import { architecturePart, labelParts, lossPart } from "../model/parts.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons, outputCount } from "../spec/sizes.ts";

/**
 * Multiplications in one update, about. On the Gram path: for each row, the products with its active features and the Gram
 * matrix of its hidden activations; for the batch, the products of the weights with it. On the general path: for each row,
 * the products with its active features, its outputs, and its gradients; between layers, their products too. On both, the
 * folding of an embedding.
 */
export function productsPerUpdate(spec: Spec): number {
  const { model, training, data } = spec;
  const { features } = model;
  const h = hiddenNeurons(model);
  const active = densityOf(samplerOf(data, features), features) * features;
  const folding = model.embedding.kind === "none" ? 0 : 4 * model.embedding.width * features * h;
  if (isPlain(spec)) {
    const perRow = h * (4 * active + Math.min(1, active) * h);
    return training.batch * perRow + 2 * features * features * h + folding;
  }
  const dense = h * (3 * outputCount(spec) + (model.layers > 1 ? 3 * h : 0));
  return training.batch * (2 * h * active + Math.min(1, active) * dense) + folding;
}

/** Whether a spec's program has no field beyond those of the plain network and loss. */
function isPlain(spec: Spec): boolean {
  return (
    Object.keys({ ...architecturePart(spec.model), ...lossPart(spec), ...labelParts(spec) }).length === 0
  );
}
