/**
 * Slopes by central differences at steps h, h/2 and h/4, extrapolated after Richardson 1911: from D(h) = f′ + O(h²),
 * (4 D(h/2) − D(h))/3 = f′ + O(h⁴). What the last two extrapolations differ by bounds the error of the better one.
 */

/** A slope, and whether it can be trusted. */
export interface Slope {
  readonly value: number;
  /**
   * How far extrapolations, and the slopes from either side, lie apart. Above the caller's tolerance a kink, or a
   * curvature that is not finite, is within reach, and the slope says nothing.
   */
  readonly spread: number;
}

/** 2^-12: a kink is in reach of few entries, and rounding is multiplied by no more than 4096 · 4. */
export const step = 2 ** -12;

/** f′(0). */
export function slopeAtZero(f: (shift: number) => number): Slope {
  const [middle, right, left] = [f(0), sideOf(f, step), sideOf(f, -step)];
  const central = right.values.map((value, k) => (value - left.values[k]!) / ((2 * step) / 2 ** k));
  const first = (4 * central[1]! - central[0]!) / 3;
  const value = (4 * central[2]! - central[1]!) / 3;
  const oneSided = right.slope(middle) - left.slope(middle);
  return { value, spread: Math.max(Math.abs(value - first), Math.abs(oneSided)) };
}

/** f at h, h/2 and h/4, and the slope at 0 from the first two alone, to O(h²). */
function sideOf(f: (shift: number) => number, h: number) {
  const values = [f(h), f(h / 2), f(h / 4)] as const;
  return { values, slope: (middle: number) => (4 * values[1] - values[0] - 3 * middle) / h };
}
