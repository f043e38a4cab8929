/** Weights as the kernels hold them: one row of padded neurons for each feature, so both matrices run along neurons. */
import type { Matrix } from "../../numeric/matrix.ts";

/** Writes W [h, n] as [n, h']. @param padded h' */
export function writeTransposed(target: Float32Array, { data, shape }: Matrix, padded: number): void {
  const [neurons, features] = shape;
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < neurons; j++) target[i * padded + j] = data[j * features + i]!;
  }
}

/** Writes W [m, h] as [m, h']. @param padded h' */
export function writeRows(target: Float32Array, { data, shape }: Matrix, padded: number): void {
  const [outputs, neurons] = shape;
  for (let i = 0; i < outputs; i++) {
    for (let j = 0; j < neurons; j++) target[i * padded + j] = data[i * neurons + j]!;
  }
}

/** The matrix [neurons, features] that {@link writeTransposed} wrote. */
export function readTransposed(
  source: Float32Array,
  neurons: number,
  features: number,
  padded: number,
): Matrix<Float32Array> {
  const data = new Float32Array(neurons * features);
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < neurons; j++) data[j * features + i] = source[i * padded + j]!;
  }
  return { data, shape: [neurons, features] };
}

/** The matrix [outputs, neurons] that {@link writeRows} wrote. */
export function readRows(
  source: Float32Array,
  outputs: number,
  neurons: number,
  padded: number,
): Matrix<Float32Array> {
  const data = new Float32Array(outputs * neurons);
  for (let i = 0; i < outputs; i++) {
    for (let j = 0; j < neurons; j++) data[i * neurons + j] = source[i * padded + j]!;
  }
  return { data, shape: [outputs, neurons] };
}
