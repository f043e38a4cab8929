#!/usr/bin/env node
// npm test [-- VITEST ARGUMENTS]: installs what is missing, builds, runs the tests (types and lint are two of them),
// and closes with `N passed, N failed` alone on the last line.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

/** Runs vitest; the reporter test/closing-line-reporter.ts leaves its closing line in a file for the end. */
function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), "toy-cis-test-"));
  const closingLine = join(folder, "closing-line");
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TOY_CIS_CLOSING_LINE: closingLine },
  });
  let line = "0 passed, 1 failed";
  try {
    line = readFileSync(closingLine, "utf8");
  } catch {
    // vitest stopped before its reporters were called: that is the one failure.
  }
  rmSync(folder, { recursive: true });
  // A run can fail without a failing test, for instance when a filter matches none.
  if (status !== 0) line = line.replace(" 0 failed", " 1 failed");
  return { status: status ?? 1, line };
}

let result = { status: 1, line: "0 passed, 1 failed" };
try {
  ensureInstalled();
  const { build } = await import("./build.mjs");
  await build();
  result = runTests(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
}
console.log(`\n${result.line}`);
process.exitCode = result.status;
