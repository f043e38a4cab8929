#!/usr/bin/env node
// toy-cis beside PyTorch: the same training step, the same recipe, one thread each, interleaved in short rounds.
//
//   npm run bench:peers [-- --recipe cc|l4|tms|tms-spread … --python PATH … --node PATH … --rounds 5 --seconds 2
//                           --json --keep]
//
// First every side trains the recipe to the end and must reach the same loss; only then is anything timed.
// Every timing is a process of its own, so that no side inherits another's caches or clock speed. `--keep` writes
// the numbers to bench/results/peers.json for `npm run bench:report`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mixingMatrix } from "toy-cis/data";
import { writeNpy } from "toy-cis/formats";
import { preset } from "toy-cis/spec";
import { findPythons } from "./pythons.mjs";
import { recipes } from "./recipes.mjs";
import { ratiosOf, sidesOf, timeRounds, trainToEnd } from "./rounds.mjs";
import { median } from "./statistics.mjs";

const checkout = join(dirname(fileURLToPath(import.meta.url)), "..");

const { values: options } = parseArgs({
  options: {
    recipe: { type: "string", multiple: true, default: [] },
    python: { type: "string", multiple: true, default: [] },
    node: { type: "string", multiple: true, default: [process.execPath] },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const roundOptions = { rounds: Number(options.rounds), seconds: Number(options.seconds) };
const say = options.json ? () => {} : console.log;

/** The recipes asked for, all unless told. */
function chosenRecipes() {
  const names = recipes.map(({ name }) => name);
  const unknown = options.recipe.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(`bench: need the name of a recipe, got "${unknown}". They are ${names.join(", ")}.`);
  }
  return recipes.filter(({ name }) => options.recipe.length === 0 || options.recipe.includes(name));
}

/** The mixing matrix of the preset as a file that numpy reads, so that all sides learn the same labels. */
function writeMixing(folder) {
  const M = mixingMatrix(preset("compressed-computation").labels.mixing, 100);
  const path = join(folder, "M.npy");
  writeFileSync(path, writeNpy({ dtype: "F32", shape: M.shape, data: M.data }));
  return path;
}

function warnOfSlowPeers(sides, records) {
  for (const [i, record] of records.entries()) {
    if (record.blas !== "reference") continue;
    say(
      `\n${sides[i].name} calls the reference BLAS, about ten times slower than OpenBLAS: not a fair peer.`,
    );
    say("  Mend: apt-get install libopenblas0-pthread");
  }
  if (process.env.OPENBLAS_CORETYPE) {
    say(
      `\nOPENBLAS_CORETYPE=${process.env.OPENBLAS_CORETYPE} is set and may slow OpenBLAS. Unset it to compare.`,
    );
  }
}

function printSummary({ modelSteps }, sides, speeds, ratios) {
  const times = modelSteps === 1 ? "Steps a second" : `Steps of all ${modelSteps} models a second`;
  say(`\n${times}, one thread, median of ${options.rounds} interleaved rounds of about ${options.seconds} s`);
  for (const [i, side] of sides.entries()) {
    const speed = median(speeds[i]);
    say(`  ${speed.toFixed(speed < 100 ? 1 : 0).padStart(6)}  ${side.name}`);
  }
  say("\nRatio within a round: median (least – most)");
  for (const { ours, peer, ratio } of ratios) {
    const [middle, least, most] = [ratio.median, ratio.least, ratio.most].map((value) => value.toFixed(1));
    say(`  ${middle.padStart(6)}× (${least} – ${most})  ${ours} over ${peer}`);
  }
}

function sayWhatIsMissing(pythons, without) {
  for (const path of without) say(`No PyTorch at ${path}.`);
  if (pythons.length > 0) return;
  say("No Python with PyTorch was found, so toy-cis is timed alone. To compare, do one of:");
  say("  apt-get install python3-torch libopenblas0-pthread");
  say("  python3 -m venv .venv-peers && .venv-peers/bin/pip install torch numpy");
  say("  npm run bench:peers -- --python /path/to/python   (or TOY_CIS_PEERS=/path/one:/path/two)");
}

/** Checks and times one recipe: `sides` with their speeds, and `ratios`. */
function measure(recipe, hosts) {
  const sides = sidesOf(recipe, hosts);
  say(`\n${recipe.title}`);
  say(`To the end first, ${recipe.steps} steps, half a minute or so a PyTorch. ${recipe.loss}:`);
  const records = trainToEnd(recipe, sides, (side, { finalLoss }) =>
    say(`  ${finalLoss.toPrecision(3)}  ${side.name}`),
  );
  warnOfSlowPeers(sides, records);
  const speeds = timeRounds(recipe, sides, records, roundOptions);
  const ratios = ratiosOf(sides, speeds);
  printSummary(recipe, sides, speeds, ratios);
  const { name, modelSteps } = recipe;
  return {
    sides: sides.map((side, i) => {
      const { name: sideName, says } = side;
      return { recipe: name, modelSteps, name: sideName, says, ...records[i], speeds: speeds[i] };
    }),
    ratios: ratios.map((ratio) => ({ recipe: name, ...ratio })),
  };
}

const folder = mkdtempSync(join(tmpdir(), "toy-cis-peers-"));
try {
  const asked = chosenRecipes();
  const { pythons, without } = findPythons(options.python, checkout);
  const machine = { cpu: cpus()[0].model, cores: cpus().length, load: loadavg()[0] };
  say(`${machine.cpu}, ${machine.cores} cores, ${process.platform}, load ${machine.load.toFixed(1)}`);
  sayWhatIsMissing(pythons, without);
  const hosts = { nodes: options.node, pythons, mixing: writeMixing(folder) };
  const measured = asked.map((recipe) => measure(recipe, hosts));
  const sides = measured.flatMap((one) => one.sides);
  const ratios = measured.flatMap((one) => one.ratios);
  const text = JSON.stringify({ ...machine, ...roundOptions, sides, ratios }, null, 2);
  if (options.json) console.log(text);
  if (options.keep) writeFileSync(new URL("results/peers.json", import.meta.url), `${text}\n`);
  if (without.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
