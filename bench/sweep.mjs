// How much faster a sweep is with two workers than with one: eight runs of the headline model, in turns. Beside it what
// the machine gives at best just then: two processes at once, each with a sweep of its own.
//
//   node bench/sweep.mjs [rounds]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { median } from "./statistics.mjs";

const launcher = fileURLToPath(new URL("../bin/toy-cis.js", import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const sweep = "base: cc-asymmetric\nseeds: 8\nparameters: { training.steps: { value: 4000 } }\n";

/** A whole sweep as a process of its own. */
async function runSweep(workers) {
  const folder = mkdtempSync(join(tmpdir(), "toy-cis-bench-"));
  writeFileSync(join(folder, "sweep.yaml"), sweep);
  const words = [launcher, "sweep", "sweep.yaml", "--workers", String(workers)];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const [status] = await once(child, "close");
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error("sweep: failed, see above");
}

async function seconds(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const ratios = { pool: [], machine: [] };
for (let round = 0; round < rounds; round++) {
  const one = await seconds(() => runSweep(1));
  const two = await seconds(() => runSweep(2));
  const both = await seconds(() => Promise.all([runSweep(1), runSweep(1)]));
  ratios.pool.push(one / two);
  ratios.machine.push((2 * one) / both);
  console.log(
    `${one.toFixed(1)} s with one worker, ${two.toFixed(1)} s with two: ${(one / two).toFixed(2)}×; two processes: ${((2 * one) / both).toFixed(2)}×`,
  );
}
console.log(
  `median: two workers ${median(ratios.pool).toFixed(2)}×, two processes ${median(ratios.machine).toFixed(2)}×`,
);
