/**
 * Entries of W_out W_in against those of M, counted in a grid of bins: what a plot of n² − n points shows, in a record
 * whose size does not grow with n. The few points of the diagonal are kept as they are.
 */
import { type Network, sizesOf } from "../evaluate/network.ts";
import { linearMap } from "../evaluate/odd-even-split.ts";

/** `count` bins of equal width from `low` to `high`. */
export interface BinnedAxis {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A two-dimensional histogram of the entries off the diagonal, and the entries on it. */
export interface LinearMapBins {
  /** Entries of M */
  readonly mixing: BinnedAxis;
  /** Entries of W_out W_in */
  readonly map: BinnedAxis;
  /** Entries in bin (row, column): row along `map` and column along `mixing`, lowest first, [map.count · mixing.count] */
  readonly counts: Int32Array;
  /** M_ii and (W_out W_in)_ii of every feature, each [features] */
  readonly diagonal: { readonly mixing: Float64Array; readonly map: Float64Array };
}

/**
 * Bins the entries of W_out W_in and M off the diagonal. Each axis reaches from the least entry to the greatest, and the
 * greatest falls into the last bin.
 *
 * @param options.bins - along each axis; 60 unless given
 * @returns null when M is null or does not vary off the diagonal, so that there is nothing to compare with
 * @throws when `bins` is not a whole number ≥ 1, or the network's matrices do not fit together.
 */
export function linearMapBins(
  network: Network,
  { bins = 60 }: { readonly bins?: number } = {},
): LinearMapBins | null {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new Error(`linearMapBins: need a whole number of bins ≥ 1, got ${bins}. Try 60.`);
  }
  const { features } = sizesOf(network);
  if (network.M === null) return null;
  const onDiagonal = (i: number) => i % (features + 1) === 0;
  const entries = [network.M, linearMap(network)].map(({ data }) => Float64Array.from(data));
  const [mixings, maps] = entries.map((data) => data.filter((_, i) => !onDiagonal(i)));
  const [mixing, map] = [axisOf(mixings!, bins), axisOf(maps!, bins)];
  if (!(mixing.high > mixing.low)) return null;
  const [mixingDiagonal, mapDiagonal] = entries.map((data) => data.filter((_, i) => onDiagonal(i)));
  return {
    mixing,
    map,
    counts: countsOf(mixings!, mixing, maps!, map),
    diagonal: { mixing: mixingDiagonal!, map: mapDiagonal! },
  };
}

function axisOf(values: Float64Array, count: number): BinnedAxis {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high, count };
}

function countsOf(xs: Float64Array, x: BinnedAxis, ys: Float64Array, y: BinnedAxis): Int32Array {
  const counts = new Int32Array(x.count * y.count);
  for (let i = 0; i < xs.length; i++) counts[binOf(ys[i]!, y) * x.count + binOf(xs[i]!, x)]! += 1;
  return counts;
}

/** On an axis without width everything falls into the first bin. */
function binOf(value: number, { low, high, count }: BinnedAxis): number {
  if (!(high > low)) return 0;
  return Math.min(Math.floor(((value - low) / (high - low)) * count), count - 1);
}
