/** Claims before they are judged, as a study lists them, and how numbers over seeds are asked for. */
import { type Claim, type ClaimInput, judge } from "./claim.ts";
import { keysOf, numbers } from "./evidence.ts";
import type { Measurement } from "./measure.ts";
import type { Results } from "./study.ts";

/** A claim to be judged; a closed form has no tasks. */
export type OpenClaim = Omit<ClaimInput, "tasks"> & { readonly tasks?: readonly string[] };

/** One number of every seed of a group, with the tasks that they come from. */
export type Numbers = (
  group: string,
  of: (measured: Measurement) => number,
) => Pick<ClaimInput, "values" | "tasks">;

/** Numbers of these results. */
export function numbersOver(results: Results): Numbers {
  return (group, of) => ({ values: numbers(results, group, of), tasks: keysOf(results, group) });
}

/** Judges every claim of a study. @param study its name */
export function judgeAll(claims: readonly OpenClaim[], results: Results, study: string): readonly Claim[] {
  return claims.map(({ tasks = [], ...input }) =>
    judge({ ...input, tasks }, { study, command: results.command, runs: results.runsOf(tasks) }),
  );
}
