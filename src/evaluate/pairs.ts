/** Pairs of features i < j in the order of labels and, xor: (0, 1), (0, 2), …, (1, 2), … */

/** How many pairs there are. */
export const pairCount = (features: number): number => (features * (features - 1)) / 2;

/** The place of a pair i < j, from 0. */
export const pairNumber = (i: number, j: number, features: number): number =>
  i * features - (i * (i + 1)) / 2 + (j - i - 1);

/** Every pair, in order. */
export function allPairs(features: number): readonly (readonly [i: number, j: number])[] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < features; i++) for (let j = i + 1; j < features; j++) pairs.push([i, j]);
  return pairs;
}

/** The places of the pairs whose features are both on. @param on the features that are, ascending */
export function pairsOf(on: readonly number[], features: number): number[] {
  return on.flatMap((i, t) => on.slice(t + 1).map((j) => pairNumber(i, j, features)));
}
