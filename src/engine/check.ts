/** Checks at the door of every engine: shapes of what a caller hands in. */
import type { Matrix } from "../numeric/matrix.ts";
import type { Batch, ProgramShape, WeightPair } from "./engine.ts";

function checkMatrix(where: string, m: Matrix, rows: number, columns: number): void {
  if (m.shape[0] !== rows || m.shape[1] !== columns || m.data.length !== rows * columns) {
    throw new Error(
      `${where}: need [${rows}, ${columns}], got [${m.shape.join(", ")}] with ${m.data.length} values. Is it transposed?`,
    );
  }
}

/** Columns of W_in: d with an embedding, n without. */
export const inputsOf = ({ features, embedding }: ProgramShape): number => embedding?.E.shape[0] ?? features;

/** @throws when W_in is not [h, n] or W_out not [n, h] (d for n with an embedding), or a scale is missing or too many. */
export function checkPair(shape: ProgramShape, pair: WeightPair): void {
  const { neurons, scaled } = shape;
  const inputs = inputsOf(shape);
  if ((pair.scale === undefined) !== (scaled === undefined)) {
    const need = scaled === undefined ? "no scale, for the shape has no T" : "a scale σ beside the matrices";
    throw new Error(`engine: need ${need}, got ${pair.scale ?? "none"}. Correct the buffer.`);
  }
  checkMatrix("W_in", pair.W_in, neurons, inputs);
  checkMatrix("W_out", pair.W_out, inputs, neurons);
}

/** @throws when a size is not a whole number ≥ 1, M or T is not [n, n], E not [d, n] or U not [n, d]. */
export function checkShape({ features, neurons, batch, mixing, scaled, embedding }: ProgramShape): void {
  for (const [name, size] of Object.entries({ features, neurons, batch })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new Error(`engine: ${name} must be a whole number ≥ 1, got ${size}. Correct the shape.`);
    }
  }
  if (mixing !== null) checkMatrix("M", mixing, features, features);
  if (scaled !== undefined) checkMatrix("T", scaled, features, features);
  if (embedding === undefined) return;
  const { E, U } = embedding;
  const width = E.shape[0];
  checkMatrix("E", E, width, features);
  if (U !== null) checkMatrix("U", U, features, width);
}

/** @throws when rows are out of order, too many, or name features that do not exist, or the same one twice. */
export function checkBatch({ features, batch: size }: ProgramShape, batch: Batch): void {
  const { rowStarts, columns, values } = batch;
  const entries = rowStarts[size];
  if (rowStarts.length !== size + 1 || rowStarts[0] !== 0 || entries !== columns.length) {
    throw new Error(
      `batch: need rowStarts [${size + 1}] from 0 to ${columns.length} entries. Rebuild the batch.`,
    );
  }
  if (columns.length !== values.length) {
    throw new Error(`batch: ${columns.length} columns but ${values.length} values. They must pair up.`);
  }
  const lastRow = new Int32Array(features).fill(-1);
  for (let r = 0; r < size; r++) {
    if (rowStarts[r + 1]! < rowStarts[r]!)
      throw new Error(`batch: row ${r} ends before it starts. Sort rowStarts.`);
    for (let k = rowStarts[r]!; k < rowStarts[r + 1]!; k++) {
      const column = columns[k]!;
      if (column >= features)
        throw new Error(`batch: row ${r} names feature ${column} of ${features}. Count from 0.`);
      if (lastRow[column] === r)
        throw new Error(`batch: row ${r} names feature ${column} twice. Add the values.`);
      lastRow[column] = r;
    }
  }
}
