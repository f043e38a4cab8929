/** All baselines and bounds of a spec in one record: what a trained model's loss is read against. */
import { type InputDistribution, isSignSymmetric } from "../evaluate/moments.ts";
import { labelParts } from "../model/parts.ts";
import type { Matrix } from "../numeric/matrix.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons } from "../spec/sizes.ts";
import { halfIdentity } from "./half-identity.ts";
import { type NaiveBaseline, naive } from "./naive.ts";
import { type OffsetBaseline, offset } from "./offset.ts";
import type { NetworkBaseline, Problem } from "./problem.ts";
import { type RankBound, rankBound } from "./rank-bound.ts";
import type { SampledBaseline, Sampling } from "./sampled.ts";
import { complementarySnmf, type FactorOptions, snmf, usualRestarts } from "./semi-nmf.ts";
import { svdBaseline } from "./svd.ts";
import { zero } from "./zero.ts";

/** Baselines by name; every `lossPerP`, `linear` and `even` is L/p at the density of the spec's `data`. */
export interface Baselines {
  /** `lossPerP` on clean labels, the literature's line; `withMixing` under the spec's. */
  readonly naive: NaiveBaseline;
  readonly offset: OffsetBaseline;
  readonly zero: NetworkBaseline;
  readonly halfIdentity: NetworkBaseline;
  /** null for `positive` values, where the loss has no linear part. */
  readonly svd: SampledBaseline | null;
  /** Semi-NMF of I + M, and of its transpose under `published`; null when left out. */
  readonly snmf: (SampledBaseline & { readonly published: SampledBaseline }) | null;
  /** null when left out. */
  readonly complementarySnmf: SampledBaseline | null;
  readonly rankBound: RankBound;
}

/** How the nets without a closed form are found and sampled: by 65,536 inputs with seed 0 unless told. */
export interface BaselineOptions extends Sampling {
  /** Starts of each of the three factorisations, half a second each at 100 features; 0 leaves them out. 2 unless told. */
  readonly restarts?: number;
  /** Called with the share of the factorisations that is done. */
  readonly onProgress?: (done: number) => void;
}

const usualSamples = 65_536;

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
  const sampled = { samples: usualSamples, ...options };
  return {
    naive: naive(problem),
    offset: offset(problem),
    zero: zero(problem),
    halfIdentity: halfIdentity(problem),
    svd: isSignSymmetric(problem.distribution) ? await svdBaseline(problem, sampled) : null,
    ...(await factorisations(problem, sampled)),
    rankBound: rankBound(problem),
  };
}

async function factorisations(
  problem: Problem,
  { restarts = usualRestarts, onProgress, ...sampling }: BaselineOptions,
): Promise<Pick<Baselines, "snmf" | "complementarySnmf">> {
  if (restarts === 0) return { snmf: null, complementarySnmf: null };
  let done = 0;
  const onRestart = () => onProgress?.(++done / (3 * restarts));
  const options: FactorOptions = { ...sampling, restarts, onRestart };
  const published = await snmf(problem, { ...options, orientation: "published" });
  return {
    snmf: { ...(await snmf(problem, options)), published },
    complementarySnmf: await complementarySnmf(problem, options),
  };
}

/** A spec's sizes, labels and inputs. @throws on labels other than relu(x) + M x, and inputs whose moments are not known yet. */
export function problemOf(spec: Spec, mixing: Matrix | null): Problem {
  const { labels, coefficients } = labelParts(spec);
  if (labels !== undefined || coefficients !== undefined) {
    const got = labels ?? "relu with coefficients";
    throw new Error(
      `baselines: need labels relu(x) + M x, got ${got}. Set labels.function to relu or x-plus-relu, labels.coefficients.kind to none.`,
    );
  }
  const { features } = spec.model;
  return { features, neurons: hiddenNeurons(spec.model), mixing, distribution: distributionOf(spec.data) };
}

function distributionOf(data: Spec["data"]): InputDistribution {
  if (data.kind === "bernoulli" || data.kind === "exactly") return data;
  throw new Error(
    `baselines: need data.kind bernoulli or exactly, got ${data.kind}. Not available yet for groups of features.`,
  );
}
