/** Checks at the door of every engine: shapes of what a caller hands in. */
import type { Matrix } from "../numeric/matrix.ts";
import type { Batch, Sampler, WeightPair } from "./engine.ts";
import { outputsOf, type ProgramShape, plainArchitecture } from "./shape.ts";

function checkMatrix(where: string, m: Matrix, rows: number, columns: number): void {
  if (m.shape[0] !== rows || m.shape[1] !== columns || m.data.length !== rows * columns) {
    throw new Error(
      `${where}: need [${rows}, ${columns}], got [${m.shape.join(", ")}] with ${m.data.length} values. Is it transposed?`,
    );
  }
}

/** Columns of W_in: d with an embedding, n without. */
export const inputsOf = ({ features, embedding }: ProgramShape): number => embedding?.E.shape[0] ?? features;

/** Rows of W_out: d with an embedding, one an output without. */
export const readOutsOf = (shape: ProgramShape): number =>
  shape.embedding === undefined ? outputsOf(shape) : inputsOf(shape);

/** @throws when W_in is not [h, n] or W_out not [m, h] (d for both with an embedding), or a bias or scale is missing or too many. */
export function checkPair(shape: ProgramShape, pair: WeightPair): void {
  const { neurons, scaled, architecture = plainArchitecture } = shape;
  const [inputs, outputs] = [inputsOf(shape), readOutsOf(shape)];
  if ((pair.scale === undefined) !== (scaled === undefined)) {
    const need = scaled === undefined ? "no scale, for the shape has no T" : "a scale σ beside the matrices";
    throw new Error(`engine: need ${need}, got ${pair.scale ?? "none"}. Correct the buffer.`);
  }
  checkMatrix("W_in", pair.W_in, neurons, inputs);
  checkMatrix("W_out", pair.W_out, outputs, neurons);
  checkBias("b_in", pair.b_in, architecture.bias.hidden === "none" ? null : neurons);
  checkBias("b_out", pair.b_out, architecture.bias.output === "none" ? null : outputs);
}

/** @param size numbers that are needed; null: no bias at all */
function checkBias(where: string, bias: ArrayLike<number> | undefined, size: number | null): void {
  if ((bias?.length ?? null) === size) return;
  const need = size === null ? "none, for the architecture has no such biases" : `${size} numbers`;
  throw new Error(`${where}: need ${need}, got ${bias?.length ?? "none"}. Correct the buffer.`);
}

/** @throws when a size is not a whole number ≥ 1, a part of the shape has the wrong size, or parts do not go together. */
export function checkShape(shape: ProgramShape): void {
  const { features, neurons, batch, mixing, scaled, embedding, architecture, loss, coefficients } = shape;
  for (const [name, size] of Object.entries({ features, neurons, batch })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new Error(`engine: ${name} must be a whole number ≥ 1, got ${size}. Correct the shape.`);
    }
  }
  const outputs = outputsOf(shape);
  if (outputs !== features) checkPairsAlone(shape);
  if (mixing !== null) checkMatrix("M", mixing, features, features);
  if (scaled !== undefined) checkMatrix("T", scaled, features, features);
  if (coefficients !== undefined) checkLength("coefficients", coefficients, features);
  const importance = loss?.importance ?? null;
  if (importance !== null) checkLength("importance", importance, outputs);
  if (loss !== undefined && !(loss.exponent >= 1 && loss.exponent < Infinity)) {
    throw new Error(`engine: need an exponent of at least 1, got ${loss.exponent}. Correct the loss.`);
  }
  if (architecture !== undefined && neurons % architecture.layers !== 0) {
    throw new Error(
      `engine: need neurons in ${architecture.layers} equal layers, got ${neurons} in all. Correct the shape.`,
    );
  }
  if (embedding === undefined) return;
  const { E, U } = embedding;
  const width = E.shape[0];
  checkMatrix("E", E, width, features);
  if (U !== null) checkMatrix("U", U, features, width);
  if (architecture !== undefined && architecture.output !== "identity") {
    throw new Error(
      `engine: need output identity with an embedding, got ${architecture.output}: it would act on the embedding's dimensions. Leave one of them out.`,
    );
  }
}

/** Labels of pairs have outputs that no feature stands for. */
function checkPairsAlone({
  features,
  mixing,
  scaled,
  embedding,
  architecture,
  coefficients,
}: ProgramShape): void {
  const found = Object.entries({
    "a mixing matrix": mixing !== null || scaled !== undefined,
    "an embedding": embedding !== undefined,
    "tied weights": architecture?.tied,
    "several layers": (architecture?.layers ?? 1) > 1,
    coefficients: coefficients !== undefined,
    "a single feature": features < 2,
  }).find(([, isThere]) => isThere);
  if (found === undefined) return;
  throw new Error(
    `engine: labels of pairs need as many outputs as pairs, got them with ${found[0]}. Leave it out of the shape.`,
  );
}

function checkLength(where: string, values: ArrayLike<number>, size: number): void {
  if (values.length === size) return;
  throw new Error(`${where}: need ${size} numbers, got ${values.length}. Correct the shape.`);
}

/** @throws when a unit names a feature that does not exist or that another has, or a probability is out of (0, 1]. */
export function checkSampler({ features }: ProgramShape, sampler: Sampler): void {
  if (sampler.kind !== "units") return;
  const seen = new Uint8Array(features);
  for (const { features: members, p } of sampler.units) {
    if (!(p > 0 && p <= 1)) throw new Error(`sampler: need p in (0, 1], got ${p}. Correct the unit.`);
    for (const member of members) {
      if (!(member >= 0 && member < features)) {
        throw new Error(`sampler: need features below ${features}, got ${member}. Count from 0.`);
      }
      if (seen[member] === 1) throw new Error(`sampler: feature ${member} is in two units. Keep it in one.`);
      seen[member] = 1;
    }
  }
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
