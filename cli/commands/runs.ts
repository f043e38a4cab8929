/** `toy-cis runs`: the runs of a folder, filtered, sorted, averaged over seeds, or handed to TensorBoard. */
import {
  BeyondQueryError,
  cellOf,
  checkColumn,
  exportTensorBoard,
  groupCell,
  groupColumns,
  groupRuns,
  isSpecColumn,
  knownColumns,
  listRuns,
  loadDuckDb,
  missingDuckDb,
  queryDuckDb,
  type RunGroup,
  type RunRow,
  type SkippedEntry,
  type SortKey,
  selectRuns,
  selectWithDuckDb,
  sortGroups,
  sortRuns,
  varyingColumns,
} from "../../src/store/index.ts";
import type { Context } from "../context.ts";
import { Mistake } from "../failure.ts";
import { type Cell, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

/** Flags of `toy-cis runs`. */
interface Flags {
  readonly sort?: readonly SortKey[];
  readonly over?: readonly string[];
  readonly columns?: readonly string[];
  readonly limit?: number;
  readonly engine: "auto" | "own" | "duckdb";
  readonly tensorboard?: string;
  readonly out: string;
  readonly json: boolean;
}

/** What is shown besides what varies. */
const standardResults = ["lossPerP", "linear", "even"];

/** Lists the runs of `--out` for which the query is true. Entries that are no runs are named on stderr. */
export async function runsCommand(this: Context, flags: Flags, ...words: readonly string[]): Promise<void> {
  const { terminal } = this;
  const { rows, skipped } = listRuns(flags.out);
  const query = words.join(" ").trim();
  const isSelect = /^(SELECT|WITH|FROM)\b/i.test(query);
  if (isSelect) refuseWithSelect(flags);
  noteSkipped(skipped, terminal);
  if (rows.length === 0 && skipped.length > 0) {
    throw new Mistake(
      `${flags.out}: need runs, got ${skipped.length} entries that are none. Name the folder of runs with --out.`,
    );
  }
  if (isSelect) await printSelected(rows, skipped, query, flags, terminal);
  else await printRuns(await found(rows, query, flags.engine), rows.length, skipped, flags, terminal);
}

function refuseWithSelect(flags: Flags): void {
  const given = (["sort", "over", "columns", "limit", "tensorboard"] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (given !== undefined)
    throw new Mistake(`--${given}: not together with a SELECT. Say it in the query.`, 2);
  if (flags.engine === "own")
    throw new Mistake("--engine: own reads no SELECT. Leave it out, or write a condition.", 2);
}

function noteSkipped(skipped: readonly SkippedEntry[], terminal: Terminal): void {
  for (const { reason } of skipped) terminal.note(`Passed over: ${reason}`);
}

async function found(
  rows: readonly RunRow[],
  query: string,
  engine: Flags["engine"],
): Promise<readonly RunRow[]> {
  if (query === "") return rows;
  if (engine === "duckdb")
    return selectWithDuckDb(await duckDbFor("--engine: need DuckDB, got no such package."), rows, query);
  try {
    return selectRuns(rows, query);
  } catch (error) {
    if (engine === "own" || !(error instanceof BeyondQueryError)) throw error;
    return selectWithDuckDb(await duckDbFor(error.message), rows, query);
  }
}

async function duckDbFor(why: string) {
  const duckDb = await loadDuckDb();
  if (duckDb === null) throw missingDuckDb(why);
  return duckDb;
}

async function printSelected(
  runs: readonly RunRow[],
  skipped: readonly SkippedEntry[],
  query: string,
  { json }: Flags,
  terminal: Terminal,
): Promise<void> {
  const rows = await queryDuckDb(
    await duckDbFor("query: need DuckDB for a SELECT, got no such package."),
    runs,
    query,
  );
  if (json) return terminal.printJson({ rows, skipped });
  const header = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => header.map((name) => shown(row[name])));
  terminal.print(rows.length === 0 ? "no rows" : table(header, cells, terminal));
}

const shown = (value: unknown): Cell =>
  value === null || typeof value === "number"
    ? value
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

async function printRuns(
  rows: readonly RunRow[],
  total: number,
  skipped: readonly SkippedEntry[],
  flags: Flags,
  terminal: Terminal,
): Promise<void> {
  const view = flags.over === undefined ? listView(rows, flags) : groupView(rows, flags.over, flags);
  const written = flags.tensorboard === undefined ? null : await exportTensorBoard(rows, flags.tensorboard);
  noteSkipped(written?.skipped ?? [], terminal);
  const exported = written === null ? {} : { tensorboard: written.files };
  if (flags.json)
    return terminal.printJson({ total, found: rows.length, ...view.json, ...exported, skipped });
  const counts = `${rows.length} of ${total} runs${view.remark}`;
  const next =
    written === null
      ? []
      : [`${written.files.length} runs for TensorBoard: tensorboard --logdir ${flags.tensorboard}`];
  const body = view.cells.length === 0 ? [] : [table(view.header, view.cells, terminal), ""];
  terminal.print([...body, counts, ...next].join("\n"));
}

/** A table, the same as JSON, and what to say below it. */
interface View {
  readonly header: readonly string[];
  readonly cells: readonly (readonly Cell[])[];
  readonly json: Readonly<Record<string, unknown>>;
  readonly remark: string;
}

function listView(rows: readonly RunRow[], { sort, columns, limit }: Flags): View {
  const varying = varyingColumns(rows);
  const known = knownColumns(rows);
  for (const column of columns ?? []) checkColumn("columns", column, known);
  const sorted = sortRuns(rows, sort ?? standardOrder(varying)).slice(0, limit);
  const header = columns ?? ["id", "status", ...varying, ...standardResults];
  const cells = sorted.map((row) => header.map((column) => cellText(column, cellOf(row, column))));
  const runs = sorted.map((row) =>
    columns === undefined ? row : Object.fromEntries(columns.map((column) => [column, cellOf(row, column)])),
  );
  return {
    header,
    cells,
    json: { runs },
    remark: sorted.length < rows.length ? `, ${sorted.length} shown` : "",
  };
}

function groupView(rows: readonly RunRow[], over: readonly string[], { sort, columns, limit }: Flags): View {
  const all = groupRuns(rows, over);
  const varying = varyingColumns(all.map(({ fields }) => fields));
  const known = groupColumns(all);
  for (const column of columns ?? []) checkColumn("columns", column, known);
  const groups = sortGroups(all, sort ?? standardOrder(varying)).slice(0, limit);
  const shownColumns = columns ?? [...varying, "n", ...standardResults];
  const isEstimate = (column: string) => all.some(({ estimates }) => Object.hasOwn(estimates, column));
  const header = shownColumns.flatMap((column) => (isEstimate(column) ? [column, "±"] : [column]));
  const cells = groups.map((group) =>
    shownColumns.flatMap((column) =>
      isEstimate(column) ? estimateCells(group, column) : [cellText(column, groupCell(group, column))],
    ),
  );
  const finished = all.reduce((count, { n }) => count + n, 0);
  const left = rows.length - finished;
  const remark =
    `, ${all.length} groups over ${over.join(", ")}; ± is half a 95 % interval` +
    (left === 0 ? "" : `; ${left} runs that are not finished are left out`) +
    (groups.length < all.length ? `; ${groups.length} groups shown` : "");
  return { header, cells, json: { over, leftOut: left, groups }, remark };
}

const standardOrder = (varying: readonly string[]): readonly SortKey[] =>
  [...varying.filter((column) => column !== "seed"), ...varying.filter((column) => column === "seed")].map(
    (column) => ({ column, descending: false }),
  );

function estimateCells({ estimates }: RunGroup, column: string): readonly [Cell, Cell] {
  const { mean = null, high = null } = estimates[column] ?? {};
  return [mean, mean === null || high === null ? null : high - mean];
}

/** Fields of the spec are shown to the last digit, results with four. */
const cellText = (column: string, cell: ReturnType<typeof cellOf>): Cell =>
  typeof cell === "boolean" || (typeof cell === "number" && isSpecColumn(column)) ? `${cell}` : cell;
