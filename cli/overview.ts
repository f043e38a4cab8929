/**
 * `npm start`: trains the four kinds of labels of Bhagat et al. 2026 (arXiv 2606.14673) and shows each beside its
 * baselines and bound, with one sentence on what it means. Words are changes for all four: `training.steps=500`.
 */
import { pathToFileURL } from "node:url";
import { type Baselines, baselines } from "../src/baseline/index.ts";
import { preset } from "../src/spec/index.ts";
import { mixingOf, type RunReport } from "../src/store/index.ts";
import { failureOf, Mistake } from "./failure.ts";
import { table } from "./table.ts";
import { type Streams, type Terminal, terminalOf } from "./terminal.ts";
import { trainRun } from "./train-run.ts";

const kinds: readonly (readonly [label: string, preset: string])[] = [
  ["clean", "cc-clean"],
  ["embedding", "cc-embedding"],
  ["symmetric", "cc-symmetric"],
  ["asymmetric", "cc-asymmetric"],
];

/** One kind of labels: what was trained on it, and what that is read against. Losses are L/p. */
export interface OverviewRow {
  readonly label: string;
  readonly id: string;
  readonly lossPerP: number;
  readonly linear: number;
  readonly even: number;
  /** The naive network on clean labels, the literature's line; then under these labels. */
  readonly naive: number;
  readonly naiveWithMixing: number;
  /** Naive with the best constant leak, on clean labels as `naive` is. */
  readonly offset: number;
  readonly rankBound: number;
  readonly linearBound: number;
  readonly evenBound: number;
}

/** The naive network's two parts on clean labels, each half of its loss. */
interface NaiveRow {
  readonly label: "naive";
  readonly lossPerP: number;
  readonly linear: number;
  readonly even: number;
}

/** Trains the four kinds, or reads their runs when they are finished, and sets baselines beside them. */
async function overviewRows(
  overrides: readonly string[],
  terminal: Terminal,
): Promise<readonly OverviewRow[]> {
  const rows: OverviewRow[] = [];
  for (const [index, [label, name]] of kinds.entries()) {
    const spec = preset(name, overrides);
    const progress = `training on ${label} labels, ${index + 1} of ${kinds.length}`;
    const options = { out: "runs", again: false, terminal, label: progress, resume: "npm start" };
    const trained = await trainRun(spec, options);
    rows.push(rowOf(label, trained, await baselines(spec, await mixingOf(spec), { restarts: 0 })));
  }
  return rows;
}

function rowOf(label: string, trained: RunReport, { naive, offset, rankBound }: Baselines): OverviewRow {
  const { id, lossPerP } = trained;
  const [linear, even] = partsOf(label, trained);
  const [linearBound, evenBound] = partsOf(label, rankBound);
  const untrained = {
    naive: naive.lossPerP,
    naiveWithMixing: naive.withMixing.lossPerP,
    offset: offset.clean.lossPerP,
    rankBound: rankBound.lossPerP,
  };
  return { label, id, lossPerP, linear, even, ...untrained, linearBound, evenBound };
}

type Parts = { readonly linear: number | null; readonly even: number | null };

function partsOf(label: string, { linear, even }: Parts): readonly [linear: number, even: number] {
  if (linear !== null && even !== null) return [linear, even];
  throw new Mistake(`${label}: only symmetric values split into two parts. Leave data.values as it is.`);
}

function naiveOf([first]: readonly OverviewRow[]): NaiveRow {
  const { naive } = first!;
  return { label: "naive", lossPerP: naive, linear: naive / 2, even: naive / 2 };
}

/** The table and its sentence. */
export function overviewText(rows: readonly OverviewRow[], terminal: Terminal): string {
  const header = ["labels", "L/p", "linear", "even", "naive", "naive + offset", "rank bound"];
  const cells = rows.map(({ label, lossPerP, linear, even, naive, offset, rankBound }) => {
    return [label, lossPerP, linear, even, naive, offset, rankBound];
  });
  return `${table(header, cells, terminal)}\n\n${meaning(rows)}\n\nNext: npx toy-cis --help`;
}

/** What the numbers say; the claim is made only when they carry it. */
function meaning(rows: readonly OverviewRow[]): string {
  const naive = naiveOf(rows);
  // A hundredth is more than chance moves the loss.
  const better = rows.filter(({ lossPerP }) => lossPerP < 0.99 * naive.lossPerP);
  if (better.length === 0 || better.some(({ even }) => even < naive.even)) {
    return "L/p is the squared error per output divided by p; naive gives each neuron one feature.";
  }
  const names = better.map(({ label }) => label).join(", ");
  return [
    `Where the network beats naive (${names}), it wins in the linear part alone and computes the`,
    "even part, where the nonlinearity is, worse than naive: its advantage is a linear fit to the mixing matrix in",
    "the labels, not computation in superposition.",
  ].join("\n");
}

/** Runs the overview and gives its exit code. @param args changes to the specs, and --json. */
export async function main(args: readonly string[], streams: Streams = process): Promise<number> {
  const terminal = terminalOf(streams);
  try {
    const flag = args.find((word) => word.startsWith("-") && word !== "--json");
    if (flag !== undefined)
      throw new Mistake(`${flag}: unknown flag. npm start -- takes key=value and --json.`, 2);
    const overrides = args.filter((word) => word !== "--json");
    const rows = await overviewRows(overrides, terminal);
    if (args.includes("--json")) terminal.printJson({ rows: [naiveOf(rows), ...rows] });
    else terminal.print(overviewText(rows, terminal));
    return 0;
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    terminal.note(message);
    return exitCode;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
