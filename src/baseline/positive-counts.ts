/** How many labels are positive at once, where features are exchangeable: a binomial distribution. */
import type { ValueKind } from "../engine/engine.ts";
import { density, type InputDistribution, valueMoments } from "../evaluate/moments.ts";

/** The chance that an active value is positive. */
export function positiveShare(values: ValueKind): number {
  return valueMoments(values).mean === 0 ? 1 / 2 : 1;
}

/**
 * The chance of m positive values, m = 0 … features.
 *
 * @param distribution features equally likely
 * @returns [features + 1], sum 1
 */
export function positiveCounts(distribution: InputDistribution, features: number): Float64Array {
  const positive = positiveShare(distribution.values);
  const [trials, chance] =
    distribution.kind === "exactly"
      ? [distribution.k, positive]
      : [features, density(distribution, features) * positive];
  let counts = new Float64Array(features + 1);
  counts[0] = 1;
  // Trial by trial: only sums and products of numbers ≤ 1, so that no factorial overflows.
  for (let trial = 0; trial < trials; trial++) {
    counts = counts.map((value, m) => value * (1 - chance) + (m > 0 ? counts[m - 1]! * chance : 0));
  }
  return counts;
}
