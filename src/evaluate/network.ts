/**
 * What this folder evaluates: ŷ = W_out relu(W_in x) against y = relu(x) + M x, or any other network and labels of
 * src/engine/shape.ts.
 *
 * A trained `Model` is a `Network`; so are the float64 nets that baselines build by hand. What has a closed form for the
 * plain network alone refuses the others.
 */
import type { Architecture, Embedding, LabelFunction, LabelName } from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** A network and its labels; without the optional fields a bias-free ReLU net of labels relu(x) + M x. */
export interface Network {
  /** [neurons, features] */
  readonly W_in: Matrix;
  /** [features, neurons] */
  readonly W_out: Matrix;
  /** [features, features] */
  readonly M: Matrix | null;
  /** [neurons]; there for architectures with hidden biases. */
  readonly b_in?: Float32Array | Float64Array;
  /** [outputs]; there for architectures with output biases. */
  readonly b_out?: Float32Array | Float64Array;
  /** f: the labels are c ⊙ f(x) + M x, with f in place of relu. */
  readonly labels?: LabelName | LabelFunction;
  /** c, [features]; all 1 unless given. */
  readonly coefficients?: Float64Array;
  /** One hidden ReLU layer without biases unless given. */
  readonly architecture?: Architecture;
  /** What stands around several layers, whose weights are at its width. */
  readonly embedding?: Embedding;
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

/** @throws when the network or its labels are not the plain ones, which the formulas of `where` hold for alone. */
export function requireReluLabels(where: string, { labels, ...network }: Network): void {
  requirePlainNetwork(where, network);
  if (labels === undefined || labels === "relu") return;
  const got = typeof labels === "function" ? "a label function" : labels;
  throw new Error(`${where}: need labels relu(x) + M x, got ${got}. Use evaluateLoss, which samples.`);
}

/** @throws when there is more than ŷ = W_out relu(W_in x), or the labels have coefficients. */
export function requirePlainNetwork(where: string, network: Omit<Network, "labels">): void {
  const found = (["architecture", "embedding", "coefficients"] as const).find(
    (name) => network[name] !== undefined,
  );
  if (found === undefined) return;
  throw new Error(
    `${where}: need the plain network W_out relu(W_in x) and labels without coefficients, got one with ${found}. Use evaluateLoss, which samples.`,
  );
}
