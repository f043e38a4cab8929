#!/usr/bin/env node
// Writes docs/studies from the kept results of a reproduction; trains and measures nothing.
//
//   npx toy-cis reproduce --out FOLDER && node scripts/study-pages.mjs FOLDER [--quick] [STUDY…]
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false } },
});
const [folder, ...names] = positionals;
if (folder === undefined) {
  console.error("study-pages: need the folder of a reproduction. Name it after the script.");
  process.exit(2);
}
await build();
const { resultsOf, studies, studyOf } = await import("toy-cis/study");
const { keptResult, writePages } = await import("toy-cis/store");

const mode = values.quick ? "quick" : "full";
const flag = values.quick ? " --quick" : "";

/** A study's conclusion from what is kept. Throws when a result is missing. */
function concluded(study) {
  const command = `npx toy-cis reproduce ${study.name}${flag}`;
  const tasks = study.plan(mode);
  const results = new Map(tasks.map((task) => [task.key, keptResult(folder, task)]));
  const missing = [...results].find(([, result]) => result === null);
  if (missing !== undefined) {
    throw new Error(
      `${folder}: need the result of ${study.name}, ${missing[0]}. Run: ${command} --out ${folder}`,
    );
  }
  return { study, tasks, command, conclusion: study.conclude(resultsOf(tasks, results, command), mode) };
}

const chosen = names.length === 0 ? studies : names.map(studyOf);
const out = join(dirname(fileURLToPath(import.meta.url)), "../docs/studies");
await writePages(out, chosen.map(concluded));
console.log(`wrote ${chosen.length} pages to docs/studies`);
