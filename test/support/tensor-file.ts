/** Files of small tensors, as other tools might have written them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Tensor, writeNpz, writePt, writeSafetensors } from "../../src/formats/index.ts";

/** Tensors by name, or shapes of tensors whose elements count up. */
export type Contents = Readonly<Record<string, readonly number[] | Tensor>>;

/** A float32 tensor of a shape; its elements count up unless told otherwise. */
export function tensorOf(shape: readonly number[], value: (i: number) => number = (i) => i): Tensor {
  const length = shape.reduce((a, b) => a * b, 1);
  return { dtype: "F32", shape, data: Float32Array.from({ length }, (_, i) => value(i)) };
}

/** A tensor of zeros. */
export const zerosOf = (...shape: readonly number[]): Tensor => tensorOf(shape, () => 0);

const writers = { npz: writeNpz, pt: writePt, pth: writePt, safetensors: writeSafetensors };

/** Writes a file in the format of its ending. @returns its path. */
export function writeTensors(folder: string, contents: Contents, name = "weights.pt"): string {
  const tensors = Object.fromEntries(
    Object.entries(contents).map(([key, value]) => [key, "dtype" in value ? value : tensorOf(value)]),
  );
  const path = join(folder, name);
  const write = writers[name.slice(name.lastIndexOf(".") + 1) as keyof typeof writers];
  writeFileSync(path, write(tensors));
  return path;
}
