#!/usr/bin/env node
// npm start: installs what is missing, builds, and shows the overview: the four label kinds, trained and bounded.
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
const overview = spawnSync(process.execPath, [join(root, "dist/cli/overview.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(overview.status ?? 1);
