/** How sure a verdict is: how often fresh inputs give the same. */
import type { Interval } from "../../numeric/statistics.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict that most sample sets give, and how many. */
export interface Confidence {
  /** Of the sample sets, those that give the verdict; 0 to 1 */
  readonly share: number;
  /** 95 % interval of the share for sample sets without end (Wilson 1927). */
  readonly interval: Interval;
  /** Sample sets. */
  readonly resamplings: number;
  /** How many gave which verdict, most first. */
  readonly counts: readonly { readonly verdict: Verdict; readonly count: number }[];
}

/** The commonest verdict, the first of equals, with its confidence. @param verdicts one a sample set, at least one */
export function agreement(verdicts: readonly Verdict[]): { verdict: Verdict; confidence: Confidence } {
  const counts = [...new Set(verdicts)]
    .map((verdict) => ({ verdict, count: verdicts.filter((other) => other === verdict).length }))
    .sort((a, b) => b.count - a.count);
  const { verdict, count } = counts[0]!;
  const resamplings = verdicts.length;
  const interval = wilsonInterval(count, resamplings);
  return { verdict, confidence: { share: count / resamplings, interval, resamplings, counts } };
}

/** Two-sided 95 % quantile of the normal distribution. */
const z = 1.959964;

/**
 * The 95 % interval of a share of which `count` in `total` trials came out (Wilson 1927): never empty, also at 0 and 1.
 *
 * @example wilsonInterval(20, 20) // { low: 0.84, high: 1 }
 */
export function wilsonInterval(count: number, total: number): Interval {
  const share = count / total;
  const scale = 1 + (z * z) / total;
  const centre = (share + (z * z) / (2 * total)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total))) / scale;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
