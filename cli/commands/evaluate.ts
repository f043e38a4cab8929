/** `toy-cis evaluate`: the loss of a run, or of weights from elsewhere, on fresh inputs. */
import {
  type EvaluatedLoss,
  evaluateLoss,
  type InputDistribution,
  perFeatureLoss,
} from "../../src/evaluate/index.ts";
import type { Spec } from "../../src/spec/index.ts";
import type { Context } from "../context.ts";
import { Mistake } from "../failure.ts";
import type { Mapped } from "../parameters.ts";
import { startProgress } from "../progress.ts";
import { absentReferences, powerBoundAt, type References, referencesAt } from "../references.ts";
import { numberText, table } from "../table.ts";
import { findTarget, type Target } from "../target.ts";
import type { Terminal } from "../terminal.ts";

interface Flags {
  readonly p?: readonly number[];
  readonly exactly?: number;
  readonly map?: Mapped;
  readonly out: string;
  readonly json: boolean;
}

/** A loss of the squared error beside what to read it against, all L/p. */
interface Row extends EvaluatedLoss, References {
  /** Which inputs: the kind of `data`. */
  readonly data: InputDistribution["kind"];
  /** The loss that the spec trains, L^q/p, unweighted; there for exponents but 2. */
  readonly power?: {
    readonly exponent: number;
    readonly mean: number;
    readonly stderr: number;
    /** What no network goes below; null where there is no such bound. */
    readonly bound: number | null;
  };
}

/** Prints L/p over a grid of p, or for exactly K active features, and the loss of every feature. */
export async function evaluateCommand(
  this: Context,
  flags: Flags,
  ...[name, ...words]: readonly [string, ...string[]]
): Promise<void> {
  const { terminal } = this;
  if (flags.p !== undefined && flags.exactly !== undefined) {
    throw new Mistake("--exactly: not together with --p. Leave one of them out.", 2);
  }
  const target = await findTarget(name, words, flags);
  const distributions = distributionsOf(target.spec, flags);
  const asked = flags.p !== undefined || flags.exactly !== undefined;
  const featureInputs = asked ? distributions[0]! : target.spec.data;
  const { rows, perFeature } = await evaluated(target, distributions, featureInputs, terminal);
  const { path, assumptions } = target;
  const notes = notesOf(target, distributions);
  if (flags.json) terminal.printJson({ target: path, assumptions, notes, lossPerP: rows, perFeature });
  else terminal.print(report(target, notes, rows, perFeature, terminal));
}

/** What is asked for, else Bernoulli inputs over the spec's grid of p, and its own data where they are of another kind. */
function distributionsOf({ data, evaluate, model }: Spec, flags: Flags): readonly InputDistribution[] {
  const { values } = data;
  if (flags.exactly !== undefined) {
    if (flags.exactly <= model.features) return [{ kind: "exactly", k: flags.exactly, values }];
    const message = `--exactly: must be at most the ${model.features} features, got ${flags.exactly}. Lower it.`;
    throw new Mistake(message, 2);
  }
  const grid = (flags.p ?? evaluate.p).map((p) => ({ kind: "bernoulli", p, values }) as const);
  const isOnGrid = flags.p !== undefined || (data.kind === "bernoulli" && typeof data.p === "number");
  return isOnGrid ? grid : [...grid, data];
}

/** @param featureInputs what `perFeature` is evaluated on: the spec's data unless other inputs are asked for. */
async function evaluated(
  target: Target,
  distributions: readonly InputDistribution[],
  featureInputs: InputDistribution,
  terminal: Terminal,
): Promise<{ rows: readonly Row[]; perFeature: readonly number[] }> {
  const progress = startProgress("evaluating", terminal, () => performance.now());
  const rows: Row[] = [];
  for (const distribution of distributions) {
    rows.push(await rowAt(target, distribution));
    progress.show(rows.length / (distributions.length + 1));
  }
  const options = { ...samplingOf(target.spec), distribution: featureInputs };
  const perFeature = await perFeatureLoss(target.model, options);
  progress.end();
  return { rows, perFeature: Array.from(perFeature) };
}

const samplingOf = ({ evaluate, seed }: Spec) => ({ samples: evaluate.samples, seed });

async function rowAt({ model, spec }: Target, distribution: InputDistribution): Promise<Row> {
  const options = { ...samplingOf(spec), distribution };
  const row = {
    ...(await evaluateLoss(model, options)),
    ...referencesAt(spec, model, distribution),
    data: distribution.kind,
  };
  const { exponent } = spec.loss;
  if (exponent === 2) return row;
  const { mean, stderr } = await evaluateLoss(model, { ...options, exponent });
  const bound = powerBoundAt(spec, model, distribution, exponent);
  return { ...row, power: { exponent, mean, stderr, bound } };
}

/** Why some references are null, and what the losses leave out. */
function notesOf({ spec, model }: Target, distributions: readonly InputDistribution[]): readonly string[] {
  const absent = distributions.flatMap((distribution) => absentReferences(spec, model, distribution));
  const unweighted =
    spec.loss.importance.kind === "uniform"
      ? []
      : ["Every output counts alike here; the spec trains them by importance."];
  return [...new Set([...absent, ...unweighted])];
}

function report(
  { path, assumptions, spec: { loss } }: Target,
  notes: readonly string[],
  rows: readonly Row[],
  perFeature: readonly number[],
  terminal: Terminal,
): string {
  const power = loss.exponent === 2 ? [] : [`L^${loss.exponent}/p`, "±", `L^${loss.exponent} bound`];
  const header = ["p", "L/p", "±", "linear", "even", "naive", "rank bound", ...power];
  const cells = rows.map(({ p, data, mean, stderr, linear, even, power: own, ...other }) => [
    data === "bernoulli" ? `${p}` : `${numberText(p)} ${data}`,
    ...[mean, stderr, linear, even, other.naive, other.rankBound],
    ...(own === undefined ? [] : [own.mean, own.stderr, own.bound]),
  ]);
  const sorted = [...perFeature].sort((a, b) => a - b);
  const spread = `per feature: ${[0, 0.5, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))]!.toPrecision(3)).join(" … ")} (least, median, most)`;
  const remarks = notes.length === 0 ? [] : ["", ...notes];
  return [path, ...assumptions, "", table(header, cells, terminal), "", spread, ...remarks].join("\n");
}
