/**
 * log, exp, pow, sin and cos with the same bits on every host: built only from + − × ÷ (correctly rounded by
 * IEEE 754) and exact bit operations, because the host's own functions differ between engines and versions.
 *
 * Method: exact argument reduction, then a Taylor series whose first dropped term is below 2^-59 of the result;
 * coefficients are correctly rounded quotients, so none is a fitted constant. Error, tested against 300-bit integer
 * arithmetic: below 1 ulp everywhere (log .8, exp .6, pow .7, sin and cos .8).
 * Limits: sin and cos refuse |x| > 2^20; the reduction is exact up to there.
 */
import { addPairs, dividePairs, exactProduct, exactSum, multiplyPairs, type Pair } from "./double-double.ts";

/** ln 2 cut to 32 bits, so that k · ln2High is exact for every exponent k, and the rest. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
/** π/2 in pieces of 33 bits, so that n · piece is exact for n < 2^20; the last piece is rounded. */
const halfPi = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
] as const;
const largestAngle = 2 ** 20;

/** [scale/first!, scale/(first + step)!, …]: series coefficients. */
function inverseFactorials(first: number, step: number, last: number, alternate: boolean): readonly number[] {
  const result: number[] = [];
  let factorial = 1;
  for (let n = 1; n <= last; n++) {
    factorial *= n; // exact up to 18!
    const sign = alternate && ((n - first) / step) % 2 === 1 ? -1 : 1;
    if (n >= first && (n - first) % step === 0) result.push(sign / factorial);
  }
  return result;
}

/** (e^r − 1 − r)/r² = 1/2! + r/3! + …; dropped: r^14/14! < 2^-57 for |r| ≤ ½ ln 2. */
const expSeries = inverseFactorials(2, 1, 13, false);
/** (r − sin r)/r³ = 1/3! − r²/5! + …; dropped: r^18/19! < 2^-63 for |r| ≤ π/4. */
const sinSeries = inverseFactorials(3, 2, 17, true);
/** (cos r − 1 + r²/2)/r⁴ = 1/4! − r²/6! + …; dropped: r^18/18! < 2^-58. */
const cosSeries = inverseFactorials(4, 2, 16, true);
/** (atanh s − s)/s³ = 1/3 + s²/5 + …; dropped: s^24/25 < 2^-65 for |s| ≤ (√2 − 1)/(√2 + 1). */
const atanhSeries: readonly number[] = Array.from({ length: 11 }, (_, i) => 1 / (2 * i + 3));
/** The same from s⁴ on, for the pair arithmetic of `logPair`; 1/3 itself is a pair there. */
const atanhTail = atanhSeries.slice(1);
const third: Pair = [1 / 3, (1 - 3 * (1 / 3)) / 3];

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

/** Scratch for reading and making bit patterns; always written before it is read. */
const bits = new DataView(new ArrayBuffer(8));

/** 2^exponent for −1022 ≤ exponent ≤ 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x · 2^exponent, rounded once. */
function scale(x: number, exponent: number): number {
  const half = exponent >> 1;
  return x * powerOfTwo(half) * powerOfTwo(exponent - half);
}

/** x = m · 2^k with √½ ≤ m ≤ √2, for finite x > 0. */
function splitExponent(x: number): readonly [m: number, k: number] {
  const isSubnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, isSubnormal ? x * 18014398509481984 : x); // 2^54
  const high = bits.getUint32(0);
  const k = (high >>> 20) - (isSubnormal ? 1077 : 1023);
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  const m = bits.getFloat64(0);
  return m > Math.SQRT2 ? [m / 2, k + 1] : [m, k];
}

/**
 * Natural logarithm. log(±0) = −∞, log(negative) = NaN.
 *
 * With f = m − 1 and s = f/(2 + f), ln m = 2 atanh s; from 2s = f − s f and s f = f²/2 − s f²/2 follows
 * ln m = f − (f²/2 − s (f²/2 + R)), R = 2 (atanh s − s)/s, whose leading term f is exact.
 * @example log(1) // 0
 */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0) || x === Infinity) return x === Infinity ? x : NaN;
  const [m, k] = splitExponent(x);
  const f = m - 1;
  const s = f / (2 + f);
  const halfSquare = 0.5 * f * f;
  const remainder = 2 * s * s * horner(atanhSeries, s * s);
  return k * ln2High - (halfSquare - (s * (halfSquare + remainder) + k * ln2Low) - f);
}

