/** The least value of a function with one valley: golden-section search (Kiefer 1953), one evaluation a step. */

/** 1/φ, the share of the interval that every step keeps. */
const kept = (Math.sqrt(5) - 1) / 2;

/**
 * Where on [low, high] a unimodal function is least, to within `tolerance`; on other functions, a local minimum or an end.
 * @throws RangeError unless low < high and tolerance > 0.
 * @example goldenSection((x) => (x - 2) ** 2, { low: 0, high: 5, tolerance: 1e-6 }) // 2
 */
export function goldenSection(
  f: (x: number) => number,
  { low, high, tolerance }: { readonly low: number; readonly high: number; readonly tolerance: number },
): number {
  if (!(low < high && tolerance > 0)) {
    throw new RangeError(
      `goldenSection: need low < high and a tolerance above 0, got ${low}, ${high} and ${tolerance}. Swap the ends?`,
    );
  }
  let [a, b] = [low, high];
  let [x, y] = [b - kept * (b - a), a + kept * (b - a)];
  let [fx, fy] = [f(x), f(y)];
  while (b - a > tolerance) {
    if (fx <= fy) {
      [b, y, fy] = [y, x, fx];
      x = b - kept * (b - a);
      fx = f(x);
    } else {
      [a, x, fx] = [x, y, fy];
      y = a + kept * (b - a);
      fy = f(y);
    }
  }
  return fx <= fy ? x : y;
}
