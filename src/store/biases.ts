/**
 * Biases b_in [neurons] and b_out [outputs] in files of weights: they are written, and refused when they are read and not
 * zero. What is evaluated of a file is the plain network, and without its biases it would be another one. This is the one
 * place to change when files are read as networks with biases.
 */
import type { Tensor } from "../formats/tensor.ts";
import type { Weights } from "../model/model.ts";
import { StoreError } from "./errors.ts";
import { shownName, type Tensors } from "./tensor-names.ts";

/** Names of a network's biases. */
export const biasNames = ["b_in", "b_out"] as const;

/** The biases that a network has, as tensors. */
export function biasTensors(weights: Weights): Tensors {
  const given = biasNames.flatMap((name) => {
    const data = weights[name];
    return data === undefined ? [] : [[name, { dtype: "F32", shape: [data.length], data }] as const];
  });
  return Object.fromEntries(given);
}

/** Throws for biases of another size than their layer, and for a number that is not finite. @throws StoreError */
export function checkBiases(weights: Weights, path: string): void {
  const sizes = { b_in: weights.W_in.shape[0], b_out: weights.W_out.shape[0] };
  for (const name of biasNames) {
    const data = weights[name];
    if (data === undefined || (data.length === sizes[name] && data.every(Number.isFinite))) continue;
    throw new StoreError(
      `${path}, ${name}: need ${sizes[name]} finite numbers, got ${data.length}, ` +
        `${data.filter(Number.isFinite).length} of them finite. Check the weights.`,
    );
  }
}

/** Throws for a bias that is not all zero. @throws StoreError naming the file and the tensor. */
export function refuseBiases(tensors: Tensors, names: readonly string[], path: string): void {
  const found = names.find((name) => Object.hasOwn(tensors, name) && !isZero(tensors[name]!));
  if (found === undefined) return;
  throw new StoreError(
    `${path}, ${shownName(found)}: need a network without biases, got one that is not zero. ` +
      "Not available yet: biases. Train without them (bias=False in PyTorch).",
  );
}

/**
 * The names of biases that stand beside a layer's weights, as fc1.bias beside fc1.weight, b_in beside W_in, or b_final
 * beside W: in the same module, as many numbers as the layer has inputs or outputs, and called b… or …bias….
 * @param weight — the name of the weights
 * @param sizes — neurons and features
 */
export function biasesBeside(tensors: Tensors, weight: string, sizes: readonly number[]): readonly string[] {
  const module = weight.slice(0, weight.lastIndexOf(".") + 1);
  return Object.keys(tensors).filter((name) => {
    const own = name.slice(module.length);
    if (!name.startsWith(module) || own.includes(".") || !/^b|bias/i.test(own)) return false;
    return sizes.includes(tensors[name]!.data.length);
  });
}

const isZero = ({ data }: Tensor): boolean => data.every((value: number | bigint) => Number(value) === 0);
