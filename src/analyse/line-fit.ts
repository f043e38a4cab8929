/** Least-squares line through points, in float64. */

/** y ≈ slope · x + intercept. */
export interface LineFit {
  readonly slope: number;
  readonly intercept: number;
  /** Share of y's variance that the line explains, 0 to 1; 1 when y does not vary. */
  readonly r2: number;
  readonly points: number;
}

/** The least-squares line, or null when x does not vary (or there is no point), so that no line is best. */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): LineFit | null {
  const [xMean, yMean] = [meanOf(x), meanOf(y)];
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - xMean, y[i]! - yMean];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (!(xx > 0)) return null;
  const slope = xy / xx;
  return {
    slope,
    intercept: yMean - slope * xMean,
    r2: yy === 0 ? 1 : (xy * xy) / (xx * yy),
    points: x.length,
  };
}

function meanOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total / values.length;
}
