/**
 * All of SQL over rows of runs and their metrics, by DuckDB: an optional peer of this package, loaded when it is
 * asked for. The database lives in memory; run folders are only read.
 *
 * Tables: `runs`, one row a run with the columns of `RunRow`, and `metrics` (id, step, loss, learningRate), read from
 * metrics.parquet of the runs when a query names it. Dotted columns need no quotes: model.neurons.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { StoreError } from "./errors.ts";
import { fileNames } from "./layout.ts";
import { type Cell, cellOf, knownColumns, type RunRow } from "./run-row.ts";

/** The part of @duckdb/node-api that is used. */
export interface DuckDbModule {
  readonly DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
}

interface Connection {
  run(sql: string, values?: readonly unknown[]): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJS(): readonly Record<string, unknown>[] }>;
  closeSync(): void;
}

/** The package of DuckDB. Its releases look like pre-releases, so no range of versions catches them: name one. */
export const duckDbPackage = "@duckdb/node-api";
const installCommand = `npm install ${duckDbPackage}@1.5.6-r.1`;

/** DuckDB, or null when it is not installed. @throws StoreError when it is, and does not work. */
export async function loadDuckDb(): Promise<DuckDbModule | null> {
  const entry = entryOf(duckDbPackage);
  if (entry === null) return null;
  try {
    return (await import(pathToFileURL(entry).href)) as DuckDbModule;
  } catch (error) {
    const got = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new StoreError(
      `${duckDbPackage}: need one that works here, got: ${got} Install it again: ${installCommand}.`,
    );
  }
}

/** The file that a package is imported from, seen from here; null when there is none. */
function entryOf(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return null;
  }
}

/** The error where DuckDB is needed and missing. @param why `where: need, got`, a sentence */
export const missingDuckDb = (why: string): StoreError =>
  new StoreError(`${why} Install it beside toy-cis: ${installCommand}.`);

/**
 * The rows of a SELECT over `runs` and `metrics`, as plain values.
 * @throws StoreError (as a rejection) with DuckDB's own words when it refuses the query.
 */
export async function queryDuckDb(
  duckDb: DuckDbModule,
  rows: readonly RunRow[],
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const database = await duckDb.DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  try {
    const columns = knownColumns(rows);
    await createRuns(connection, rows, columns);
    if (/\bmetrics\b/i.test(sql)) await createMetrics(connection, rows);
    const result = await connection.runAndReadAll(quoteColumns(sql, columns));
    return result.getRowObjectsJS().map((row) => plain(row) as Record<string, unknown>);
  } catch (error) {
    throw error instanceof StoreError ? error : refusal(error);
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}

/** The rows for which a condition of SQL is true, in their order. @throws StoreError as `queryDuckDb` */
export async function selectWithDuckDb(
  duckDb: DuckDbModule,
  rows: readonly RunRow[],
  condition: string,
): Promise<readonly RunRow[]> {
  const found = await queryDuckDb(duckDb, rows, `SELECT dir FROM runs WHERE (${condition}\n)`);
  const dirs = new Set(found.map(({ dir }) => dir));
  return rows.filter(({ dir }) => dirs.has(dir));
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function createRuns(
  connection: Connection,
  rows: readonly RunRow[],
  columns: readonly string[],
): Promise<void> {
  const types = columns.map((name) => [name, columnType(rows.map((row) => cellOf(row, name)))] as const);
  const structure = JSON.stringify([Object.fromEntries(types)]);
  const texts = rows.map((row) =>
    Object.fromEntries(types.map(([name, type]) => [name, textOr(type, cellOf(row, name))])),
  );
  await connection.run(
    `CREATE TABLE runs AS SELECT unnest(row) FROM (SELECT unnest(from_json(CAST($1 AS JSON), ${literal(structure)})) AS row)`,
    [JSON.stringify(texts)],
  );
}

type ColumnType = "BIGINT" | "DOUBLE" | "BOOLEAN" | "VARCHAR";

/** The type that holds all values of a column; texts hold mixed ones. A column without values has numbers. */
function columnType(cells: readonly Cell[]): ColumnType {
  const values = cells.filter((cell) => cell !== null);
  if (values.every((value) => typeof value === "boolean") && values.length > 0) return "BOOLEAN";
  if (!values.every((value) => typeof value === "number")) return "VARCHAR";
  return values.every(Number.isSafeInteger) ? "BIGINT" : "DOUBLE";
}

const textOr = (type: ColumnType, cell: Cell): Cell =>
  type === "VARCHAR" && cell !== null ? String(cell) : cell;

async function createMetrics(connection: Connection, rows: readonly RunRow[]): Promise<void> {
  const files = rows
    .map(({ dir, id }) => ({ id, path: join(String(dir), fileNames.metrics) }))
    .filter(({ path }) => existsSync(path));
  if (files.length === 0)
    throw new StoreError("metrics: need a run with metrics, got none. Wait until one is finished.");
  const paths = files.map(({ path }) => literal(path)).join(", ");
  await connection.run(
    'CREATE TABLE files AS SELECT unnest(from_json(CAST($1 AS JSON), \'[{"id":"VARCHAR","path":"VARCHAR"}]\'), recursive := true)',
    [JSON.stringify(files)],
  );
  await connection.run(
    `CREATE VIEW metrics AS SELECT id, * EXCLUDE (id, path) FROM read_parquet([${paths}], filename = 'path', union_by_name = true) JOIN files USING (path)`,
  );
}

const refusal = (error: unknown): StoreError =>
  new StoreError(`query: DuckDB says: ${error instanceof Error ? error.message.trim() : error}.`, {
    cause: error,
  });

/** Whole numbers as numbers where they fit, times as ISO 8601, and so on inwards. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("toJSON" in value && typeof value.toJSON === "function") return value.toJSON();
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plain(field)]));
}

const piece = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+/g;

/** Puts dotted columns into quotes, where SQL would look for a table: model.neurons, runs.model.neurons. */
export function quoteColumns(sql: string, columns: readonly string[]): string {
  const known = new Set(columns);
  return sql.replace(piece, (text) => {
    if (known.has(text)) return quoted(text);
    const dot = text.indexOf(".");
    const [table, column] = [text.slice(0, dot), text.slice(dot + 1)];
    return /^\w/.test(text) && column.includes(".") && known.has(column)
      ? `${table}.${quoted(column)}`
      : text;
  });
}
