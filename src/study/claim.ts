/**
 * Claims: a published number, what was measured here over seeds, and a verdict by one rule for all.
 *
 * `reproduced`: the mean over seeds lies within the tolerance, and the half-width of its 95 % interval is at most the
 * tolerance. `differs`: the interval does not meet published ± tolerance. Everything else, and anything measured with
 * fewer than three seeds, is `inconclusive`. A closed form has no seeds: its interval is the number itself.
 */
import { confidenceInterval, mean } from "../numeric/statistics.ts";

/** What the measurements say of a claim. */
export type Verdict = "reproduced" | "differs" | "inconclusive";

/** What is claimed, and the measurements to judge it by. */
export interface ClaimInput {
  /** Stable within its study, e.g. `symmetric-loss`. */
  readonly id: string;
  /** The paper and place that the number comes from, or `derived` with its page. */
  readonly source: string;
  readonly statement: string;
  readonly expected: number;
  readonly tolerance: number;
  /** One number a seed; for a closed form, the number alone with `isExact`. */
  readonly values: readonly number[];
  /** Whether the number has no randomness in it. */
  readonly isExact?: boolean;
  /** What was seen, where the number alone does not say it. */
  readonly remark?: string;
  /** Keys of the tasks that the numbers come from. */
  readonly tasks: readonly string[];
}

/** A judged claim, as in `claims.json`. */
export interface Claim extends Omit<ClaimInput, "values" | "isExact" | "tasks"> {
  readonly study: string;
  /** Mean over seeds; null when nothing was measured. */
  readonly measured: number | null;
  /** 95 % interval of the mean over seeds (Student's t); null below two seeds. */
  readonly ci95: readonly [low: number, high: number] | null;
  readonly seeds: number;
  readonly values: readonly number[];
  readonly verdict: Verdict;
  /** The command that makes the number. */
  readonly command: string;
  /** Ids of the runs behind it. */
  readonly runs: readonly string[];
}

const fewestSeeds = 3;

/** The verdict of a mean and its interval. */
export function verdictOf(
  { expected, tolerance }: Pick<ClaimInput, "expected" | "tolerance">,
  measured: number,
  [low, high]: readonly [number, number],
): Verdict {
  // A number printed with a few digits must not fail by the last bit of a sum.
  const slack = 1e-9 * Math.max(1, Math.abs(expected));
  const isWithin = Math.abs(measured - expected) <= tolerance + slack;
  if (isWithin && (high - low) / 2 <= tolerance + slack) return "reproduced";
  const isApart = high < expected - tolerance - slack || low > expected + tolerance + slack;
  return isApart ? "differs" : "inconclusive";
}

/** Judges a claim. */
export function judge(
  input: ClaimInput,
  {
    study,
    command,
    runs,
  }: { readonly study: string; readonly command: string; readonly runs: readonly string[] },
): Claim {
  const { values, isExact = false, tasks: _, ...words } = input;
  const measured = values.length === 0 ? null : mean(values);
  const ci95 = intervalOf(values, isExact);
  const isJudged = measured !== null && ci95 !== null && (isExact || values.length >= fewestSeeds);
  const verdict = isJudged ? verdictOf(input, measured, ci95) : "inconclusive";
  return {
    ...words,
    study,
    measured,
    ci95,
    seeds: isExact ? 0 : values.length,
    values,
    verdict,
    command,
    runs,
  };
}

function intervalOf(values: readonly number[], isExact: boolean): readonly [number, number] | null {
  if (isExact && values.length === 1) return [values[0]!, values[0]!];
  if (values.length < 2) return null;
  const { low, high } = confidenceInterval(values);
  return [low, high];
}
