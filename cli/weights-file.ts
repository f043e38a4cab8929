/**
 * Weights of a network that may come from elsewhere: .safetensors or .npz with `W_in`, [neurons, features], and
 * `W_out`, [features, neurons], perhaps with the mixing matrix `M` of its labels.
 *
 * Biases are accepted when they are zero, since the models here have none.
 */
import { extname } from "node:path";
import { readNpz, readSafetensors, type Tensor } from "../src/formats/index.ts";
import type { Matrix } from "../src/numeric/index.ts";
import { Mistake } from "./failure.ts";
import { matrixOf, readBytes, withPath } from "./matrix-file.ts";

/** Weights as a file holds them, checked against each other. */
export interface WeightsFile {
  /** [neurons, features] */
  readonly W_in: Matrix<Float32Array>;
  /** [features, neurons] */
  readonly W_out: Matrix<Float32Array>;
  /** [features, features]; null when the file has none. */
  readonly M: Matrix<Float32Array> | null;
}

/**
 * Reads a weights file.
 * @throws Mistake when it is missing, damaged or foreign, lacks a matrix, or its shapes contradict each other.
 */
export async function readWeights(path: string): Promise<WeightsFile> {
  const bytes = await readBytes(path);
  return weightsOf(await withPath(path, () => tensorsOf(bytes, path)), path);
}

async function tensorsOf(bytes: Uint8Array, path: string): Promise<Readonly<Record<string, Tensor>>> {
  const extension = extname(path).toLowerCase();
  if (extension === ".safetensors") return readSafetensors(bytes).tensors;
  if (extension === ".npz") return readNpz(bytes);
  if (extension === ".pt" || extension === ".pth") {
    throw new Mistake(`${path}: not available yet: PyTorch files. Save the tensors as .safetensors or .npz.`);
  }
  const got = extension === "" ? "no extension" : extension;
  throw new Mistake(`${path}: need a .safetensors or .npz file, got ${got}. Convert it.`);
}

/** The weights among tensors. @param where the file, for messages. */
export function weightsOf(tensors: Readonly<Record<string, Tensor>>, where: string): WeightsFile {
  const read = (name: string) =>
    Object.hasOwn(tensors, name) ? floats(tensors[name]!, `${where}: ${name}`) : null;
  const W_in = read("W_in");
  const W_out = read("W_out");
  if (W_in === null || W_out === null) {
    const names = Object.entries(tensors).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`);
    const need = "W_in [neurons, features] and W_out [features, neurons]";
    throw new Mistake(`${where}: need ${need}, got ${names.join(", ") || "no tensors"}. Rename them.`);
  }
  const [neurons, features] = W_in.shape;
  checkShape(W_out, [features, neurons], `${where}: W_out`, `W_in is [${neurons}, ${features}]`);
  const M = read("M");
  if (M !== null) checkShape(M, [features, features], `${where}: M`, `there are ${features} features`);
  for (const name of ["b_in", "b_out"]) refuseBias(tensors, name, where);
  return { W_in, W_out, M };
}

function floats(tensor: Tensor, where: string): Matrix<Float32Array> {
  const { data, shape } = matrixOf(tensor, where);
  const bad = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad !== -1) {
    const place = `row ${Math.floor(bad / shape[1]) + 1}, column ${(bad % shape[1]) + 1}`;
    throw new Mistake(
      `${where}: need finite float32 numbers, got ${data[bad]} in ${place}. Was training stable?`,
    );
  }
  if (data.length === 0)
    throw new Mistake(`${where}: need at least one number, got shape [${shape.join(", ")}]. Save it again.`);
  return { data: Float32Array.from(data), shape };
}

function checkShape(
  m: Matrix,
  [rows, columns]: readonly [number, number],
  where: string,
  because: string,
): void {
  if (m.shape[0] === rows && m.shape[1] === columns) return;
  const mend = m.shape[0] === columns && m.shape[1] === rows ? "Transpose it." : "Save matching matrices.";
  throw new Mistake(
    `${where}: need [${rows}, ${columns}], since ${because}, got [${m.shape.join(", ")}]. ${mend}`,
  );
}

function refuseBias(tensors: Readonly<Record<string, Tensor>>, name: string, where: string): void {
  if (!Object.hasOwn(tensors, name)) return;
  const values = tensors[name]!.data as ArrayLike<number | bigint>;
  if (Array.from(values, Number).every((value) => value === 0)) return;
  throw new Mistake(`${where}: ${name}: not available yet: biases. Use a model without them.`);
}
