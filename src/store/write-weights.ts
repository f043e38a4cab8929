/** Writes files of weights for other tools: .safetensors, .npz and .pt (a PyTorch state dict), in float32. */
import { existsSync } from "node:fs";
import { writeNpz } from "../formats/npz.ts";
import { writePt } from "../formats/pt-write.ts";
import { writeSafetensors } from "../formats/safetensors.ts";
import type { Model, UnfoldedModel } from "../model/model.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import { StoreError } from "./errors.ts";
import { checkedNetwork, tensorsOf } from "./model-tensors.ts";
import { checkExtension } from "./tensor-file.ts";
import type { Tensors } from "./tensor-names.ts";

const writable = [".safetensors", ".npz", ".pt"] as const;
/** Who wrote a .safetensors, in its metadata: a reader then knows which way its matrices lie. */
export const writer = "toy-cis";

/**
 * Writes a network's W_in [neurons, features] and W_out [features, neurons], and what else it has: M, W_E, bypass, biases.
 * The tensors alone: what a run's spec says about them is not in the file. It is there whole or not at all; equal weights
 * give equal bytes.
 * @param path — ends in .safetensors, .npz or .pt
 * @param options.replace — whether a file that is there may be replaced
 * @returns the shapes of what was written, by name
 * @throws StoreError for another ending, a file that is there, shapes that contradict each other, numbers that are not
 *   finite, and when it cannot be written.
 */
export function writeWeightsFile(
  path: string,
  model: Model | UnfoldedModel,
  { replace = false }: { readonly replace?: boolean } = {},
): Readonly<Record<string, readonly number[]>> {
  const extension = checkExtension(path, writable);
  if (!replace && existsSync(path)) {
    throw new StoreError(
      `${path}: need a new file, got one that is there. Choose another name, or replace it with --force.`,
    );
  }
  const tensors = tensorsOf(checkedNetwork({ W_E: null, bypass: null, ...model }, path));
  writeFileAtomic(path, encoded(tensors, extension));
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
}

function encoded(tensors: Tensors, extension: (typeof writable)[number]): Uint8Array {
  switch (extension) {
    case ".safetensors":
      return writeSafetensors(tensors, { writer });
    case ".npz":
      return writeNpz(tensors);
    case ".pt":
      return writePt(tensors);
  }
}
