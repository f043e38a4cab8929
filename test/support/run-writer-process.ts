/** A process that writes one run after the other until it is killed: node bundle.mjs OUT. Finished runs are left. */
import { join } from "node:path";
import { runId } from "../../src/spec/identity.ts";
import { runStatus } from "../../src/store/index.ts";
import { specOf, writeRun } from "./run-writer.ts";

const out = process.argv[2]!;
for (let seed = 0; seed < 100_000; seed++) {
  if (runStatus(join(out, runId(specOf(seed)))) !== "finished") await writeRun(out, seed);
}
