/** What an update costs, counted in multiplications: to give the host its turns, and to say how long a run takes. */
import type { Spec } from "../spec/schema.ts";

/**
 * Multiplications in one update of the sparse Gram path, about: for each row, the products with its active features and
 * the Gram matrix of its hidden activations; for the batch, the products of the weights with it, and the folding of an
 * embedding.
 */
export function productsPerUpdate({ model, training, data }: Spec): number {
  const { features, neurons } = model;
  const active =
    data.kind === "exactly" ? data.k : data.kind === "bernoulli" ? Number(data.p) * features : features;
  const perRow = neurons * (4 * active + Math.min(1, active) * neurons);
  const folding = model.embedding.kind === "none" ? 0 : 4 * model.embedding.width * features * neurons;
  return training.batch * perRow + 2 * features * features * neurons + folding;
}
