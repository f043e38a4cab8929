#!/usr/bin/env node
// npm start: installs what is missing, builds, and reproduces the study of compressed computation in its quick mode.
// Words after -- are passed on: npm start -- --out DIR.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

try {
  ensureInstalled();
  const { build } = await import("./build.mjs");
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const words = ["reproduce", "compressed-computation", "--quick", ...process.argv.slice(2)];
const command = spawnSync(process.execPath, [join(root, "bin/toy-cis.js"), ...words], { stdio: "inherit" });
process.exit(command.status ?? 1);
