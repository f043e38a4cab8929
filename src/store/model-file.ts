/** A trained model from wherever it is: a run folder, or a file of weights that another tool wrote. */
import { statSync } from "node:fs";
import type { Model } from "../model/model.ts";
import { modelOf } from "./model-tensors.ts";
import { readBytes } from "./read-file.ts";
import { readRun } from "./read-run.ts";
import { checkExtension, parseTensorFile } from "./tensor-file.ts";

/**
 * Reads W_in [neurons, features], W_out [features, neurons] and, if there, M [features, features], as float32.
 * @param path — a run folder, a .safetensors or an .npz file
 * @param options.features — the number of features, when it is known: it tells a transposed file from a wide model
 * @throws StoreError (as a rejection) naming the file and tensor.
 */
export async function loadModelFile(
  path: string,
  { features }: { readonly features?: number } = {},
): Promise<Model> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return readRun(path).weights;
  const allowed = [".safetensors", ".npz"] as const;
  const bytes = readBytes(path);
  checkExtension(path, allowed);
  return modelOf(await parseTensorFile(path, bytes, allowed), path, features);
}
