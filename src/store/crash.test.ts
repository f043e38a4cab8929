/**
 * A process that dies at any single file operation, half-way through a write included: what is on the disk is then
 * unfinished or whole, and the next process brings it to the same bytes. Every operation of a run is tried in turn.
 */
import * as fs from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { modelOf, recordsOf, specOf, writeRun } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { runId } from "../spec/identity.ts";
import { readRun, runStatus } from "./index.ts";

const disk = vi.hoisted(() => ({ log: [] as string[], diesAt: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs")>();
  const { openSync, writeFileSync } = original;
  const paths = new Map<unknown, string>();
  const die = () => {
    throw new Error("the process died");
  };
  const watched = (name: string, call: (...args: never[]) => unknown) =>
    [
      name,
      (...args: never[]) => {
        const [first] = args as unknown[];
        const target = paths.get(first) ?? String(first);
        if (disk.log.length === disk.diesAt && name === "writeFileSync") {
          writeFileSync(first as number, String(args[1]).slice(0, 20));
        }
        if (disk.log.length >= disk.diesAt) return die();
        disk.log.push(`${name} ${target}`);
        const result = call(...args);
        if (call === openSync) paths.set(result, target);
        return result;
      },
    ] as const;
  const names = [
    "openSync",
    "writeFileSync",
    "fsyncSync",
    "renameSync",
    "rmSync",
    "rmdirSync",
    "mkdirSync",
  ] as const;
  return { ...original, ...Object.fromEntries(names.map((name) => watched(name, original[name] as never))) };
});

const seed = 3;
const id = runId(specOf(seed));
let out = "";

beforeEach(() => {
  alive();
  out = scratchFolder();
  return () => fs.rmSync(out, { recursive: true });
});

afterAll(() => alive());

function alive(): void {
  disk.diesAt = Number.POSITIVE_INFINITY;
  disk.log.length = 0;
}

/** The dead process's lock: this process lives on, so the lock has to be made that of a dead one. */
function buryLocks(dir: string): void {
  const names = fs.existsSync(dir) ? fs.readdirSync(dir) : [];
  for (const name of names.filter((name) => name.startsWith("lock."))) fs.unlinkSync(join(dir, name));
}

async function expectWhole(dir: string): Promise<void> {
  const { weights, metrics, run } = readRun(dir);
  expect(run.result).toEqual({ loss: seed });
  expect(weights).toEqual(modelOf(seed));
  expect(await metrics()).toEqual(recordsOf(seed));
}

async function operationsOfARun(): Promise<number> {
  await writeRun(out, seed);
  const count = disk.log.length;
  fs.rmSync(join(out, id), { recursive: true });
  return count;
}

test("dying at each operation of a run leaves it unfinished or whole, and it can go on", async () => {
  const operations = await operationsOfARun();
  expect(operations).toBeGreaterThan(30);
  const statuses = new Set<string>();
  for (let diesAt = 0; diesAt < operations; diesAt++) {
    alive();
    disk.diesAt = diesAt;
    await writeRun(out, seed).catch(() => undefined);
    alive();
    const dir = join(out, id);
    const status = runStatus(dir);
    statuses.add(status);
    if (status === "finished") await expectWhole(dir);
    else {
      expect(() => readRun(dir)).toThrow(/need/);
      buryLocks(dir);
      await writeRun(out, seed);
      await expectWhole(dir);
      expect(
        fs
          .readdirSync(dir)
          .filter((name) => !name.startsWith("lock."))
          .sort(),
      ).toEqual(["metrics.parquet", "run.json", "spec.json", "weights.safetensors"]);
    }
    fs.rmSync(dir, { recursive: true, force: true });
  }
  expect(statuses).toEqual(new Set(["absent", "interrupted", "finished"]));
});

describe("the order of operations", () => {
  test("a file is flushed before it is renamed, and its folder after", async () => {
    await writeRun(out, seed);
    const dir = join(out, id);
    const renames = disk.log.flatMap((line, i) => (line.startsWith("renameSync") ? [i] : []));
    expect(renames.length).toBe(7); // spec, three checkpoints, metrics, weights, run
    for (const i of renames) {
      const temporary = disk.log[i]!.slice("renameSync ".length);
      expect(disk.log.slice(0, i).lastIndexOf(`writeFileSync ${temporary}`)).toBeLessThan(
        disk.log.slice(0, i).lastIndexOf(`fsyncSync ${temporary}`),
      );
      expect(disk.log[i + 2]).toBe(`fsyncSync ${dir}`);
    }
  });

  test("run.json is renamed last of all", async () => {
    await writeRun(out, seed);
    expect(disk.log.findLast((line) => line.startsWith("renameSync"))).toContain(".run.json.");
  });
});
