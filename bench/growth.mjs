#!/usr/bin/env node
// How the speed of training goes with features, neurons, batch and density: each varied alone, on three kinds of network.
//
//   npm run bench:growth [-- --rounds 3 --json --keep]
//
// A number is the best of some rounds over all points, since other work only slows them down. `--keep` writes them to
// bench/results/growth.json for `npm run bench:report`.
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { preset } from "toy-cis/spec";
import { speedOf } from "./speed.mjs";

/** A window takes as many steps as it needs. */
const endless = 1_000_000_000;
const kinds = [
  { label: "squares, Gram kernels", preset: "compressed-computation", overrides: {} },
  { label: "fourth powers", preset: "l4", overrides: {} },
  {
    label: "toy model of superposition",
    preset: "tms-relu",
    overrides: {
      "model.features": 100,
      "model.neurons": 20,
      "data.p": 0.05,
      "loss.importance.kind": "uniform",
    },
  },
];
const sizes = [
  { size: "features, n", field: "model.features", values: [20, 50, 100, 200, 500, 1000] },
  { size: "neurons, h", field: "model.neurons", values: [5, 10, 20, 50, 100, 200, 500] },
  { size: "samples in a batch, B", field: "training.batch", values: [64, 256, 1024, 4096, 16384] },
  { size: "density of the inputs, p", field: "data.p", values: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1] },
];

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});

/** Processes at work on the machine before it all, over a minute: more than cores mean a busy machine. */
const load = loadavg()[0];

const points = sizes.flatMap(({ size, field, values }) =>
  kinds.flatMap(({ label, preset: name, overrides }) =>
    values.map((value) => {
      const all = { ...overrides, [field]: value, "training.steps": endless };
      const words = Object.entries(all).map(([key, set]) => `${key}=${set}`);
      return { size, label, value, spec: preset(name, words) };
    }),
  ),
);

const best = new Map();
const rounds = Number(options.rounds);
for (let round = 0; round < rounds; round++) {
  for (const [i, point] of points.entries()) {
    if (process.stderr.isTTY)
      process.stderr.write(`\rround ${round + 1} of ${rounds}, ${i + 1} of ${points.length} `);
    const measured = speedOf(point.spec);
    if (!(measured.speed < best.get(point)?.speed)) best.set(point, measured);
  }
}
if (process.stderr.isTTY) process.stderr.write("\n");

const record = {
  cpu: cpus()[0].model,
  cores: cpus().length,
  load,
  node: process.versions.node,
  rounds,
  points: points.map((point) => {
    const { size, label, value } = point;
    const { speed, kernelPath } = best.get(point);
    return { size, label, value, kernelPath, stepsPerSecond: Number(speed.toPrecision(4)) };
  }),
};

/** A table a size: values down, kinds across. */
function printTables() {
  console.log(`Steps a second, one thread, best of ${rounds} rounds. Node ${record.node}, ${record.cpu}`);
  for (const { size, values } of sizes) {
    console.log(`\n${size.padEnd(26)}${kinds.map(({ label }) => label.padStart(28)).join("")}`);
    for (const value of values) {
      const cells = kinds.map(({ label }) => {
        const { stepsPerSecond } = record.points.find(
          (point) => point.size === size && point.label === label && point.value === value,
        );
        return `${stepsPerSecond}`.padStart(28);
      });
      console.log(`${`${value}`.padEnd(26)}${cells.join("")}`);
    }
  }
}

const text = JSON.stringify(record, null, 2);
if (options.json) console.log(text);
else printTables();
if (options.keep) writeFileSync(new URL("results/growth.json", import.meta.url), `${text}\n`);
