// Sides of a recipe: trained to the same loss first, and then timed in interleaved rounds.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spread } from "./statistics.mjs";

const scripts = join(dirname(fileURLToPath(import.meta.url)), "peers");

/** Every Node's toy-cis and every Python's scripts. @param mixing path of M for recipes with one */
export function sidesOf(recipe, { nodes, pythons, mixing }) {
  const flags = recipe.flags;
  const own = nodes.map((path) => ({
    name: `toy-cis, Node ${execFileSync(path, ["--version"], { encoding: "utf8" }).trim().slice(1)}`,
    own: true,
    command: path,
    args: [join(scripts, recipe.own), ...flags],
  }));
  const peers = pythons.flatMap((python) =>
    recipe.peers.map(({ file, says }) => ({
      name: `PyTorch ${python.torch}, ${says}`,
      says,
      own: false,
      command: python.path,
      args: [join(scripts, file), ...flags, ...(recipe.mixed ? ["--mixing", mixing] : [])],
    })),
  );
  return [...own, ...peers];
}

/** Runs one side for a number of steps in a process of its own, on one thread. */
function run(side, steps, seed) {
  const env = { ...process.env, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const args = [...side.args, "--steps", `${steps}`, "--seed", `${seed}`];
  return JSON.parse(
    execFileSync(side.command, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", "inherit"] }),
  );
}

/**
 * Trains every side to the end. Throws when two reach different losses: then they do different work.
 * @param heard - called with every side and its record
 */
export function trainToEnd({ name, steps, tolerance }, sides, heard) {
  const records = sides.map((side) => {
    const record = run(side, steps, 0);
    heard(side, record);
    return record;
  });
  const losses = records.map((record) => record.finalLoss);
  const apart = Math.max(...losses) - Math.min(...losses);
  if (apart <= tolerance) return records;
  const shown = apart.toPrecision(2);
  throw new Error(
    `bench: losses of ${name} are ${shown} apart, more than ${tolerance}: the sides do different work.`,
  );
}

/**
 * Interleaved rounds: speeds[side][round] in steps a second. Each side's steps are chosen so that a round takes about as
 * long for all.
 */
export function timeRounds({ leastSteps }, sides, records, { rounds, seconds }) {
  const steps = records.map((record) => Math.max(leastSteps, Math.round(record.stepsPerSecond * seconds)));
  const speeds = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, side] of sides.entries()) speeds[i].push(run(side, steps[i], round).stepsPerSecond);
  }
  return speeds;
}

/** Ratios are taken within a round, where the machine was in one mood, and only then summarised. */
export function ratiosOf(sides, speeds) {
  const all = sides.map((side, i) => ({ side, speeds: speeds[i] }));
  const peers = all.filter(({ side }) => !side.own);
  return all
    .filter(({ side }) => side.own)
    .flatMap((ours) =>
      peers.map((peer) => ({
        ours: ours.side.name,
        peer: peer.side.name,
        ratio: spread(ours.speeds.map((speed, round) => speed / peer.speeds[round])),
      })),
    );
}
