#!/usr/bin/env node
// toy-cis beside PyTorch: the same training step, the same recipe, one thread each, interleaved in short rounds.
//
//   npm run bench:peers [-- --python PATH … --node PATH … --rounds 5 --seconds 2 --json]
//
// First every side trains the recipe to the end and must reach the same loss; only then is anything timed.
// Every timing is a process of its own, so that no side inherits another's caches or clock speed.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mixingMatrix } from "toy-cis/data";
import { writeNpy } from "toy-cis/formats";
import { preset } from "toy-cis/spec";
import { findPythons } from "./pythons.mjs";
import { median, spread } from "./statistics.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const checkout = join(here, "..");
/** By increasing effort. */
const scripts = [
  { file: "cc_torch.py", says: "as a researcher writes it" },
  { file: "cc_torch_sparse.py", says: "the same with an expert's sparse sampler" },
  { file: "cc_torch_rows.py", says: "tuned: empty rows dropped, AdamW fused or foreach" },
  { file: "cc_torch_gram.py", says: "toy-cis's algebra in PyTorch" },
];
/** Sides may differ by their seeds: at 2,000 steps L/p scatters by about .0005 from one seed to the next. */
const lossTolerance = 0.002;
const checkSteps = 2000;

const { values: options } = parseArgs({
  options: {
    python: { type: "string", multiple: true, default: [] },
    node: { type: "string", multiple: true, default: [process.execPath] },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    json: { type: "boolean", default: false },
  },
});
const say = options.json ? () => {} : console.log;

/** The mixing matrix of the preset as a file that numpy reads, so that all sides learn the same labels. */
function writeMixing(folder) {
  const M = mixingMatrix(preset("compressed-computation").labels.mixing, 100);
  const path = join(folder, "M.npy");
  writeFileSync(path, writeNpy({ dtype: "F32", shape: M.shape, data: M.data }));
  return path;
}

function ownSides() {
  return options.node.map((path) => ({
    name: `toy-cis, Node ${execFileSync(path, ["--version"], { encoding: "utf8" }).trim().slice(1)}`,
    own: true,
    command: path,
    args: [join(here, "peers/cc_toy_cis.mjs")],
  }));
}

function peerSides(pythons, mixing) {
  return pythons.flatMap((python) =>
    scripts.map(({ file, says }) => ({
      name: `PyTorch ${python.torch}, ${says}`,
      own: false,
      command: python.path,
      args: [join(here, "peers", file), "--mixing", mixing],
    })),
  );
}

/** Runs one side for a number of steps in a process of its own, on one thread. */
function run(side, steps, seed) {
  const env = { ...process.env, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const args = [...side.args, "--steps", `${steps}`, "--seed", `${seed}`];
  return JSON.parse(
    execFileSync(side.command, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "inherit"] }),
  );
}

/** Trains every side to the end. Throws when two reach different losses: then they do different work. */
function checkEquality(sides) {
  say(`Same recipe to the end first, ${checkSteps} steps, half a minute or so a PyTorch. L/p at p = 0.01:`);
  const records = sides.map((side) => run(side, checkSteps, 0));
  for (const [i, side] of sides.entries()) say(`  ${records[i].finalLoss.toFixed(4)}  ${side.name}`);
  const losses = records.map((record) => record.finalLoss);
  const apart = Math.max(...losses) - Math.min(...losses);
  if (apart > lossTolerance) {
    const [shown, allowed] = [apart.toFixed(4), lossTolerance];
    throw new Error(`bench: losses are ${shown} apart, more than ${allowed}: the sides do different work.`);
  }
  warnOfSlowPeers(sides, records);
  return records;
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

/** Interleaved rounds: speeds[side][round]. Each side's steps are chosen so that a round takes about as long for all. */
function timeRounds(sides, records) {
  const seconds = Number(options.seconds);
  const steps = records.map((record) => Math.max(100, Math.round(record.stepsPerSecond * seconds)));
  const speeds = sides.map(() => []);
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [i, side] of sides.entries()) speeds[i].push(run(side, steps[i], round).stepsPerSecond);
  }
  return speeds;
}

/** Ratios are taken within a round, where the machine was in one mood, and only then summarised. */
function summarise(sides, speeds) {
  const peers = sides.map((side, i) => ({ side, speeds: speeds[i] })).filter(({ side }) => !side.own);
  const own = sides.map((side, i) => ({ side, speeds: speeds[i] })).filter(({ side }) => side.own);
  return own.flatMap((ours) =>
    peers.map((peer) => ({
      ours: ours.side.name,
      peer: peer.side.name,
      ratio: spread(ours.speeds.map((speed, round) => speed / peer.speeds[round])),
    })),
  );
}

function printSummary(sides, speeds, ratios) {
  say(
    `\nSteps a second, one thread, median of ${options.rounds} interleaved rounds of about ${options.seconds} s`,
  );
  for (const [i, side] of sides.entries()) say(`  ${median(speeds[i]).toFixed(0).padStart(6)}  ${side.name}`);
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

const folder = mkdtempSync(join(tmpdir(), "toy-cis-peers-"));
try {
  const { pythons, without } = findPythons(options.python, checkout);
  say(`${cpus()[0].model}, ${cpus().length} cores, ${process.platform}`);
  sayWhatIsMissing(pythons, without);
  const sides = [...ownSides(), ...peerSides(pythons, writeMixing(folder))];
  const records = checkEquality(sides);
  const speeds = timeRounds(sides, records);
  const ratios = summarise(sides, speeds);
  printSummary(sides, speeds, ratios);
  if (options.json) {
    const named = sides.map((side, i) => ({ name: side.name, ...records[i], speeds: speeds[i] }));
    console.log(JSON.stringify({ cpu: cpus()[0].model, sides: named, ratios }, null, 2));
  }
  if (without.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
