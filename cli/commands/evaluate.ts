/** `toy-cis evaluate`: the loss of a run, or of weights from elsewhere, on fresh inputs. */
import { naive, problemOf, rankBound } from "../../src/baseline/index.ts";
import {
  type EvaluatedLoss,
  evaluateLoss,
  type InputDistribution,
  perFeatureLoss,
} from "../../src/evaluate/index.ts";
import type { Model } from "../../src/model/index.ts";
import type { Spec } from "../../src/spec/index.ts";
import type { Context } from "../context.ts";
import { Mistake } from "../failure.ts";
import type { Mapped } from "../parameters.ts";
import { startProgress } from "../progress.ts";
import { table } from "../table.ts";
import { findTarget, type Target } from "../target.ts";
import type { Terminal } from "../terminal.ts";

interface Flags {
  readonly p?: readonly number[];
  readonly exactly?: number;
  readonly map?: Mapped;
  readonly out: string;
  readonly json: boolean;
}

/** A loss beside what to read it against, all L/p. */
interface Row extends EvaluatedLoss {
  /** The naive solution on clean labels. */
  readonly naive: number;
  readonly rankBound: number;
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
  const featureInputs = asked ? distributions[0]! : problemOf(target.spec, null).distribution;
  const { rows, perFeature } = await evaluated(target, distributions, featureInputs, terminal);
  const { assumptions } = target;
  if (flags.json) terminal.printJson({ target: target.path, assumptions, lossPerP: rows, perFeature });
  else terminal.print(report(target, rows, perFeature, terminal));
}

function distributionsOf({ data, evaluate, model }: Spec, flags: Flags): readonly InputDistribution[] {
  const { values } = data;
  if (flags.exactly !== undefined) {
    if (flags.exactly <= model.features) return [{ kind: "exactly", k: flags.exactly, values }];
    const message = `--exactly: must be at most the ${model.features} features, got ${flags.exactly}. Lower it.`;
    throw new Mistake(message, 2);
  }
  return (flags.p ?? evaluate.p).map((p) => ({ kind: "bernoulli", p, values }));
}

/** @param featureInputs what `perFeature` is evaluated on: the spec's data unless other inputs are asked for. */
async function evaluated(
  { model, spec }: Target,
  distributions: readonly InputDistribution[],
  featureInputs: InputDistribution,
  terminal: Terminal,
): Promise<{ rows: readonly Row[]; perFeature: readonly number[] }> {
  const progress = startProgress("evaluating", terminal, () => performance.now());
  const sampling = { samples: spec.evaluate.samples, seed: spec.seed };
  const rows: Row[] = [];
  for (const distribution of distributions) {
    rows.push({
      ...(await evaluateLoss(model, { ...sampling, distribution })),
      ...references(spec, model, distribution),
    });
    progress.show(rows.length / (distributions.length + 1));
  }
  const perFeature = await perFeatureLoss(model, { ...sampling, distribution: featureInputs });
  progress.end();
  return { rows, perFeature: Array.from(perFeature) };
}

function references(
  spec: Spec,
  { M }: Model,
  distribution: InputDistribution,
): { naive: number; rankBound: number } {
  const problem = { ...problemOf(spec, M), distribution };
  return { naive: naive(problem).lossPerP, rankBound: rankBound(problem).lossPerP };
}

function report(
  { path, assumptions }: Target,
  rows: readonly Row[],
  perFeature: readonly number[],
  terminal: Terminal,
): string {
  const header = ["p", "L/p", "±", "linear", "even", "naive", "rank bound"];
  const cells = rows.map(
    ({ p, mean, stderr, linear, even, ...other }) =>
      [`${p}`, mean, stderr, linear, even, other.naive, other.rankBound] as const,
  );
  const sorted = [...perFeature].sort((a, b) => a - b);
  const spread = `per feature: ${[0, 0.5, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))]!.toPrecision(3)).join(" … ")} (least, median, most)`;
  return [path, ...assumptions, "", table(header, cells, terminal), "", spread].join("\n");
}
