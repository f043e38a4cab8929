/** A trained model from wherever it is: a run folder, or a file of weights that another tool wrote. */
import { statSync } from "node:fs";
import { plainArchitecture } from "../engine/shape.ts";
import type { Model } from "../model/model.ts";
import { StoreError } from "./errors.ts";
import { readRun } from "./read-run.ts";
import { readWeightsFile, type WeightsFile, type WeightsOptions } from "./read-weights.ts";

/**
 * Reads W_in [neurons, features], W_out [features, neurons] and, if there, M [features, features] and biases, as float32.
 * @param path — a run folder, or a .safetensors, .npz, .pt or .pth file
 * @throws StoreError (as a rejection) naming the file and tensor; `readWeightsFile` says for what.
 */
export async function loadModelFile(path: string, options: WeightsOptions = {}): Promise<Model> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    return modelOfFile(await readWeightsFile(path, options));
  }
  if (Object.keys(options.map ?? {}).length === 0) return readRun(path).weights;
  throw new StoreError(`${path}: need a file to map names of, got a folder. Leave the map out for a run.`);
}

/** The architecture of a ReLU layer with these biases; nothing without any. */
function biasedPart({ b_in, b_out }: Pick<Model, "b_in" | "b_out">): Pick<Model, "architecture"> {
  if (b_in === undefined && b_out === undefined) return {};
  const kind = (bias: Float32Array | undefined) => (bias === undefined ? "none" : "learned");
  return { architecture: { ...plainArchitecture, bias: { hidden: kind(b_in), output: kind(b_out) } } };
}

/**
 * The model of a file that comes without a spec: one ReLU layer, with the biases that the file has.
 * @throws StoreError when it has an embedding or a bypass, which say nothing about errors without a spec.
 */
export function modelOfFile({ path, network }: WeightsFile): Model {
  const { W_E, bypass, ...model } = network;
  if (W_E === null && bypass === null) return { ...model, ...biasedPart(model) };
  const name = W_E === null ? "bypass" : "W_E";
  throw new StoreError(
    `${path}, ${name}: need a model without embedding and bypass, got one with ${name}. ` +
      "Name the folder of its run, or fold an embedding into W_in and W_out, a bypass into M.",
  );
}
