/** A user's own mixing matrix M [features, features] from a file, with the hash that goes into the run's id. */
import type { Tensor } from "../formats/tensor.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { sha256 } from "../spec/sha256.ts";
import { StoreError } from "./errors.ts";
import { matrixOf } from "./model-tensors.ts";
import { readBytes } from "./read-file.ts";
import { parseTensorFile } from "./tensor-file.ts";

/** A mixing matrix and the SHA-256, in hexadecimal, of the bytes of its file. */
export interface MatrixFile {
  readonly matrix: Matrix;
  readonly sha256: string;
}

/**
 * Reads a mixing matrix: .npy, .csv, or .npz and .safetensors with one array or one named M. float32 stays float32,
 * everything else becomes float64.
 * @param features — rows and columns that it must have
 * @returns matrix [features, features]
 * @throws StoreError (as a rejection) naming the file, for a missing or damaged one, another size, or a number that is
 *   not finite.
 */
export async function readMatrixFile(path: string, features: number): Promise<MatrixFile> {
  const bytes = readBytes(path);
  const { tensors } = await parseTensorFile(path, bytes, [".npy", ".npz", ".safetensors", ".csv"], "M");
  const tensor = onlyTensor(tensors, path);
  checkSize(tensor, features, path);
  return { matrix: matrixOf(tensor, `${path}, M`), sha256: sha256(bytes) };
}

function onlyTensor(tensors: Readonly<Record<string, Tensor>>, path: string): Tensor {
  if (Object.hasOwn(tensors, "M")) return tensors.M!;
  const [first, ...rest] = Object.values(tensors);
  if (first !== undefined && rest.length === 0) return first;
  throw new StoreError(
    `${path}: need one array, or one named M, got ${rest.length + (first === undefined ? 0 : 1)}. Name the mixing matrix M.`,
  );
}

function checkSize({ shape }: Tensor, features: number, path: string): void {
  if (shape.length === 2 && shape[0] === features && shape[1] === features) return;
  throw new StoreError(
    `${path}: need a matrix of [${features}, ${features}], got [${shape.slice(0, 8).join(", ")}]. ` +
      "Set model.features to its size, or choose another file.",
  );
}
