#!/usr/bin/env node
// Draws docs/images/odd-even-split.svg from the records of the overview:
//
//   npm start --silent -- --json > overview.json && node scripts/readme-figure.mjs overview.json
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseHTML } from "linkedom";
import { oddEvenFigure } from "toy-cis/figure";
import { root } from "./install.mjs";

const [source, target = join(root, "docs/images/odd-even-split.svg")] = process.argv.slice(2);
if (!source) {
  console.error(
    "readme-figure: need the overview's records, got no file. Give the output of npm start -- --json.",
  );
  process.exit(1);
}
const { rows } = JSON.parse(readFileSync(source, "utf8"));
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, oddEvenFigure(rows, { document: parseHTML("<html></html>").document }).svg);
console.error(`wrote ${target}`);
