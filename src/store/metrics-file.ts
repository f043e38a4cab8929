/**
 * Metrics of a run as Parquet: one row a record, columns step (int32), loss and learningRate (double), and mixingScale
 * (double) when a scale is learned.
 * The Parquet libraries are loaded when they are first needed, since most commands never do.
 */
import type { MetricRecord } from "../train/checkpoint.ts";
import { StoreError } from "./errors.ts";

const columns = [
  { name: "step", type: "INT32" },
  { name: "loss", type: "DOUBLE" },
  { name: "learningRate", type: "DOUBLE" },
] as const;
const scaleColumn = { name: "mixingScale", type: "DOUBLE" } as const;

const hasScale = (records: readonly MetricRecord[]): boolean => records[0]?.mixingScale !== undefined;

/** The records as the bytes of a Parquet file. */
export async function encodeMetrics(records: readonly MetricRecord[]): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const kept = hasScale(records) ? [...columns, scaleColumn] : columns;
  const columnData = kept.map(({ name, type }) => {
    return { name, type, nullable: false, data: records.map((record) => record[name]!) };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: "toy-cis" }));
}

/** The records of a Parquet file. @throws StoreError naming `path` when it is damaged or another table. */
export async function decodeMetrics(bytes: Uint8Array, path: string): Promise<readonly MetricRecord[]> {
  const rows = await readRows(bytes, path);
  if (rows.every(isRecord)) return rows.map(recordOf);
  throw new StoreError(
    `${path}: need number columns step, loss and learningRate, got others. The file is not of this run; get it again.`,
  );
}

async function readRows(bytes: Uint8Array, path: string): Promise<readonly Record<string, unknown>[]> {
  const { parquetReadObjects } = await import("hyparquet");
  try {
    return await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  } catch (error) {
    throw new StoreError(
      `${path}: need a Parquet file, got a damaged or foreign one. Get it again, or train the run anew.`,
      { cause: error },
    );
  }
}

function recordOf({ step, loss, learningRate, mixingScale }: MetricRecord): MetricRecord {
  const record = { step, loss, learningRate };
  return mixingScale === undefined ? record : { ...record, mixingScale };
}

function isRecord(row: Record<string, unknown>): row is Record<string, unknown> & MetricRecord {
  const isNumber = (name: string) => typeof row[name] === "number";
  return columns.every(({ name }) => isNumber(name)) && (!("mixingScale" in row) || isNumber("mixingScale"));
}
