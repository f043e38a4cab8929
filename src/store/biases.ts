/**
 * Biases in files of weights. No network of this version has any, so one that is not zero is refused: without it the
 * file would be read as another network. This is the one place to change when networks have biases.
 */
import type { Tensor } from "../formats/tensor.ts";
import { StoreError } from "./errors.ts";
import { shownName, type Tensors } from "./tensor-names.ts";

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
