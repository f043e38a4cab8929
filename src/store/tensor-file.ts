/** Files of named arrays, by their extension: .safetensors, .npz, .pt or .pth, .npy (one array, named by the caller) and .csv. */
import { extname } from "node:path";
import { readCsv } from "../formats/csv.ts";
import { FormatError } from "../formats/errors.ts";
import { readNpy } from "../formats/npy.ts";
import { readNpz } from "../formats/npz.ts";
import { readPt } from "../formats/pt.ts";
import { readSafetensors, type Safetensors } from "../formats/safetensors.ts";
import type { Tensor } from "../formats/tensor.ts";
import { StoreError } from "./errors.ts";

/** What a file can be. */
export type Extension = ".safetensors" | ".npz" | ".pt" | ".pth" | ".npy" | ".csv";

/**
 * The arrays of a file's bytes by name, and the metadata of .safetensors; those of .npy and .csv, which have no names, are
 * named `single`.
 * @throws StoreError naming the file, for other extensions than `allowed` and for damaged files.
 */
export async function parseTensorFile(
  path: string,
  bytes: Uint8Array,
  allowed: readonly Extension[],
  single = "",
): Promise<Safetensors> {
  const extension = checkExtension(path, allowed);
  try {
    if (extension === ".safetensors") return readSafetensors(bytes);
    return { tensors: await parse(extension, bytes, single), metadata: {} };
  } catch (error) {
    if (error instanceof FormatError) throw new StoreError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The extension of a path, in lower case. @throws StoreError when it is not among `allowed`. */
export function checkExtension<E extends Extension>(path: string, allowed: readonly E[]): E {
  const extension = extname(path).toLowerCase();
  const found = allowed.find((candidate) => candidate === extension);
  if (found !== undefined) return found;
  throw new StoreError(
    `${path}: need a file that ends in ${allowed.join(", ")}, got "${extension}". Convert it.`,
  );
}

async function parse(
  extension: Exclude<Extension, ".safetensors">,
  bytes: Uint8Array,
  single: string,
): Promise<Readonly<Record<string, Tensor>>> {
  switch (extension) {
    case ".npz":
      return await readNpz(bytes);
    case ".pt":
    case ".pth":
      return readPt(bytes);
    case ".npy":
      return { [single]: readNpy(bytes) };
    case ".csv":
      return { [single]: { dtype: "F64", ...readCsv(bytes) } };
  }
}
