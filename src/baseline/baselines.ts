/** All baselines and bounds of a spec in one record: what a trained model's loss is read against. */
import { isSignSymmetric } from "../evaluate/moments.ts";
import { architecturePart, labelParts } from "../model/parts.ts";
import type { Matrix } from "../numeric/matrix.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons } from "../spec/sizes.ts";
import { halfIdentity } from "./half-identity.ts";
import { type NaiveBaseline, naive } from "./naive.ts";
import { type OffsetBaseline, offset } from "./offset.ts";
import { type NetworkBaseline, type Problem, whyNoNets } from "./problem.ts";
import { type RankBound, rankBound, whyNoRankBound } from "./rank-bound.ts";
import type { SampledBaseline, Sampling } from "./sampled.ts";
import { complementarySnmf, type FactorOptions, snmf, usualRestarts } from "./semi-nmf.ts";
import { svdBaseline } from "./svd.ts";
import { zero } from "./zero.ts";

/**
 * Baselines by name; every `lossPerP`, `linear` and `even` is L/p at the density of the spec's `data`, of the squared error
 * with every output weighted alike, whatever loss the spec trains. null: not for this spec; `notes` say why.
 */
export interface Baselines extends Nets {
  readonly rankBound: RankBound | null;
  /** A sentence on all that is null, and on what the numbers are not. */
  readonly notes: readonly string[];
}

/** Plain ReLU nets made for labels relu(x) + M x. */
interface Nets {
  /** `lossPerP` on clean labels, the literature's line; `withMixing` under the spec's. */
  readonly naive: NaiveBaseline | null;
  readonly offset: OffsetBaseline | null;
  readonly zero: NetworkBaseline | null;
  readonly halfIdentity: NetworkBaseline | null;
  /** null for `positive` values too, where the loss has no linear part. */
  readonly svd: SampledBaseline | null;
  /** Semi-NMF of I + M, and of its transpose under `published`; null when left out. */
  readonly snmf: (SampledBaseline & { readonly published: SampledBaseline }) | null;
  /** null when left out. */
  readonly complementarySnmf: SampledBaseline | null;
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
  const [noNets, noBound] = [whyNoNets(problem), whyNoRankBound(problem)];
  return {
    ...(noNets === null ? await netsOf(problem, { samples: usualSamples, ...options }) : noNet),
    rankBound: noBound === null ? rankBound(problem) : null,
    notes: [
      ...(noNets === null ? [] : [`Hand-built nets: ${noNets}`]),
      ...(noBound === null ? [] : [`Rank bound: ${noBound}`]),
      ...lossNotes(spec),
    ],
  };
}

const noNet: { readonly [name in keyof Nets]: null } = {
  ...{ naive: null, offset: null, zero: null, halfIdentity: null },
  ...{ svd: null, snmf: null, complementarySnmf: null },
};

async function netsOf(problem: Problem, options: BaselineOptions): Promise<Nets> {
  return {
    naive: naive(problem),
    offset: offset(problem),
    zero: zero(problem),
    halfIdentity: halfIdentity(problem),
    svd: isSignSymmetric(problem.distribution) ? await svdBaseline(problem, options) : null,
    ...(await factorisations(problem, options)),
  };
}

/** Whether the numbers are of another loss than the spec trains. */
function lossNotes({ loss: { exponent, importance } }: Spec): readonly string[] {
  const trained = [
    ...(exponent === 2 ? [] : [`|ŷ − y|^${exponent}`]),
    ...(importance.kind === "uniform" ? [] : ["outputs by importance"]),
  ];
  return trained.length === 0
    ? []
    : [`All of the squared error with outputs weighted alike; the spec trains ${trained.join(", ")}.`];
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

/**
 * A spec's sizes, network, labels and inputs.
 * @param mixing the spec's M as a simplified model has it, [features, features], or null for clean labels
 */
export function problemOf(spec: Spec, mixing: Matrix | null): Problem {
  const { model, data } = spec;
  return {
    features: model.features,
    neurons: hiddenNeurons(model),
    mixing,
    distribution: data,
    ...labelParts(spec),
    ...architecturePart(model),
    ...(model.embedding.kind === "none" ? {} : { width: model.embedding.width }),
  };
}
