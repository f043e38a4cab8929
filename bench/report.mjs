#!/usr/bin/env node
// Writes docs/benchmarks.md and its figure from kept numbers: all of its numbers come from two commands.
//
//   npm run bench:peers -- --keep && npm run bench:growth -- --keep && npm run bench:report
import { readFileSync, writeFileSync } from "node:fs";
import { parseHTML } from "linkedom";
import { scalingFigure } from "toy-cis/figure";
import { recipes } from "./recipes.mjs";
import { median } from "./statistics.mjs";

const root = new URL("..", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`bench/results/${name}.json`, root), "utf8"));

const unique = (values) => [...new Set(values)];
const rate = (value) => value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 1 : 0 });
const ratioText = ({ median: middle, least, most }) =>
  `**${middle.toFixed(1)}×** (${least.toFixed(1)} – ${most.toFixed(1)})`;
const row = (cells) => `| ${cells.join(" | ")} |`;

/** The processor, and how many processes worked beside: the load average before the first timing. */
const machineText = ({ cpu, cores, load }) =>
  `${cpu}, ${cores} cores, load average ${load.toFixed(1)} before the start`;

/** A table a recipe: scripts down, PyTorch versions across. */
function peerTable({ name, title, modelSteps, steps, loss, tolerance, peers }, { sides, ratios }) {
  const mine = sides.filter((side) => side.recipe === name);
  const versions = unique(mine.map(({ torch }) => torch).filter(Boolean));
  const own = mine.filter(({ torch }) => torch === undefined);
  const cell = (torch, says) => {
    const side = mine.find((one) => one.torch === torch && one.says === says);
    return side && ratioText(ratios.find((one) => one.recipe === name && one.peer === side.name).ratio);
  };
  const speeds = own.map((side) => `${side.name}: ${rate(median(side.speeds))} (${side.kernelPath})`);
  const losses = mine.map(({ finalLoss }) => finalLoss);
  const [least, most] = [Math.min(...losses), Math.max(...losses)].map((value) => value.toPrecision(3));
  return `### ${title}

Steps a second${modelSteps === 1 ? "" : ` of all ${modelSteps} models`}: ${speeds.join("; ")}. After ${steps} steps all sides are at a
loss (${loss}) from ${least} to ${most}; the most that may be between them is ${tolerance}.

${row(["toy-cis over the PyTorch script", ...versions.map((version) => `PyTorch ${version}`)])}
${row(["---", ...versions.map(() => "---")])}
${peers.map(({ file, says }) => row([`[${says}](../bench/peers/${file})`, ...versions.map((version) => cell(version, says))])).join("\n")}
`;
}

function growthFigure({ points }) {
  const labels = unique(points.map(({ label }) => label));
  const panels = unique(points.map(({ size }) => size)).map((size) => ({
    size,
    curves: labels.map((label) => ({
      label,
      points: points
        .filter((point) => point.size === size && point.label === label)
        .map(({ value, stepsPerSecond }) => ({ x: value, y: stepsPerSecond })),
    })),
  }));
  const { document } = parseHTML("<html></html>");
  return scalingFigure({ quantity: "steps a second", panels }, { document });
}

const peers = read("peers");
const growth = read("growth");
writeFileSync(new URL("docs/images/speed-over-sizes.svg", root), growthFigure(growth).svg);
writeFileSync(
  new URL("docs/benchmarks.md", root),
  `# Benchmarks

Written by \`npm run bench:report\` from the kept numbers of the commands below. Speeds are one machine's, one thread's:
run the commands for yours.

## Beside PyTorch

\`\`\`sh
npm run bench:peers -- --keep
\`\`\`

${machineText(peers)}. The same training step on one thread each, ${peers.rounds} interleaved rounds of about ${peers.seconds} s, every timing a process of
its own. Ratios are taken within a round: median (least – most). Before anything is timed, every side trains the same
recipe and must reach the same loss. Scripts are listed by increasing effort; the first is what a researcher writes.

${recipes.map((recipe) => peerTable(recipe, peers)).join("\n")}
## Over sizes

\`\`\`sh
npm run bench:growth -- --keep
\`\`\`

${machineText(growth)}. Node ${growth.node}, one thread, best of ${growth.rounds} rounds. Each size is varied alone, from the presets
\`compressed-computation\` (n = 100, h = 50, B = 2048, p = 0.01), \`l4\` (n = 100, h = 50, B = 8192, p = 0.02), and \`tms-relu\` with
n = 100, h = 20, B = 1024, p = 0.05.

![Steps a second over features, neurons, batch and density, for three kinds of network](images/speed-over-sizes.svg)

The first is computed by Gram kernels (dense ones above p = 0.3), the others by general ones; why there are two is in
[Gradients by the Gram path](decisions/gram-path.md) and [the general path](decisions/general-path.md).
\`npx toy-cis bench\` times a dozen shapes in a quarter of a minute.
`,
);
