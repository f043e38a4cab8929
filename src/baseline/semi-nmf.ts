/**
 * Two nets made by factoring the labels of one active feature, without training.
 *
 * Semi-NMF: I + M ≈ W_out W_in with W_in ≥ 0, blind to negative inputs (the baseline of Bhagat et al. 2026, arXiv
 * 2606.14673). Complementary semi-NMF: [I + M, −M] ≈ W_out [relu(W_in), relu(−W_in)], the very problem that training
 * on exactly one active feature solves. Neither knows of several active features: what it loses there depends on
 * which of many equally good factorisations it ends at. Proofs and measurements: docs/theory/complementary-semi-nmf.md.
 */
import { checkMixing } from "../evaluate/label-moment.ts";
import { isSignSymmetric } from "../evaluate/moments.ts";
import { combine, identity, type Matrix, matrix, transpose } from "../numeric/matrix.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { type Factors, factorise, type Targets } from "./factorise.ts";
import { type Problem, requireNets } from "./problem.ts";
import { type SampledBaseline, type Sampling, sampledBaseline } from "./sampled.ts";

/** Where factorisations start, and how their nets are sampled; `seed` is that of both. */
export interface FactorOptions extends Sampling {
  /** Random starts, of which the best end is kept; 2 unless told. */
  readonly restarts?: number;
  /** A W_in, [neurons, features], to start from besides. */
  readonly start?: Matrix;
  /** Called after every start. */
  readonly onRestart?: () => void;
}

/** How semi-NMF is to be done. */
export interface SnmfOptions extends FactorOptions {
  /**
   * `labels`, unless told: I + M. `published`: its transpose, as the published code has it; the same for a symmetric
   * M, and worse for any other.
   */
  readonly orientation?: "labels" | "published";
}

/** Starts of a factorisation unless told. */
export const usualRestarts = 2;

/** The semi-NMF net with its losses. */
export async function snmf(problem: Problem, options: SnmfOptions = {}): Promise<SampledBaseline> {
  const target = combine(1, identity(problem.features), 1, mixingOf(problem));
  const positive = options.orientation === "published" ? transpose(target) : target;
  return factored(problem, { positive, negative: null }, options);
}

/** The complementary semi-NMF net with its losses. For `positive` values nothing is asked of −x: it is `snmf`. */
export async function complementarySnmf(
  problem: Problem,
  options: FactorOptions = {},
): Promise<SampledBaseline> {
  const M = mixingOf(problem);
  const positive = combine(1, identity(problem.features), 1, M);
  const negative = isSignSymmetric(problem.distribution) ? combine(-1, M, 0, M) : null;
  return factored(problem, { positive, negative }, options);
}

function mixingOf({ mixing, features }: Problem): Matrix {
  if (mixing === null) return matrix(features, features);
  checkMixing(mixing, features);
  return mixing;
}

async function factored(
  problem: Problem,
  targets: Targets,
  options: FactorOptions,
): Promise<SampledBaseline> {
  requireNets("semi-NMF", problem);
  let best: Factors | null = null;
  for (const start of startsOf(problem, options)) {
    const factors = factorise(targets, start);
    if (best === null || factors.residual < best.residual) best = factors;
    options.onRestart?.();
  }
  const { W_in, W_out } = best!;
  return sampledBaseline({ W_in, W_out, M: problem.mixing }, problem.distribution, options);
}

function startsOf(problem: Problem, { restarts = usualRestarts, start, seed = 0 }: FactorOptions): Matrix[] {
  if (!Number.isSafeInteger(restarts) || restarts < (start === undefined ? 1 : 0)) {
    throw new Error(
      `semi-NMF: need a whole number of restarts ≥ 1, or 0 beside a start, got ${restarts}. Leave it out for ${usualRestarts}.`,
    );
  }
  const { neurons, features } = problem;
  if (start !== undefined && (start.shape[0] !== neurons || start.shape[1] !== features)) {
    throw new Error(
      `semi-NMF: need a start W_in of [${neurons}, ${features}], got [${start.shape.join(", ")}]. Transpose it?`,
    );
  }
  const random = Array.from({ length: restarts }, (_, step) => randomStart(problem, seed, step));
  return start === undefined ? random : [start, ...random];
}

/**
 * A naive W_in in random order: one feature a neuron, then, where neurons are left, one negated feature a neuron.
 * Starts with all weights gain at most some 2 % for one active feature, and lose far more when several are active.
 */
function randomStart({ features, neurons }: Problem, seed: number, step: number): Matrix {
  const keys = uniforms(randomStream(seed, "semi-nmf"), features, step);
  const order = Array.from(keys.keys()).sort((i, j) => keys[i]! - keys[j]! || i - j);
  const W_in = matrix(neurons, features);
  for (let k = 0; k < Math.min(neurons, 2 * features); k++) {
    W_in.data[k * features + order[k % features]!] = k < features ? 1 : -1;
  }
  return W_in;
}
