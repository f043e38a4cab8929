/** `toy-cis baselines`: what untrained solutions reach for a spec's labels, and what no network can go below. */
import { type Baselines, baselines } from "../../src/baseline/index.ts";
import type { Spec } from "../../src/spec/index.ts";
import { mixingOf } from "../../src/store/index.ts";
import type { Context } from "../context.ts";
import { standardPreset } from "../parameters.ts";
import { startProgress } from "../progress.ts";
import { specOf, specWords } from "../spec-source.ts";
import { type Cell, table } from "../table.ts";
import type { Terminal } from "../terminal.ts";

interface Parts {
  readonly lossPerP: number;
  readonly linear: number | null;
  readonly even: number | null;
}
type Baseline = Parts & { readonly exactlyOne: Parts };

/** Prints every baseline and the bound, for the spec's data and for exactly one active feature. */
export async function baselinesCommand(
  this: Context,
  flags: { readonly restarts?: number; readonly json: boolean },
  ...words: readonly string[]
): Promise<void> {
  const spec = await specOf(specWords(words), standardPreset);
  const progress = startProgress("factoring", this.terminal, () => performance.now());
  const { json, ...restarts } = flags;
  const found = await baselines(spec, await mixingOf(spec), { ...restarts, onProgress: progress.show });
  progress.end();
  if (json) this.terminal.printJson(withoutNetworks(found));
  else this.terminal.print(report(spec, found, this.terminal));
}

/** The numbers alone: the networks that attain them are matrices. */
function withoutNetworks(found: object): Record<string, unknown> {
  const entries = Object.entries(found).filter(([name]) => name !== "network");
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isRecord(value) ? withoutNetworks(value) : value]),
  );
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function report({ data, model }: Spec, found: Baselines, terminal: Terminal): string {
  const named: readonly (readonly [string, Baseline | null])[] = [
    ["naive, clean labels", found.naive],
    ["naive", found.naive?.withMixing ?? null],
    ["naive + offset", found.offset],
    ["zero", found.zero],
    ["half identity", found.halfIdentity],
    ["SVD net", found.svd],
    ["semi-NMF", found.snmf],
    ["semi-NMF, published", found.snmf?.published ?? null],
    ["complementary semi-NMF", found.complementarySnmf],
    ["rank bound", found.rankBound],
  ];
  const isLeftOut = (name: string) => found.naive !== null && name !== "rank bound";
  const rows = named.flatMap(([name, baseline]) => {
    if (baseline !== null) return [rowOf(name, baseline)];
    return isLeftOut(name) ? [] : [[name, ...Array<null>(6).fill(null)]];
  });
  const header = ["L/p", density({ data, model }), "linear", "even", "one active", "linear", "even"];
  const bound =
    found.rankBound === null
      ? []
      : [
          `No network of this width goes below the rank bound: in L/p as a whole${partsText(found.rankBound)}.`,
        ];
  return [table(header, rows, terminal), "", ...bound, ...found.notes].join("\n");
}

const partsText = ({ exactlyOne }: Baseline): string =>
  exactlyOne.linear === null ? "" : ", and in either part (ReLU, no bias)";

function rowOf(name: string, { lossPerP, linear, even, exactlyOne }: Baseline): readonly Cell[] {
  return [name, lossPerP, linear, even, exactlyOne.lossPerP, exactlyOne.linear, exactlyOne.even];
}

function density({ data, model }: Pick<Spec, "data" | "model">): string {
  if (data.kind === "exactly") return `exactly ${data.k} of ${model.features}`;
  return data.kind === "bernoulli" ? `p = ${data.p}` : data.kind;
}
