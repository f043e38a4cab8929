/** Other spellings of one network: neurons split in two, and neurons that do nothing. Beside rescaled.ts. */
import type { Network } from "../../src/evaluate/network.ts";
import { type Matrix, matrix, transpose } from "../../src/numeric/matrix.ts";

/** Neuron k twice, its row once times `factor`, and its column shared out: `share` for the new one. */
export function withSplit({ W_in, W_out, M }: Network, k: number, share: number, factor: number): Network {
  const columns = transpose(W_out);
  const row = rowOf(W_in, k).map((w) => w * factor);
  const column = rowOf(columns, k);
  const kept = withRow(
    columns,
    k,
    column.map((w) => w * (1 - share)),
  );
  const added = column.map((w) => (w * share) / factor);
  return { W_in: appended(W_in, row), W_out: transpose(appended(kept, added)), M };
}

/** Two neurons more: one that reads as neuron k and writes nothing, one that writes as k and reads nothing. */
export function withDead({ W_in, W_out, M }: Network, k: number): Network {
  const columns = transpose(W_out);
  const nothing = new Array<number>(W_in.shape[1]).fill(0);
  return {
    W_in: appended(appended(W_in, rowOf(W_in, k)), nothing),
    W_out: transpose(appended(appended(columns, nothing), rowOf(columns, k))),
    M,
  };
}

/** Neuron k is the old neuron neurons[k], feature i the old features[i], and M with them. */
export function renumberedWithLabels(
  { W_in, W_out, M }: Network,
  { neurons, features }: { readonly neurons: readonly number[]; readonly features: readonly number[] },
): Network {
  return {
    W_in: picked(W_in, neurons, features),
    W_out: picked(W_out, features, neurons),
    M: M === null ? null : picked(M, features, features),
  };
}

function picked({ data, shape }: Matrix, rows: readonly number[], columns: readonly number[]) {
  const values = rows.flatMap((i) => columns.map((j) => data[i * shape[1] + j]!));
  return matrix(rows.length, columns.length, values);
}

const rowOf = ({ data, shape: [, columns] }: Matrix, k: number): number[] =>
  Array.from(data.subarray(k * columns, (k + 1) * columns));

const appended = ({ data, shape: [rows, columns] }: Matrix, row: readonly number[]) =>
  matrix(rows + 1, columns, [...data, ...row]);

function withRow(a: Matrix, k: number, row: readonly number[]) {
  const copy = matrix(...a.shape, a.data);
  copy.data.set(row, k * a.shape[1]);
  return copy;
}
