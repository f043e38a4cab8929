/**
 * A full disk at any file of a run. Linux's /dev/full takes no byte: temporary files are opened there instead, so the
 * system itself says ENOSPC.
 */
import * as fs from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { checkpointOf, recordsOf, specOf, unfoldedOf } from "../../test/support/run-writer.ts";
import { scratchFolder } from "../../test/support/scratch-folder.ts";
import { closeRun, finishRun, openRun, runStatus, saveCheckpoint } from "./index.ts";

const disk = vi.hoisted(() => ({ fullFor: "" }));

vi.mock("node:fs", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs")>();
  const openSync = (path: string, flags: string) => {
    const isFull = disk.fullFor !== "" && path.includes(`.${disk.fullFor}.`);
    return original.openSync(isFull ? "/dev/full" : path, flags);
  };
  return { ...original, openSync };
});

const options = { spec: specOf(0), version: "0.0.0", clock: () => new Date(0) };
const finished = { model: unfoldedOf(0), records: recordsOf(0), result: {} };

test.runIf(fs.existsSync("/dev/full"))("a full disk at the first file leaves no folder", () => {
  const out = scratchFolder();
  disk.fullFor = "spec.json";
  expect(() => openRun(join(out, "runs"), options)).toThrow(
    "spec.json: need to write it, got a full disk (ENOSPC). Free some space and run the same command again.",
  );
  expect(fs.readdirSync(out)).toEqual([]);
  fs.rmSync(out, { recursive: true });
});

test.runIf(fs.existsSync("/dev/full")).each(["metrics.parquet", "weights.safetensors", "run.json"])(
  "a full disk at %s leaves an unfinished run with its checkpoint",
  async (name) => {
    const out = scratchFolder();
    disk.fullFor = "";
    const run = openRun(out, options);
    saveCheckpoint(run, checkpointOf(0, 10));
    disk.fullFor = name;
    await expect(finishRun(run, finished)).rejects.toThrow(
      `${name}: need to write it, got a full disk (ENOSPC).`,
    );
    closeRun(run);
    disk.fullFor = "";
    expect(runStatus(run.dir)).toBe("interrupted");
    expect(fs.readdirSync(run.dir).filter((file) => file.startsWith("."))).toEqual([]);
    const again = openRun(out, options);
    expect(again.checkpoint?.step).toBe(10);
    closeRun(again);
    fs.rmSync(out, { recursive: true });
  },
);
