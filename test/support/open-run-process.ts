/** Opens and closes one run, and prints the error's message if that fails: node bundle.mjs OUT. */
import { closeRun, openRun } from "../../src/store/index.ts";
import { specOf } from "./run-writer.ts";

try {
  closeRun(openRun(process.argv[2]!, { spec: specOf(0), version: "0.0.0", clock: () => new Date(0) }));
} catch (error) {
  process.stdout.write(error instanceof Error ? `${error.name}: ${error.message}` : "not an error");
}
