/**
 * Double-double arithmetic: a number held as the unevaluated sum of two float64, about 106 bits.
 * Dekker 1971 (exact product by splitting) and Knuth (exact sum). Limits: |operands of a product| < 2^996, and
 * products above 2^-969, or the error term is lost; JavaScript has no fused multiply-add to do it in one step.
 */

/** head + tail, |tail| ≤ half an ulp of head. */
export type Pair = readonly [head: number, tail: number];

/** a + b exactly, as head + tail. */
export function exactSum(a: number, b: number): Pair {
  const head = a + b;
  const bPart = head - a;
  return [head, a - (head - bPart) + (b - bPart)];
}

/** a · b exactly, as head + tail. */
export function exactProduct(a: number, b: number): Pair {
  const head = a * b;
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return [head, aLow * bLow - (head - aHigh * bHigh - aLow * bHigh - aHigh * bLow)];
}

/** The leading 26 bits of `a`, so that products of halves are exact. */
function upperHalf(a: number): number {
  const shifted = a * 134217729; // 2^27 + 1
  return shifted - (shifted - a);
}

/** a + b, relative error below 2^-103 unless they cancel. */
export function addPairs(a: Pair, b: Pair): Pair {
  const [head, tail] = exactSum(a[0], b[0]);
  return exactSum(head, tail + (a[1] + b[1]));
}

/** a · b, relative error below 2^-102. */
export function multiplyPairs(a: Pair, b: Pair): Pair {
  const [head, tail] = exactProduct(a[0], b[0]);
  return exactSum(head, tail + (a[0] * b[1] + a[1] * b[0]));
}

/** a / b, relative error below 2^-100. */
export function dividePairs(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const [product, error] = exactProduct(first, b[0]);
  const remainder = a[0] - product - error + (a[1] - first * b[1]);
  return exactSum(first, remainder / b[0]);
}
