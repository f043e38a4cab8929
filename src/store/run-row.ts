/** A run as one flat row: what it is and what came of it, under dotted names. Pure; the files are read in list-runs.ts. */
import { type Spec, specSchema } from "../spec/schema.ts";
import { allPaths, isMapping } from "../spec/walk.ts";
import type { RunOrigin, RunRecord } from "./run-record.ts";

/** One value of a row. Lists of a spec stand as JSON text. */
export type Cell = string | number | boolean | null;

/**
 * A run as columns: `dir`, `id`, `status`, times and versions; every field of the spec by its path, `model.neurons`;
 * every field of the result by its name, `lossPerP`. A column that a run lacks counts as null.
 */
export type RunRow = Readonly<Record<string, Cell>>;

/** Columns of every run that come from neither its spec nor its result. */
const recordColumns = [
  ...["dir", "id", "status", "started", "ended", "message", "step"],
  ...["toyCisVersion", "numericsVersion"],
] as const;

/** Results that training reports; results of other names are columns too. */
const standardResults = [
  "lossPerP",
  "stderr",
  "linear",
  "even",
  "loss",
  "steps",
  "seconds",
  "stepsPerSecond",
];

/** The value of a column; null when the row lacks it. */
export const cellOf = (row: RunRow, column: string): Cell =>
  Object.hasOwn(row, column) ? (row[column] ?? null) : null;

/** Whether a column is a field of the spec. */
export const isSpecColumn = (column: string): boolean =>
  column === "name" || column === "seed" || specGroup.test(column);

const specGroup = /^(model|data|labels|loss|training|evaluate)\./;

/** Whether a column holds part of what a run's id is made of: a field of the spec, but its name and evaluation. */
export const isIdentityColumn = (column: string): boolean =>
  isSpecColumn(column) && column !== "name" && !column.startsWith("evaluate.");

/** Every column that some row has, and those that a row may have: in the order record, spec, results. */
export function knownColumns(rows: readonly RunRow[]): readonly string[] {
  const paths = allPaths(specSchema);
  const fields = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
  const spec = fields.filter(isSpecColumn);
  const columns = new Set<string>([...recordColumns, ...spec, ...standardResults]);
  for (const row of rows) for (const column in row) columns.add(column);
  return [...columns];
}

/** The row of a run. `record` is null while it is interrupted. */
export function runRow(dir: string, spec: Spec, origin: RunOrigin, record: RunRecord | null): RunRow {
  const { version: _format, ...fields } = spec;
  const cells: [string, Cell][] = [];
  if (record?.status === "finished") flatten(record.result, "", cells);
  flatten(fields, "", cells);
  const { started = null, ended = null } = record ?? {};
  const known = { dir, id: origin.id, status: record?.status ?? "interrupted", started, ended };
  cells.push(...Object.entries(known));
  if (record?.status === "failed") cells.push(["message", record.message]);
  if (record?.status === "stopped") cells.push(["step", record.step]);
  cells.push(["toyCisVersion", origin.version], ["numericsVersion", origin.numerics]);
  return Object.fromEntries(cells);
}

function flatten(value: object, prefix: string, cells: [string, Cell][]): void {
  for (const [name, field] of Object.entries(value)) {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    if (isMapping(field)) flatten(field, path, cells);
    else cells.push([path, isCell(field) ? field : JSON.stringify(field)]);
  }
}

const isCell = (value: unknown): value is Cell =>
  value === null || ["string", "number", "boolean"].includes(typeof value);
