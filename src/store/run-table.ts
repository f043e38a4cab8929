/** Rows of runs in order and in groups: sorting, what varies, means over seeds with 95 % intervals. Pure. */
import { confidenceInterval, mean } from "../numeric/statistics.ts";
import { StoreError } from "./errors.ts";
import { nameMend } from "./query/parse.ts";
import { type Cell, cellOf, isIdentityColumn, isSpecColumn, knownColumns, type RunRow } from "./run-row.ts";

/** A column to sort by. */
export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** A mean over runs. */
export interface Estimate {
  /** Runs that have the number. */
  readonly n: number;
  readonly mean: number;
  /** Ends of the 95 % interval by Student's t; null for a single run. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Finished runs that are one experiment, but for the fields averaged over. */
export interface RunGroup {
  /** The spec's fields that the runs have in common, those averaged over left out. */
  readonly fields: RunRow;
  /** Ids of the runs. */
  readonly runs: readonly string[];
  readonly n: number;
  /** Of every column with numbers that comes from the results. */
  readonly estimates: Readonly<Record<string, Estimate>>;
}

/** Rows in order; the first key counts most, nulls come last, equal rows stay as they were. */
export function sortRuns(rows: readonly RunRow[], keys: readonly SortKey[]): readonly RunRow[] {
  const columns = knownColumns(rows);
  for (const { column } of keys) checkColumn("sort", column, columns);
  return [...rows].sort((a, b) => compareBy(keys, (row, column) => cellOf(row, column), a, b));
}

/** Fields of the spec, in its order, in which the rows differ. */
export function varyingColumns(rows: readonly RunRow[]): readonly string[] {
  const columns = knownColumns(rows).filter(isSpecColumn);
  return columns.filter((column) => new Set(rows.map((row) => cellOf(row, column))).size > 1);
}

/**
 * Groups of finished runs that differ in nothing that their ids depend on but `over`, in the order of their first
 * runs, with the mean of every numeric result.
 * @param over fields of the spec, usually `seed`
 * @throws StoreError for a column that is no field of the spec, with the near one.
 */
export function groupRuns(rows: readonly RunRow[], over: readonly string[]): readonly RunGroup[] {
  const columns = knownColumns(rows);
  const spec = columns.filter(isSpecColumn);
  const results = columns.filter((column) => !isSpecColumn(column) && column !== "numericsVersion");
  for (const column of over) checkColumn("over", column, spec);
  const identity = spec.filter((column) => isIdentityColumn(column) && !over.includes(column));
  const key = [...identity, "numericsVersion"];
  const groups = new Map<string, RunRow[]>();
  for (const row of rows) {
    if (row.status !== "finished") continue;
    const name = JSON.stringify(key.map((column) => cellOf(row, column)));
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups.values()].map((members) => groupOf(members, spec, results, over));
}

/** Groups in order: by a field of the spec, by `n`, or by the mean of a result. */
export function sortGroups(groups: readonly RunGroup[], keys: readonly SortKey[]): readonly RunGroup[] {
  const columns = groupColumns(groups);
  for (const { column } of keys) checkColumn("sort", column, columns);
  return [...groups].sort((a, b) => compareBy(keys, groupCell, a, b));
}

/** What a group can be sorted by and shown with. */
export const groupColumns = (groups: readonly RunGroup[]): readonly string[] => [
  ...new Set([
    "n",
    ...groups.flatMap(({ fields, estimates }) => [...Object.keys(fields), ...Object.keys(estimates)]),
  ]),
];

/** A group's value in a column; the mean for a result. */
export function groupCell({ n, fields, estimates }: RunGroup, column: string): Cell {
  if (column === "n") return n;
  return Object.hasOwn(estimates, column) ? estimates[column]!.mean : cellOf(fields, column);
}

/** Checks that a column is one of `columns`. @param where what named it @throws StoreError with the near name. */
export function checkColumn(where: string, column: string, columns: readonly string[]): void {
  if (columns.includes(column)) return;
  throw new StoreError(`${where}: need a column of these runs, got ${column}. ${nameMend(column, columns)}`);
}

function groupOf(
  members: readonly RunRow[],
  spec: readonly string[],
  results: readonly string[],
  over: readonly string[],
): RunGroup {
  const common = spec.filter((column) => {
    const values = members.map((row) => cellOf(row, column));
    return !over.includes(column) && values[0] !== null && values.every((value) => value === values[0]);
  });
  const measured = results.flatMap((column) => {
    const values = members.map((row) => cellOf(row, column)).filter((value) => typeof value === "number");
    return values.length === 0 ? [] : [[column, estimate(values)] as const];
  });
  return {
    fields: Object.fromEntries(common.map((column) => [column, cellOf(members[0]!, column)])),
    runs: members.map((row) => String(row.id)),
    n: members.length,
    estimates: Object.fromEntries(measured),
  };
}

function estimate(values: readonly number[]): Estimate {
  const { low, high } = values.length > 1 ? confidenceInterval(values) : { low: null, high: null };
  return { n: values.length, mean: mean(values), low, high };
}

function compareBy<T>(keys: readonly SortKey[], cell: (item: T, column: string) => Cell, a: T, b: T): number {
  for (const { column, descending } of keys) {
    const order = compareCells(cell(a, column), cell(b, column), descending);
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers by size, texts by code unit, numbers before texts; nulls last in either direction. */
function compareCells(a: Cell, b: Cell, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [x, y] = typeof a === typeof b ? [a, b] : [typeof a, typeof b];
  const order = x < y ? -1 : 1;
  return descending ? -order : order;
}