/** ln x as a pair, relative error below 2^-63, for finite x > 0: 2s + 2s · s² (1/3 + s²/5 + …). */
function logPair(x: number): Pair {
  const [m, k] = splitExponent(x);
  const s = dividePairs([m - 1, 0], exactSum(1, m));
  const square = multiplyPairs(s, s);
  const series = addPairs(third, [square[0] * horner(atanhTail, square[0]), 0]);
  const twice: Pair = [2 * s[0], 2 * s[1]];
  const logM = addPairs(twice, multiplyPairs(twice, multiplyPairs(square, series)));
  return addPairs(exactSum(k * ln2High, k * ln2Low), logM);
}

/**
 * e^x. Overflows to ∞ above 709.78, gives subnormals below −708.4 and 0 below −745.13.
 * @example exp(0) // 1
 */
export function exp(x: number): number {
  return expPair([x, 0]);
}

/** e^(head + tail): with n = round(x/ln 2) and r = x − n ln 2, e^r · 2^n. */
function expPair([head, tail]: Pair): number {
  if (!(head > -800 && head < 800)) return head > 0 ? Infinity : head < 0 ? 0 : NaN;
  const n = Math.floor(head * Math.LOG2E + 0.5);
  const [r, rLow] = exactSum(head - n * ln2High, tail - n * ln2Low);
  // 1 + r is the only large sum; its rounding error is carried, so about half an ulp remains.
  const [sum, sumLow] = exactSum(1, r);
  return scale(sum + (sumLow + (r * r * horner(expSeries, r) + rLow * (1 + r))), n);
}

/**
 * x^y with the special cases of ECMAScript's `Math.pow`: x^0 = 1 always, (±1)^±∞ = NaN, a negative x needs a whole y.
 * @example pow(2, 10) // 1024
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (y === Infinity || y === -Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0;
  const isWhole = Math.floor(y) === y;
  const isNegative = x < 0 || Object.is(x, -0);
  if (x < 0 && !isWhole && size !== Infinity) return NaN;
  const result = powPositive(size, y);
  return isNegative && isWhole && y % 2 !== 0 ? -result : result;
}

/** x^y = e^(y ln x) for x ≥ 0 (∞ too) and finite y ≠ 0. The logarithm's 63 bits leave 53 after y ln x ≤ 745. */
function powPositive(x: number, y: number): number {
  if (x === 0 || x === Infinity) return (x === 0) === y < 0 ? Infinity : 0;
  if (x === 1) return 1;
  const logX = logPair(x);
  const estimate = y * logX[0];
  if (!(estimate > -800 && estimate < 800)) return estimate > 0 ? Infinity : 0;
  const [head, tail] = exactProduct(y, logX[0]);
  return expPair(exactSum(head, tail + y * logX[1]));
}

/** The nearest multiple n of π/2 (mod 4) and x − n π/2 as a pair, accurate however close x is to that multiple. */
function reduceAngle(name: string, x: number): readonly [quadrant: number, r: Pair] {
  if (Math.abs(x) > largestAngle) {
    throw new RangeError(`${name}: need |x| ≤ 2^20, got ${x}. Subtract whole turns first.`);
  }
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  const [head, tail] = exactSum(x - n * halfPi[0], -n * halfPi[1]);
  const [head2, tail2] = exactSum(head, -n * halfPi[2]);
  return [n & 3, exactSum(head2, tail + tail2 - n * halfPi[3])];
}

/** sin(r + rLow) for |r| ≤ π/4: r − r³/3! + …, with d sin = rLow cos r. */
function sinNearZero([r, rLow]: Pair): number {
  const square = r * r;
  return r + (rLow * (1 - 0.5 * square) - r * square * horner(sinSeries, square));
}

/** cos(r + rLow) for |r| ≤ π/4: 1 − r²/2 + r⁴/4! − …, with d cos = −rLow sin r. */
function cosNearZero([r, rLow]: Pair): number {
  const square = r * r;
  const [sum, sumLow] = exactSum(1, -0.5 * square);
  return sum + (sumLow + (square * square * horner(cosSeries, square) - r * rLow));
}

/**
 * Sine of an angle in radians.
 * @throws RangeError when 2^20 < |x| < ∞; NaN and ±∞ give NaN.
 * @example sin(0) // 0
 */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) < 1e-8) return x; // x³/6 is below half an ulp, and −0 stays −0
  const [quadrant, r] = reduceAngle("sin", x);
  const size = quadrant % 2 === 0 ? sinNearZero(r) : cosNearZero(r);
  return quadrant < 2 ? size : -size;
}

/**
 * Cosine of an angle in radians.
 * @throws RangeError when 2^20 < |x| < ∞; NaN and ±∞ give NaN.
 * @example cos(0) // 1
 */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  const [quadrant, r] = reduceAngle("cos", x);
  const size = quadrant % 2 === 0 ? cosNearZero(r) : sinNearZero(r);
  return quadrant === 0 || quadrant === 3 ? size : -size;
}
