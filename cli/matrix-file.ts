/** Reads the mixing matrix that a spec names as a file: .npy, .npz, .safetensors or .csv, [features, features]. */
import { readFile, stat } from "node:fs/promises";
import { extname } from "node:path";
import {
  type FormatError,
  readCsv,
  readNpy,
  readNpz,
  readSafetensors,
  type Tensor,
} from "../src/formats/index.ts";
import type { Matrix } from "../src/numeric/index.ts";
import { type FileHashes, type Spec, sha256 } from "../src/spec/index.ts";
import { Mistake } from "./failure.ts";

/** The mixing file of a spec, if it names one, and its hash for the run's id. */
export interface MixingFile {
  readonly file?: Matrix;
  readonly hashes: FileHashes;
}

/** Larger files are refused before they are read: a [10000, 10000] float64 matrix has 0.8 GB. */
const largestFile = 2 ** 30;

/**
 * Reads what `labels.mixing` names; nothing when its kind is not `file`.
 * @throws Mistake when the file is missing, unreadable, of the wrong size or not finite.
 */
export async function mixingFileOf(spec: Spec): Promise<MixingFile> {
  const { mixing } = spec.labels;
  if (mixing.kind !== "file") return { hashes: {} };
  const { path } = mixing;
  const { features } = spec.model;
  const bytes = await readBytes(path);
  const file = await withPath(path, () => parse(bytes, path));
  const [rows, columns] = file.shape;
  if (rows !== features || columns !== features) {
    const need = `[${features}, ${features}], the square of model.features`;
    throw new Mistake(`${path}: need a matrix of ${need}, got [${rows}, ${columns}]. Change one of them.`);
  }
  const bad = file.data.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) {
    const place = `row ${Math.floor(bad / columns) + 1}, column ${(bad % columns) + 1}`;
    throw new Mistake(`${path}: need finite numbers, got ${file.data[bad]} in ${place}. Mend the file.`);
  }
  return { file, hashes: { [path]: sha256(bytes) } };
}

/** The bytes of a file. @throws Mistake when it is missing, a folder, or too large. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Mistake(`${path}: no such file. Check the path; it starts from this folder.`);
  if (found.isDirectory()) throw new Mistake(`${path}: a folder. Name a file in it.`);
  if (found.size > largestFile) {
    throw new Mistake(`${path}: need a file of at most 1 GiB, got ${found.size} bytes. Is it the right one?`);
  }
  return readFile(path);
}

/** Puts the file's name before what a reader says, which does not know it. */
export async function withPath<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if ((error as FormatError).name !== "FormatError") throw error;
    throw new Mistake(`${path}: ${(error as FormatError).message}`);
  }
}

async function parse(bytes: Uint8Array, path: string): Promise<Matrix> {
  const extension = extname(path).toLowerCase();
  if (extension === ".csv") return readCsv(bytes);
  if (extension === ".npy") return matrixOf(readNpy(bytes), path);
  if (extension === ".npz") return matrixOf(onlyTensor(await readNpz(bytes), path), path);
  if (extension === ".safetensors") return matrixOf(onlyTensor(readSafetensors(bytes).tensors, path), path);
  throw new Mistake(
    `${path}: need a .npy, .npz, .safetensors or .csv file, got ${extension || "no extension"}. Rename or convert it.`,
  );
}

/** The tensor `M` of an archive, or its only one. */
function onlyTensor(tensors: Readonly<Record<string, Tensor>>, path: string): Tensor {
  if (Object.hasOwn(tensors, "M")) return tensors.M!;
  const names = Object.keys(tensors);
  if (names.length === 1) return tensors[names[0]!]!;
  throw new Mistake(
    `${path}: need one tensor, or one named M, got ${names.join(", ") || "none"}. Name it M.`,
  );
}

/** A tensor as a matrix of floats. @throws Mistake when it has not two dimensions, or is not of numbers. */
export function matrixOf(tensor: Tensor, where: string): Matrix {
  const [rows, columns, ...more] = tensor.shape;
  if (rows === undefined || columns === undefined || more.length > 0) {
    throw new Mistake(
      `${where}: need a matrix, two dimensions, got shape [${tensor.shape.join(", ")}]. Reshape it.`,
    );
  }
  const { data } = tensor;
  if (data instanceof Float32Array || data instanceof Float64Array) return { data, shape: [rows, columns] };
  return { data: Float64Array.from(data as ArrayLike<number | bigint>, Number), shape: [rows, columns] };
}
