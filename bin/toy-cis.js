#!/usr/bin/env node
// Starts the built command line. Plain JavaScript, so that a checkout without dist/ gets a sentence, not a stack.
import { existsSync } from "node:fs";

const entry = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(entry)) {
  const { main } = await import(entry.href);
  // A reader such as head may close the pipe early; that is no failure of the command.
  process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error(
    "toy-cis: dist/ is missing, so nothing is built yet. Run npm ci, or npm run build, in the checkout.",
  );
  process.exitCode = 1;
}
