/**
 * What this folder evaluates: ŷ = W_out relu(W_in x) against y = relu(x) + M x, or any other network and labels of
 * src/engine/shape.ts.
 *
 * A trained `Model` is a `Network`; so are the float64 nets that baselines build by hand. What has a closed form for the
 * plain network alone refuses the others.
 */
import {
  type Architecture,
  type Embedding,
  type LabelFunction,
  type LabelName,
  outputsOf,
  type ProgramShape,
  plainArchitecture,
} from "../engine/shape.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** A network and its labels; without the optional fields a bias-free ReLU net of labels relu(x) + M x. */
export interface Network {
  /** [neurons, features] */
  readonly W_in: Matrix;
  /** [outputs, neurons]; outputs are the features, but for labels of pairs. */
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
export function sizesOf(network: Network): {
  readonly features: number;
  readonly neurons: number;
  readonly outputs: number;
} {
  const { W_in, W_out, M, embedding, labels } = network;
  const [neurons, inputs] = W_in.shape;
  const features = embedding?.E.shape[1] ?? inputs;
  const outputs = outputsOf({ features, ...(labels === undefined ? {} : { labels }) });
  const rows = embedding === undefined ? outputs : inputs;
  if (W_out.shape[0] !== rows || W_out.shape[1] !== neurons) {
    throw new Error(
      `network: W_in is [${neurons}, ${inputs}], so W_out must be [${rows}, ${neurons}], got [${W_out.shape.join(", ")}]. Transpose it?`,
    );
  }
  if (M !== null && (M.shape[0] !== features || M.shape[1] !== features)) {
    throw new Error(
      `network: need a mixing matrix M of [${features}, ${features}], got [${M.shape.join(", ")}]. Use the labels that the net was trained on.`,
    );
  }
  return { features, neurons, outputs };
}

/** A network as a program of an engine. @param density expected share of active features */
export function shapeOf(network: Network, batch: number, density: number): ProgramShape {
  const { features, neurons } = sizesOf(network);
  const { M, labels, coefficients, architecture, embedding } = network;
  const around = {
    ...(labels === undefined ? {} : { labels }),
    ...(coefficients === undefined ? {} : { coefficients }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(embedding === undefined ? {} : { embedding }),
  };
  const base = { features, neurons, batch, density, mixing: M };
  return isPlain(network) ? base : { ...base, ...around };
}

/** Whether a network is ŷ = W_out relu(W_in x) for labels relu(x) + M x: what closed forms hold for. */
export function isPlain(network: Around): boolean {
  return oddLabels(network) === null && oddPart(network) === null;
}

/** What stands around the two matrices and M. */
type Around = Pick<Network, "labels" | "coefficients" | "architecture" | "embedding">;

/**
 * @param mend what to use instead, a sentence
 * @throws when the network or its labels are not the plain ones, which the formulas of `where` hold for alone.
 */
export function requirePlain(
  where: string,
  network: Network,
  mend = "Use evaluateLoss, which samples.",
): void {
  const labels = oddLabels(network);
  if (labels !== null) throw new Error(`${where}: need labels relu(x) + M x, got ${labels}. ${mend}`);
  const part = oddPart(network);
  if (part === null) return;
  throw new Error(`${where}: need the plain network W_out relu(W_in x), got one with ${part}. ${mend}`);
}

/** @throws on labels of pairs, whose outputs are no features' own. */
export function requireOwnOutputs(where: string, { labels }: Network): void {
  if (labels !== "and" && labels !== "xor") return;
  throw new Error(
    `${where}: need one output a feature, got labels ${labels} with one a pair. Use responseHeatmap or perFeatureLoss.`,
  );
}

/** What is not plain about the labels; null: nothing. */
function oddLabels({ labels = "relu", coefficients }: Around): string | null {
  if (typeof labels === "function") return "a label function";
  if (labels !== "relu") return `labels ${labels}`;
  return coefficients === undefined ? null : "coefficients";
}

/** What is not plain between inputs and outputs; null: nothing. A tied W_out is there all the same, so it is plain. */
function oddPart({ architecture = plainArchitecture, embedding }: Around): string | null {
  const { activation, output, bias, layers } = architecture;
  if (activation !== "relu") return `activation ${activation}`;
  if (output !== "identity") return `output ${output}`;
  if (bias.hidden !== "none" || bias.output !== "none") return "biases";
  if (layers > 1) return `${layers} layers`;
  return embedding === undefined ? null : "an embedding";
}
