/**
 * The published numbers, and ours. Losses are L/p at p = .01 on independent features unless said.
 *
 * "Bhagat et al." is Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026 (arXiv 2606.14673).
 */
import { type Claim, judge } from "../claim.ts";
import type { Mode, Results } from "../study.ts";
import { runIdOf } from "../task.ts";
import type { Input, Numbers } from "./claim-input.ts";
import { keysOf, numbers } from "./evidence.ts";
import {
  boundClaims,
  evenClaim,
  lossClaims,
  offsetClaims,
  semiNmfClaims,
  splitClaims,
} from "./loss-claims.ts";
import { learnedClaims, sweepClaims, transplantClaims, variantClaims } from "./mixing-claims.ts";
import { densityClaims, familyClaims, weightClaims } from "./weight-claims.ts";

/** Every claim of the study, judged. */
export function claimsOf(results: Results, mode: Mode): readonly Claim[] {
  const over: Numbers = (group, of) => ({
    values: numbers(results, group, of),
    tasks: keysOf(results, group),
  });
  const inputs: readonly Input[] = [
    ...lossClaims(over),
    ...splitClaims(over),
    evenClaim(results),
    ...sweepClaims(results, mode),
    ...learnedClaims(over),
    ...variantClaims(over, mode),
    ...transplantClaims(results, over),
    ...weightClaims(over, mode),
    ...semiNmfClaims(results),
    ...offsetClaims(),
    ...familyClaims(over, mode),
    ...(mode === "full" ? densityClaims(over) : []),
    ...boundClaims(results, over),
  ];
  return inputs.map((input) => judged(input, results));
}

function judged({ tasks = [], ...input }: Input, results: Results): Claim {
  const runs = tasks.flatMap((key) =>
    key.startsWith("semi-nmf") ? [] : [runIdOf(results.trained(key).task)],
  );
  return judge({ ...input, tasks }, { study: "compressed-computation", command: results.command, runs });
}
