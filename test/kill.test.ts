/** Processes that write runs are killed at random moments: every folder is then unfinished or whole. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readRun, runStatus } from "../src/store/index.ts";
import { bundleForNode } from "./support/bundle.ts";
import { modelOf, recordsOf } from "./support/run-writer.ts";
import { scratchFolder } from "./support/scratch-folder.ts";

const kills = 20;

const ended = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));

/** Waits until the process has begun to write, so that no kill is lost on its start. */
async function firstWrite(out: string, before: number): Promise<void> {
  for (let waited = 0; waited < 500 && readdirSync(out).length <= before; waited++) await setTimeout(10);
}

/** Fails unless the folder is unfinished, or whole down to the last number. */
async function expectUnfinishedOrWhole(dir: string): Promise<"unfinished" | "whole"> {
  const status = runStatus(dir);
  if (status === "absent" || status === "interrupted") return "unfinished";
  const { spec, run, weights, metrics } = readRun(dir);
  expect(run.result).toEqual({ loss: spec.seed });
  expect(weights).toEqual(modelOf(spec.seed));
  expect(await metrics()).toEqual(recordsOf(spec.seed));
  return "whole";
}

test(`${kills} kills leave unfinished or whole runs, and the next process goes on`, async () => {
  const bundle = await bundleForNode(
    fileURLToPath(new URL("support/run-writer-process.ts", import.meta.url)),
  );
  const out = scratchFolder();
  const counts = { unfinished: 0, whole: 0 };
  for (let kill = 0; kill < kills; kill++) {
    const before = readdirSync(out).length;
    const child = spawn(process.execPath, [bundle, out], { stdio: "inherit" });
    const end = ended(child);
    await firstWrite(out, before);
    await setTimeout((kill * 7) % 31); // a run takes some ten milliseconds
    child.kill("SIGKILL");
    await end;
    expect(child.signalCode).toBe("SIGKILL");
    for (const name of readdirSync(out)) counts[await expectUnfinishedOrWhole(join(out, name))] += 1;
  }
  expect(counts.whole).toBeGreaterThan(0);
  expect(counts.unfinished).toBeGreaterThan(0);
  rmSync(out, { recursive: true });
  rmSync(dirname(bundle), { recursive: true });
});
