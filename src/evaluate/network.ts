/**
 * What this folder evaluates: ŷ = W_out relu(W_in x) against y = relu(x) + M x. No biases, bypass or embedding.
 *
 * A trained `Model` is a `Network`; so are the float64 nets that baselines build by hand. A network may carry a label
 * function; what has a closed form for relu(x) + M x alone then refuses it.
 */
import type { LabelFunction } from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** A bias-free ReLU net and the mixing matrix of its labels (null: clean labels). */
export interface Network {
  /** [neurons, features] */
  readonly W_in: Matrix;
  /** [features, neurons] */
  readonly W_out: Matrix;
  /** [features, features] */
  readonly M: Matrix | null;
  /** f: the labels are f(x) + M x, with f in place of relu. */
  readonly labels?: LabelFunction;
}

/** The sizes of a network. @throws when its matrices do not fit together. */
export function sizesOf(network: Network): { features: number; neurons: number } {
  const [neurons, features] = network.W_in.shape;
  const { W_out, M } = network;
  if (W_out.shape[0] !== features || W_out.shape[1] !== neurons) {
    throw new Error(
      `network: W_in is [${neurons}, ${features}], so W_out must be [${features}, ${neurons}], got [${W_out.shape.join(", ")}]. Transpose it?`,
    );
  }
  if (M !== null && (M.shape[0] !== features || M.shape[1] !== features)) {
    throw new Error(
      `network: need a mixing matrix M of [${features}, ${features}], got [${M.shape.join(", ")}]. Use the labels that the net was trained on.`,
    );
  }
  return { features, neurons };
}

/** @throws when the network's labels are of its caller's own, which the formulas of `where` do not hold for. */
export function requireReluLabels(where: string, { labels }: Network): void {
  if (labels === undefined) return;
  throw new Error(
    `${where}: need labels relu(x) + M x, got a label function. Use evaluateLoss, which samples.`,
  );
}
