/**
 * First and second moments of the inputs, in closed form: what every exact loss and every bound is made of.
 *
 * A feature's value is 0 unless the feature is active; active values are independent draws v of one kind. With
 * π_ij the probability that i and j are active together (π_ii = p_i), every product of two odd or even functions
 * f, g ∈ {v, relu(v), |v|} of the inputs has E[f(x_i) g(x_j)] = π_ij E f(v) E g(v) for i ≠ j, π_ii E[f(v) g(v)] for i = j.
 * Derived in docs/theory/rank-bound.md.
 */
import { samplerOf } from "../data/sampler.ts";
import type { ValueKind } from "../engine/engine.ts";
import { type Moment, sum } from "./moment.ts";

/** Which features are active, and what values they take. The same fields as a spec's `data`. */
export type InputDistribution =
  | { readonly kind: "bernoulli"; readonly p: number | readonly number[]; readonly values: ValueKind }
  | { readonly kind: "exactly"; readonly k: number; readonly values: ValueKind }
  | GroupedInputs;

/** Features that are active together, or of which one is, at most: what is sampled, and has no moments here. */
export interface GroupedInputs {
  readonly kind: "correlated" | "anticorrelated" | "synced";
  /** Feature numbers from 0, no feature twice; others are on their own. */
  readonly groups: readonly (readonly number[])[];
  readonly p: number;
  readonly values: ValueKind;
}

/** Inputs whose moments are known in closed form. */
export type MomentInputs = Exclude<InputDistribution, GroupedInputs>;

/** Moments of one active value v. E[v relu(v)] = E relu(v)², so it has no entry of its own. */
export interface ValueMoments {
  /** E v */
  readonly mean: number;
  /** E v² = E|v|² */
  readonly square: number;
  /** E relu(v) */
  readonly reluMean: number;
  /** E relu(v)² */
  readonly reluSquare: number;
  /** E|v| */
  readonly absoluteMean: number;
}

const momentsOf: Readonly<Record<ValueKind, ValueMoments>> = {
  symmetric: { mean: 0, square: 1 / 3, reluMean: 1 / 4, reluSquare: 1 / 6, absoluteMean: 1 / 2 },
  positive: { mean: 1 / 2, square: 1 / 3, reluMean: 1 / 2, reluSquare: 1 / 3, absoluteMean: 1 / 2 },
  sign: { mean: 0, square: 1, reluMean: 1 / 2, reluSquare: 1 / 2, absoluteMean: 1 },
  binary: { mean: 1, square: 1, reluMean: 1, reluSquare: 1, absoluteMean: 1 },
};

/** The moments of one active value. @throws on a kind that is not known. */
export function valueMoments(values: ValueKind): ValueMoments {
  const moments = momentsOf[values];
  if (moments === undefined) {
    throw new Error(
      `valueMoments: need values symmetric, positive, sign or binary, got ${JSON.stringify(values)}. Name one of them.`,
    );
  }
  return moments;
}

/** The active value that a number u, uniform in (0, 1), stands for. */
export function valueAt(values: ValueKind, u: number): number {
  switch (values) {
    case "symmetric":
      return 2 * u - 1;
    case "positive":
      return u;
    case "sign":
      return u < 0.5 ? -1 : 1;
    case "binary":
      return 1;
  }
}

/** Whether v and −v have the same distribution, which the odd/even split asks for. */
export function isSignSymmetric(distribution: InputDistribution): boolean {
  return valueMoments(distribution.values).mean === 0;
}

/** Whether the moments of the inputs are known in closed form. */
export function hasMoments(distribution: InputDistribution): distribution is MomentInputs {
  return distribution.kind === "bernoulli" || distribution.kind === "exactly";
}

/** The probability that each feature is active, [features]. @throws when the distribution cannot be. */
export function activity(distribution: InputDistribution, features: number): Float64Array {
  if (distribution.kind === "exactly")
    return new Float64Array(features).fill(shareOf(distribution.k, features));
  if (distribution.kind !== "bernoulli") return activityOfGroups(distribution, features);
  const { p } = distribution;
  const probabilities = typeof p === "number" ? new Float64Array(features).fill(p) : listOf(p, features);
  for (const value of probabilities) checkProbability(value);
  return probabilities;
}

