/** All baselines and bounds of a spec in one record: what a trained model's loss is read against. */
import { type InputDistribution, isSignSymmetric } from "../evaluate/moments.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import type { Matrix } from "../numeric/matrix.ts";
import type { Spec } from "../spec/schema.ts";
import { halfIdentity } from "./half-identity.ts";
import { type NaiveBaseline, naive } from "./naive.ts";
import { type OffsetBaseline, offset } from "./offset.ts";
import type { NetworkBaseline, Problem } from "./problem.ts";
import { type RankBound, rankBound } from "./rank-bound.ts";
import { type SvdBaseline, svdBaseline } from "./svd.ts";
import { zero } from "./zero.ts";

/** Baselines by name; every `lossPerP`, `linear` and `even` is L/p at the density of the spec's `data`. */
export interface Baselines {
  /** `lossPerP` on clean labels, the literature's line; `withMixing` under the spec's. */
  readonly naive: NaiveBaseline;
  readonly offset: OffsetBaseline;
  readonly zero: NetworkBaseline;
  readonly halfIdentity: NetworkBaseline;
  /** null for `positive` values, where the loss has no linear part. */
  readonly svd: SvdBaseline | null;
  /** Not available yet. */
  readonly snmf: null;
  /** Not available yet. */
  readonly complementarySnmf: null;
  readonly rankBound: RankBound;
}

/** How the one baseline without a closed form, `svd`, is sampled: 16,384 inputs with seed 0 unless told. */
export type BaselineOptions = Omit<SampleOptions, "distribution">;

const svdSamples = 16_384;

/**
 * Every baseline and bound of a spec.
 *
 * @param mixing the spec's M, [features, features], or null for clean labels
 */
export async function baselines(
  spec: Spec,
  mixing: Matrix | null,
  options: BaselineOptions = {},
): Promise<Baselines> {
  const problem = problemOf(spec, mixing);
  const sampled = { samples: svdSamples, ...options };
  return {
    naive: naive(problem),
    offset: offset(problem),
    zero: zero(problem),
    halfIdentity: halfIdentity(problem),
    svd: isSignSymmetric(problem.distribution) ? await svdBaseline(problem, sampled) : null,
    snmf: null,
    complementarySnmf: null,
    rankBound: rankBound(problem),
  };
}

/** A spec's sizes, labels and inputs. @throws on inputs whose moments are not known yet. */
export function problemOf(spec: Spec, mixing: Matrix | null): Problem {
  const { features, neurons } = spec.model;
  return { features, neurons, mixing, distribution: distributionOf(spec.data) };
}

function distributionOf(data: Spec["data"]): InputDistribution {
  if (data.kind === "bernoulli" || data.kind === "exactly") return data;
  throw new Error(
    `baselines: need data.kind bernoulli or exactly, got ${data.kind}. Not available yet for groups of features.`,
  );
}
