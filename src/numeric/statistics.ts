/** Statistics of small samples, in float64. Sums are compensated, so that their error does not grow with the length. */
import { type RandomStream, words } from "./random.ts";
import { requireShare } from "./share.ts";
import { studentQuantile } from "./student.ts";

/** A closed interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Σ x with the rounding errors carried along (Neumaier 1974): relative error about ε unless the terms cancel. */
export function sum(xs: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    const next = total + x;
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  // An infinite total has lost NaN.
  return Number.isFinite(total) ? total + lost : total;
}

/**
 * Arithmetic mean.
 * @throws RangeError for an empty sample.
 * @example mean([1, 2, 6]) // 3
 */
export function mean(xs: ArrayLike<number>): number {
  requireCount("mean", xs, 1);
  return sum(xs) / xs.length;
}

/**
 * Unbiased sample variance, Σ (x − x̄)² / (n − 1).
 * @throws RangeError for fewer than two numbers.
 */
export function variance(xs: ArrayLike<number>): number {
  requireCount("variance", xs, 2);
  const centre = mean(xs);
  return sum(Float64Array.from(xs, (x) => (x - centre) * (x - centre))) / (xs.length - 1);
}

/**
 * Standard error of the mean, √(variance / n).
 * @throws RangeError for fewer than two numbers.
 */
export function standardError(xs: ArrayLike<number>): number {
  requireCount("standardError", xs, 2);
  return Math.sqrt(variance(xs) / xs.length);
}

/**
 * Standard deviation over mean, √(Σ (x − x̄)² / n) / x̄, of numbers that are a whole population (so not n − 1); 0 where all
 * are 0.
 * @throws RangeError for an empty sample.
 * @example coefficientOfVariation([0, 0, 2, 2]) // 1
 */
export function coefficientOfVariation(xs: ArrayLike<number>): number {
  const centre = mean(xs);
  const squares = sum(Float64Array.from(xs, (x) => (x - centre) * (x - centre)));
  return squares === 0 ? 0 : Math.sqrt(squares / xs.length) / centre;
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, the default of NumPy and R).
 * @param share 0 … 1
 * @throws RangeError for an empty sample or a share outside [0, 1].
 */
export function quantile(xs: ArrayLike<number>, share: number): number {
  requireCount("quantile", xs, 1);
  requireShare("quantile", "share", share, true);
  return sortedQuantile(Float64Array.from(xs).sort(), share);
}

function sortedQuantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low === high ? low : low + (position - below) * (high - low);
}

/**
 * Interval that covers the mean of the population with probability `level` when the numbers are independent and normal
 * (Student 1908): x̄ ± t · standard error.
 * @throws RangeError for fewer than two numbers or a level outside (0, 1).
 * @example confidenceInterval([1, 2, 3]) // 2 ± 4.303 · 0.577
 */
export function confidenceInterval(xs: ArrayLike<number>, level = 0.95): Interval {
  requireCount("confidenceInterval", xs, 2);
  const half = studentQuantile(xs.length - 1, level) * standardError(xs);
  const centre = mean(xs);
  return { low: centre - half, high: centre + half };
}

/** What `bootstrapInterval` needs to know. */
export interface BootstrapOptions {
  /** Where the resamples come from: resample r uses step r of the stream. */
  readonly stream: RandomStream;
  /** Share of resamples inside the interval, default .95. */
  readonly level?: number;
  /** Default 2000: the ends are then known to about 2 % of the interval's width. */
  readonly resamples?: number;
  /** Default the mean. */
  readonly statistic?: (xs: Float64Array) => number;
}

/**
 * Percentile bootstrap interval of a statistic (Efron 1979). Too narrow for small samples (by a fifth at n = 10): prefer
 * `confidenceInterval` for means there.
 * @throws RangeError for an empty sample, a level outside (0, 1), or resamples that are not a whole number ≥ 1.
 * @example bootstrapInterval(losses, { stream: randomStream(0, "bootstrap") })
 */
export function bootstrapInterval(xs: ArrayLike<number>, options: BootstrapOptions): Interval {
  const { stream, level = 0.95, resamples = 2000, statistic = mean } = options;
  requireCount("bootstrapInterval", xs, 1);
  requireShare("bootstrapInterval", "level", level);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(
      `bootstrapInterval: resamples must be a whole number ≥ 1, got ${resamples}. Try 2000.`,
    );
  }
  const statistics = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) statistics[r] = statistic(resample(xs, stream, r));
  statistics.sort();
  return {
    low: sortedQuantile(statistics, (1 - level) / 2),
    high: sortedQuantile(statistics, (1 + level) / 2),
  };
}

/** As many numbers as xs has, drawn from it with replacement. */
function resample(xs: ArrayLike<number>, stream: RandomStream, step: number): Float64Array {
  // word · n / 2^32 favours no index by more than n / 2^32.
  return Float64Array.from(
    words(stream, xs.length, step),
    (word) => xs[Math.floor((word / 2 ** 32) * xs.length)]!,
  );
}

/** y ≈ intercept + slope · x, and the share of the variance of y that it explains. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** 1 when y is constant: the line is then exact. */
  readonly rSquared: number;
}

/**
 * Least-squares line through points.
 * @throws RangeError when the lengths differ, there are fewer than two points, or all x are equal.
 * @example fitLine([0, 1, 2], [1, 3, 5]) // { slope: 2, intercept: 1, rSquared: 1 }
 */
export function fitLine(xs: ArrayLike<number>, ys: ArrayLike<number>): Line {
  requireCount("fitLine", xs, 2);
  if (xs.length !== ys.length) {
    throw new RangeError(`fitLine: need as many y as x, got ${ys.length} and ${xs.length}. Pair them.`);
  }
  const [x0, y0] = [mean(xs), mean(ys)];
  const dx = Float64Array.from(xs, (x) => x - x0);
  const dy = Float64Array.from(ys, (y) => y - y0);
  const product = (a: Float64Array, b: Float64Array) => sum(a.map((value, i) => value * b[i]!));
  const [xx, xy, yy] = [product(dx, dx), product(dx, dy), product(dy, dy)];
  if (xx === 0) {
    throw new RangeError(`fitLine: need two different x, got only ${xs[0]}. No line is determined.`);
  }
  const slope = xy / xx;
  return { slope, intercept: y0 - slope * x0, rSquared: yy === 0 ? 1 : (xy / xx) * (xy / yy) };
}

function requireCount(where: string, xs: ArrayLike<number>, least: number): void {
  if (xs.length >= least) return;
  const need = least === 1 ? "a number" : `${least} numbers`;
  throw new RangeError(`${where}: need at least ${need}, got ${xs.length}. Collect more.`);
}
