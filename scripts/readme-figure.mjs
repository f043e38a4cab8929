#!/usr/bin/env node
// Copies the picture of the README from the figures of a reproduction:
//
//   npm start && node scripts/readme-figure.mjs
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const [folder = join(root, "reproduction")] = process.argv.slice(2);
const source = join(folder, "figures/odd-even-split.svg");
if (!existsSync(source)) {
  console.error(`readme-figure: need ${source}, got no such file. Run npm start first.`);
  process.exit(1);
}
const target = join(root, "docs/images/odd-even-split.svg");
copyFileSync(source, target);
console.error(`wrote ${target}`);
