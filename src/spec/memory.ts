/** How much memory a run needs, so that a spec that cannot be held is refused before anything is allocated. */
import type { Spec } from "./schema.ts";
import { hiddenNeurons, outputCount } from "./sizes.ts";

/** The most that one run may need: half of what a WebAssembly memory can address. */
export const memoryLimit = 2 ** 31;

/** Rows and weights are padded to whole vectors of four. */
const padded = (size: number): number => 4 * Math.ceil(size / 4);

/** Rows that the kernels handle together. */
const chunk = 64;

/** What the kernels take whatever the shape, and their alignment: less than a page. */
const fixedBytes = 2 ** 16;

/** Bytes of an entry of a batch: row, feature and value as drawn, and 16 as the kernels walk it. */
const entryBytes = 28;

/**
 * An upper estimate, in bytes, of what training holds at once: weights, gradients and both moments of Adam, at the
 * width of an embedding too; the tables of the labels, and what the gradient of a learned scale takes; a chunk of rows with
 * all its outputs; what layers write to each other; mixing matrix and embeddings, in float64 and float32. A batch has room
 * for every entry, since any may be drawn, however sparse the data.
 */
export function memoryEstimate(spec: Spec): number {
  const [n, h] = [padded(spec.model.features), padded(hiddenNeurons(spec.model))];
  const m = padded(outputCount(spec));
  const around = [spec.labels.mixing, spec.model.embedding, spec.model.bypass];
  const mixing = around.every(({ kind }) => kind === "none") ? 0 : n * n;
  const embedding = [spec.labels.mixing, spec.model.embedding].reduce(
    (sum, group) => sum + ("width" in group ? group.width * n : 0),
    0,
  );
  const tables = 5 * n * h + 2 * h * m;
  const products = (spec.model.layers > 1 ? 6 : 2) * h * h;
  const scale = learnsScale(spec) ? 8 * n * n + n * h : 0;
  const rows = chunk * (5 * h + 4 * n + 6 * m);
  const batch = entryBytes * (spec.training.batch + 2) * (n + 1);
  const floats = trainedFloats(spec.model, n, h, m) + tables + products + scale + rows;
  return fixedBytes + 4 * floats + batch + 8 * (2 * mixing + embedding);
}

/** Weights and biases, their gradients and moments; with an embedding at its width d, and folded with their gradients. */
function trainedFloats({ embedding }: Spec["model"], n: number, h: number, m: number): number {
  const parameters = (inputs: number, outputs: number) => (inputs + outputs + 1) * h + outputs;
  if (embedding.kind === "none") return 4 * parameters(n, m);
  const d = padded(embedding.width);
  return 2 * parameters(n, m) + 4 * parameters(d, d) + 2 * d * n;
}

const learnsScale = ({ labels: { mixing }, model: { bypass } }: Spec): boolean =>
  [mixing, bypass].some((group) => "scale" in group && group.scale === "learned");