/** Of one group, or of one feature that is in none, all units drawn independently. */
function activityOfGroups(distribution: GroupedInputs, features: number): Float64Array {
  checkProbability(distribution.p);
  const active = new Float64Array(features);
  const sampler = samplerOf(distribution, features);
  for (const unit of sampler.kind === "units" ? sampler.units : []) {
    for (const i of unit.features) active[i] = unit.draws === "one" ? unit.p / unit.features.length : unit.p;
  }
  return active;
}

/** Mean probability of a feature being active: the p that L/p divides by. k/n for exactly k of n. */
export function density(distribution: InputDistribution, features: number): number {
  if (distribution.kind === "exactly") return shareOf(distribution.k, features);
  if (distribution.kind === "bernoulli" && typeof distribution.p === "number")
    return checkProbability(distribution.p);
  return sum(activity(distribution, features)) / features;
}

/** The second moments of the inputs, each standing for [features, features]. */
export interface InputMoments {
  /** E[x xᵀ] */
  readonly inputs: Moment;
  /** E[relu(x) xᵀ] */
  readonly reluInputs: Moment;
  /** E[relu(x) relu(x)ᵀ] */
  readonly relus: Moment;
  /** E[|x| |x|ᵀ] */
  readonly absolutes: Moment;
}

/**
 * The second moments of the inputs of a distribution.
 *
 * @throws on groups of features, which are neither independent nor alike in pairs
 * @example denseMoment(inputMoments({ kind: "bernoulli", p: 0.5, values: "symmetric" }, 2).inputs) // I/6
 */
export function inputMoments(distribution: InputDistribution, features: number): InputMoments {
  const v = valueMoments(distribution.values);
  const moment = momentOf(distribution, features);
  return {
    inputs: moment(v.square, v.mean * v.mean),
    reluInputs: moment(v.reluSquare, v.reluMean * v.mean),
    relus: moment(v.reluSquare, v.reluMean * v.reluMean),
    absolutes: moment(v.square, v.absoluteMean * v.absoluteMean),
  };
}

/**
 * The moments E[f(x_i) g(x_j)] from those of an active value: `same` is E f(v) g(v), `apart` E f(v) E g(v).
 * @throws on groups of features
 */
export function momentOf(
  distribution: InputDistribution,
  features: number,
): (same: number, apart: number) => Moment {
  requireMoments(distribution);
  const active = activity(distribution, features);
  const { weight, vector } = coactivity(distribution, active);
  return (same, apart) => ({
    diagonal: active.map((p, i) => same * p - apart * weight * vector[i]! * vector[i]!),
    weight: apart * weight,
    vector,
  });
}

/** @throws on groups of features. */
function requireMoments(distribution: InputDistribution): asserts distribution is MomentInputs {
  if (hasMoments(distribution)) return;
  throw new Error(
    `inputMoments: need data.kind bernoulli or exactly, got ${distribution.kind}: groups of features have no closed form. Use evaluateLoss, which samples.`,
  );
}

/** π_ij = weight · vector_i · vector_j for i ≠ j: the probability that two features are active together. */
function coactivity(distribution: MomentInputs, active: Float64Array): Omit<Moment, "diagonal"> {
  if (distribution.kind === "bernoulli") return { weight: 1, vector: active };
  const features = active.length;
  const weight = features === 1 ? 0 : (distribution.k * (distribution.k - 1)) / (features * (features - 1));
  return { weight, vector: new Float64Array(features).fill(1) };
}

function listOf(p: readonly number[], features: number): Float64Array {
  if (p.length !== features) {
    throw new Error(
      `activity: need one probability a feature, ${features} in all, got ${p.length}. Give one number, or one a feature.`,
    );
  }
  return Float64Array.from(p);
}

function checkProbability(p: number): number {
  if (p > 0 && p <= 1) return p;
  throw new Error(`activity: need p in (0, 1], got ${p}. Set data.p to a probability above zero.`);
}

function shareOf(k: number, features: number): number {
  if (Number.isInteger(k) && k >= 1 && k <= features) return k / features;
  throw new Error(
    `activity: need a whole number k from 1 to ${features} active features, got ${k}. Set data.k within it.`,
  );
}
