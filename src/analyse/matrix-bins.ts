/**
 * Entries of one square matrix against those of another, counted in a grid of bins: what a plot of n² − n points shows, in
 * a record whose size does not grow with n. The few points of the diagonal are kept as they are.
 */
import { type Network, sizesOf } from "../evaluate/network.ts";
import { linearMap } from "../evaluate/odd-even-split.ts";
import { type Matrix, multiply } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { sum } from "../numeric/statistics.ts";

/** `count` bins of equal width from `low` to `high`. */
export interface BinnedAxis {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** A two-dimensional histogram of the entries off the diagonal, and the entries on it; x and y are two matrices. */
export interface MatrixBins {
  readonly x: BinnedAxis;
  readonly y: BinnedAxis;
  /** Entries in bin (row, column): row along y and column along x, lowest first, [y.count · x.count] */
  readonly counts: Int32Array;
  /** Entries x_ii and y_ii, each [features] */
  readonly diagonal: { readonly x: Float64Array; readonly y: Float64Array };
}

/** How finely entries are binned. */
export interface MatrixBinOptions {
  /** Along each axis; 60 unless given. */
  readonly bins?: number;
}

/**
 * Bins entries of M (x) and W_out W_in (y). Each axis reaches from the least entry off the diagonal to the greatest, and
 * the greatest falls into the last bin.
 *
 * @returns null when M is null or does not vary off the diagonal, so that there is nothing to compare with
 * @throws when `bins` is not a whole number ≥ 1, or the network's matrices do not fit together.
 */
export function linearMapBins(network: Network, options: MatrixBinOptions = {}): MatrixBins | null {
  sizesOf(network);
  return network.M === null ? null : binsOf("linearMapBins", network.M, linearMap(network), options);
}

/**
 * Bins entries of P (x), the projector on W_in's row space, and R = W_out W_in (y); R = α P when W_out = α pinv(W_in).
 *
 * @returns null when P is I or 0, so that it does not vary off the diagonal
 * @throws as `linearMapBins` does.
 */
export function readOutBins(network: Network, options: MatrixBinOptions = {}): MatrixBins | null {
  const { features } = sizesOf(network);
  const P = multiply(pseudoinverse(network.W_in), network.W_in);
  const trace = sum(P.data.filter((_, at) => at % (features + 1) === 0));
  // The trace is the rank, a whole number but for rounding.
  const varies = trace > 0.5 && trace < features - 0.5;
  return varies ? binsOf("readOutBins", P, linearMap(network), options) : null;
}

function binsOf(where: string, x: Matrix, y: Matrix, { bins = 60 }: MatrixBinOptions): MatrixBins | null {
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new Error(`${where}: need a whole number of bins ≥ 1, got ${bins}. Try 60.`);
  }
  const onDiagonal = (at: number) => at % (x.shape[0] + 1) === 0;
  const entries = [x, y].map(({ data }) => Float64Array.from(data));
  const [xs, ys] = entries.map((data) => data.filter((_, at) => !onDiagonal(at))) as [Values, Values];
  const [xDiagonal, yDiagonal] = entries.map((data) => data.filter((_, at) => onDiagonal(at))) as [
    Values,
    Values,
  ];
  const axes = { x: axisOf(xs, bins), y: axisOf(ys, bins) };
  if (!(axes.x.high > axes.x.low)) return null;
  return { ...axes, counts: countsOf(xs, axes.x, ys, axes.y), diagonal: { x: xDiagonal, y: yDiagonal } };
}

type Values = Float64Array<ArrayBuffer>;

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
