/** Files of named arrays, by their extension: .safetensors, .npz, .npy (one array, named by the caller) and .csv. */
import { extname } from "node:path";
import { readCsv } from "../formats/csv.ts";
import { FormatError } from "../formats/errors.ts";
import { readNpy } from "../formats/npy.ts";
import { readNpz } from "../formats/npz.ts";
import { readSafetensors } from "../formats/safetensors.ts";
import type { Tensor } from "../formats/tensor.ts";
import { StoreError } from "./errors.ts";

/** What a file can be. */
export type Extension = ".safetensors" | ".npz" | ".npy" | ".csv";

/**
 * The arrays of a file's bytes by name; those of .npy and .csv, which have none, are named `single`.
 * @throws StoreError naming the file, for other extensions than `allowed` and for damaged files.
 */
export async function parseTensorFile(
  path: string,
  bytes: Uint8Array,
  allowed: readonly Extension[],
  single = "",
): Promise<Readonly<Record<string, Tensor>>> {
  const extension = checkExtension(path, allowed);
  try {
    return await parse(extension, bytes, single);
  } catch (error) {
    if (error instanceof FormatError) throw new StoreError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The extension of a path, in lower case. @throws StoreError when it is not among `allowed`. */
export function checkExtension(path: string, allowed: readonly Extension[]): Extension {
  const extension = extname(path).toLowerCase();
  const found = allowed.find((candidate) => candidate === extension);
  if (found !== undefined) return found;
  const mend =
    extension === ".pt" ? "PyTorch files are not available yet; save as .safetensors." : "Convert it.";
  throw new StoreError(
    `${path}: need a file that ends in ${allowed.join(", ")}, got "${extension}". ${mend}`,
  );
}

async function parse(
  extension: Extension,
  bytes: Uint8Array,
  single: string,
): Promise<Record<string, Tensor>> {
  switch (extension) {
    case ".safetensors":
      return readSafetensors(bytes).tensors;
    case ".npz":
      return await readNpz(bytes);
    case ".npy":
      return { [single]: readNpy(bytes) };
    case ".csv":
      return { [single]: { dtype: "F64", ...readCsv(bytes) } };
  }
}
