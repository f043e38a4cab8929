// How much faster a sweep is with two workers than with one: eight runs of the headline model, in turns.
//
//   node bench/sweep.mjs [rounds]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { median } from "./statistics.mjs";

const launcher = fileURLToPath(new URL("../bin/toy-cis.js", import.meta.url));
const rounds = Number(process.argv[2] ?? 3);
const sweep = "base: cc-asymmetric\nseeds: 8\nparameters: { training.steps: { value: 4000 } }\n";

/** Seconds of a whole sweep as a process of its own. */
function seconds(workers) {
  const folder = mkdtempSync(join(tmpdir(), "toy-cis-bench-"));
  writeFileSync(join(folder, "sweep.yaml"), sweep);
  const start = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [launcher, "sweep", "sweep.yaml", "--workers", String(workers)],
    { cwd: folder, encoding: "utf8" },
  );
  const taken = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`sweep: ${stderr}`);
  return taken;
}

const ratios = [];
for (let round = 0; round < rounds; round++) {
  const [one, two] = [seconds(1), seconds(2)];
  ratios.push(one / two);
  console.log(
    `${one.toFixed(1)} s with one worker, ${two.toFixed(1)} s with two: ${(one / two).toFixed(2)}×`,
  );
}
console.log(`median ${median(ratios).toFixed(2)}×`);
