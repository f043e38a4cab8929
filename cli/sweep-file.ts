/** Reads a sweep file and finds its runs, mixing files included. */
import { readFile, stat } from "node:fs/promises";
import type { FileHashes } from "../src/spec/index.ts";
import { mixingFileOf } from "../src/store/index.ts";
import { expandSweep, parseSweep, type SweepPoint, type SweepRuns, sweepRuns } from "../src/sweep/index.ts";
import { Mistake } from "./failure.ts";

const largestFile = 1 << 20;

/** @throws Mistake, or the library's errors, before anything is trained. */
export async function readSweepRuns(path: string, limit: number | undefined): Promise<SweepRuns> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new Mistake(`${path}: no such file. Name a sweep file.`);
  if (found.isDirectory()) throw new Mistake(`${path}: a folder. Name a sweep file.`);
  if (found.size > largestFile) {
    throw new Mistake(`${path}: ${found.size} bytes are too many for a sweep. Name a YAML or JSON file.`);
  }
  const options = { fileName: path, ...(limit === undefined ? {} : { limit }) };
  const points = expandSweep(parseSweep(await readFile(path, "utf8"), options));
  return sweepRuns(points, await hashesOf(points));
}

/** The hash of each mixing file, read once. */
async function hashesOf(points: readonly SweepPoint[]): Promise<FileHashes> {
  const hashes: Record<string, string> = {};
  for (const { spec } of points) {
    const { mixing } = spec.labels;
    if (mixing.kind !== "file" || Object.hasOwn(hashes, mixing.path)) continue;
    Object.assign(hashes, (await mixingFileOf(spec)).hashes);
  }
  return hashes;
}
