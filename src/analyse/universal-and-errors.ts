/**
 * How far the read-offs of ANDs are off: over all inputs with exactly s features on, in closed form for the random-subset
 * construction (`universalAndErrors`), and by going through inputs for any network (`pairErrors`).
 *
 * i, j a pair; m its readers, the neurons wired to both; f(l) the share of them that read l as well. With both on the error
 * is the sum of f over the other s − 2 features, with one on over the other s − 1; so means, variances and worst cases over
 * all C(n, s) inputs need no enumeration. With none on it is the mean of relu(B − 1) over readers that see B features.
 * Proofs: docs/theory/universal-and.md.
 */
import { readersOfPairs } from "../baseline/universal-and.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** The errors of a case over all inputs of it, a number a pair: read-off minus AND. */
export interface CaseErrors {
  /** [pairs] */
  readonly mean: Float64Array;
  /** Over inputs, [pairs] */
  readonly variance: Float64Array;
  /** The largest absolute error, [pairs] */
  readonly worst: Float64Array;
}

/** The errors of a construction with s features on, exact; pairs in the order (0, 1), (0, 2), … */
export interface UniversalAndErrors {
  readonly active: number;
  /** Neurons that read the pair, [pairs] */
  readonly readers: Uint32Array;
  /** Both features of the pair on. */
  readonly both: CaseErrors;
  /** One of them on. */
  readonly one: CaseErrors;
  /** None on: the mean, and a number that the worst case does not exceed. */
  readonly none: { readonly mean: Float64Array; readonly worstBound: Float64Array };
  /** The largest absolute error over all inputs: where a neuron reads the pair, always one with a single feature of it on. */
  readonly worst: Float64Array;
}

/**
 * The errors of every pair for a wiring, over all inputs with exactly s features on. Cost: pairs × readers × n.
 *
 * @param wiring W, 0 or 1, [neurons, features] @param active s
 * @throws unless 2 ≤ s ≤ n − 2, so that each of the three cases occurs.
 */
export function universalAndErrors(wiring: Matrix, active: number): UniversalAndErrors {
  const [, features] = wiring.shape;
  if (!(Number.isSafeInteger(active) && active >= 2 && active <= features - 2)) {
    throw new Error(
      `universalAndErrors: need a whole number of active features from 2 to features − 2 = ${features - 2}, got ${active}. Try 3.`,
    );
  }
  const readers = readersOfPairs(wiring);
  const others = features - 2;
  const pairs = readers.length;
  const [both, one] = [emptyCase(pairs), emptyCase(pairs)];
  const none = { mean: new Float64Array(pairs), worstBound: new Float64Array(pairs) };
  const worst = new Float64Array(pairs);
  const noneMeans = meanWithNone(others, active);
  readers.forEach((list, pair) => {
    if (list.length === 0) {
      // Read as 0, which is wrong by 1 where both are on, and right elsewhere.
      both.mean[pair] = -1;
      both.worst[pair] = 1;
      worst[pair] = 1;
      return;
    }
    const { shares, counts } = alsoRead(wiring, list);
    fillCase(both, pair, shares, active - 2);
    fillCase(one, pair, shares, active - 1);
    none.mean[pair] = counts.reduce((sum, count) => sum + noneMeans[count]!, 0) / list.length;
    none.worstBound[pair] = ((active - 1) / active) * largest(shares, active);
    worst[pair] = one.worst[pair]!;
  });
  return { active, readers: Uint32Array.from(readers, ({ length }) => length), both, one, none, worst };
}

const emptyCase = (pairs: number): CaseErrors => ({
  mean: new Float64Array(pairs),
  variance: new Float64Array(pairs),
  worst: new Float64Array(pairs),
});

/** f of the features that not all readers read, descending; and how many other features each reader reads. */
function alsoRead(wiring: Matrix, readers: readonly number[]) {
  const [, features] = wiring.shape;
  const shares = new Float64Array(features);
  const counts = readers.map((k) => {
    let count = -2;
    for (let l = 0; l < features; l++) {
      const wired = wiring.data[k * features + l]!;
      shares[l]! += wired / readers.length;
      count += wired;
    }
    return count;
  });
  return { shares: shares.sort().reverse(), counts };
}

/** The first two shares are 1, up to rounding: those of the pair itself. */
const itself = 2;

function largest(shares: Float64Array, count: number): number {
  let total = 0;
  for (let l = itself; l < itself + count; l++) total += shares[l]!;
  return total;
}

/** Sums of f over `count` of the other features, drawn without replacement. */
function fillCase(errors: CaseErrors, pair: number, shares: Float64Array, count: number): void {
  const others = shares.length - itself;
  const mean = largest(shares, others) / others;
  let squares = 0;
  for (let l = itself; l < shares.length; l++) squares += (shares[l]! - mean) ** 2;
  errors.mean[pair] = count * mean;
  errors.variance[pair] = ((count * (others - count)) / (others - 1)) * (squares / others);
  errors.worst[pair] = largest(shares, count);
}

/** E relu(B − 1) = E B − 1 + P(B = 0) for s of `others` features drawn, of which a reader reads d = 0 … others. */
function meanWithNone(others: number, s: number): Float64Array {
  return new Float64Array(others + 1).map((_, d) => {
    let missed = 1;
    for (let t = 0; t < s; t++) missed *= Math.max(0, others - d - t) / (others - t);
    return (s * d) / others - 1 + missed;
  });
}
