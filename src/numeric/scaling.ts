/** What every decomposition does at its door: refuse what is not finite, and bring the largest entry to size 1. */
import { log, pow } from "./elementary.ts";
import type { Matrix } from "./matrix.ts";

/** @throws RangeError naming the first entry that is NaN or infinite. */
export function requireFinite(where: string, a: Matrix): void {
  let at = 0;
  while (at < a.data.length && Number.isFinite(a.data[at])) at++;
  if (at === a.data.length) return;
  const columns = a.shape[1];
  const place = `[${Math.floor(at / columns)}, ${at % columns}]`;
  throw new RangeError(
    `${where}: need finite numbers, got ${a.data[at]} at ${place}. Find the step that made it; nothing can be decomposed here.`,
  );
}

/** max |a_ij|; 0 for an empty matrix. */
export function largestMagnitude(a: Matrix): number {
  let largest = 0;
  for (const value of a.data) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/**
 * A power of two that brings `largest` to about 1, so that squares neither overflow nor vanish; multiplying by it and
 * dividing by it are exact. Between 2^-1000 and 2^1000; 1 for 0.
 */
export function scaleToOne(largest: number): number {
  if (largest === 0) return 1;
  const exponent = -Math.floor(log(largest) * Math.LOG2E);
  return pow(2, Math.min(1000, Math.max(-1000, exponent)));
}
