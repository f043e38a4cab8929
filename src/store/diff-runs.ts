/** Two runs side by side: what differs in their specs, their results, their weights. Only reads. */
import { join } from "node:path";
import { type Difference, difference, matchNeurons, type NeuronMatch } from "../analyse/weight-difference.ts";
import { readSafetensors } from "../formats/safetensors.ts";
import type { Tensor } from "../formats/tensor.ts";
import { fileNames } from "./layout.ts";
import { readRunRow } from "./list-runs.ts";
import { matrixOf } from "./model-tensors.ts";
import { readBytes } from "./read-file.ts";
import { readRun } from "./read-run.ts";
import { type Cell, cellOf, isSpecColumn, knownColumns, type RunRow } from "./run-row.ts";

/** A field in which two runs differ, or could; null where a run lacks it. */
export interface FieldDifference {
  readonly field: string;
  readonly a: Cell;
  readonly b: Cell;
}

/** A result of two runs; `difference` is b − a, null unless both are numbers. */
export interface ResultDifference extends FieldDifference {
  readonly difference: number | null;
}

/** A tensor of two runs, by its name in weights.safetensors; null where a run lacks it. */
export interface TensorDifference {
  readonly name: string;
  readonly a: readonly number[] | null;
  readonly b: readonly number[] | null;
  /** Whether shapes and bytes are equal. */
  readonly isEqual: boolean;
  /** Null when the shapes differ. */
  readonly difference: Difference | null;
}

/** What two runs have in common and what not. */
export interface RunDifference {
  readonly a: RunRow;
  readonly b: RunRow;
  /** The spec's fields that differ, in its order. */
  readonly spec: readonly FieldDifference[];
  /** Every result of either. */
  readonly results: readonly ResultDifference[];
  /** Null unless both runs are finished. */
  readonly weights: {
    readonly tensors: readonly TensorDifference[];
    /** W_in and W_out with neurons matched; null when the numbers of features differ. */
    readonly neurons: NeuronMatch | null;
  } | null;
}

/**
 * Compares two run folders in whatever state they are.
 * @throws StoreError when a folder is none of a run, or a file in it is damaged, missing or newer.
 */
export function diffRuns(dirA: string, dirB: string): RunDifference {
  const [a, b] = [readRunRow(dirA), readRunRow(dirB)];
  const areFinished = a.status === "finished" && b.status === "finished";
  return {
    a,
    b,
    spec: specDifferences(a, b),
    results: resultDifferences(a, b),
    weights: areFinished ? weightDifferences(tensorsOf(dirA), tensorsOf(dirB)) : null,
  };
}

const fieldOf = (a: RunRow, b: RunRow, field: string): FieldDifference => ({
  field,
  a: cellOf(a, field),
  b: cellOf(b, field),
});

const specDifferences = (a: RunRow, b: RunRow): readonly FieldDifference[] =>
  knownColumns([a, b])
    .filter(isSpecColumn)
    .map((field) => fieldOf(a, b, field))
    .filter((field) => field.a !== field.b);

/** What stands in a row besides the results and the spec. */
const aboutTheRun = new Set(["dir", "id", "started", "ended", "step", "numericsVersion", "toyCisVersion"]);

function resultDifferences(a: RunRow, b: RunRow): readonly ResultDifference[] {
  const names = knownColumns([a, b]).filter((name) => !isSpecColumn(name) && !aboutTheRun.has(name));
  return names
    .map((name) => fieldOf(a, b, name))
    .filter((field) => field.a !== null || field.b !== null)
    .map((field) => {
      const areNumbers = typeof field.a === "number" && typeof field.b === "number";
      return { ...field, difference: areNumbers ? Number(field.b) - Number(field.a) : null };
    });
}

type Tensors = Readonly<Record<string, Tensor>>;

/** The tensors of a finished run, by the names in its file. */
function tensorsOf(dir: string): Tensors {
  readRun(dir); // whose weights they are, and whether they are whole
  return readSafetensors(readBytes(join(dir, fileNames.weights))).tensors;
}

function weightDifferences(a: Tensors, b: Tensors): RunDifference["weights"] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const layers = [a, b].map(({ W_in, W_out }) => ({
    W_in: matrixOf(W_in!, "W_in"),
    W_out: matrixOf(W_out!, "W_out"),
  }));
  const [first, second] = layers as [(typeof layers)[0], (typeof layers)[0]];
  return {
    tensors: names.sort().map((name) => tensorDifference(name, a[name], b[name])),
    neurons: first.W_in.shape[1] === second.W_in.shape[1] ? matchNeurons(first, second) : null,
  };
}

function tensorDifference(name: string, a: Tensor | undefined, b: Tensor | undefined): TensorDifference {
  const shapes = { name, a: a?.shape ?? null, b: b?.shape ?? null };
  const isSameShape = a !== undefined && b !== undefined && `${a.shape}` === `${b.shape}`;
  if (!isSameShape) return { ...shapes, isEqual: false, difference: null };
  return {
    ...shapes,
    isEqual: a.dtype === b.dtype && Buffer.compare(bytesOf(a), bytesOf(b)) === 0,
    difference: difference(numbersOf(a), numbersOf(b)),
  };
}

const bytesOf = ({ data }: Tensor): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const numbersOf = ({ data }: Tensor): ArrayLike<number> => Float64Array.from<number | bigint>(data, Number);
