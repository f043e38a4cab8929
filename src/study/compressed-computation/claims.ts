/**
 * The published numbers, and ours. Losses are L/p at p = .01 on independent features unless said.
 *
 * "Bhagat et al." is Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026 (arXiv 2606.14673).
 */
import type { Claim } from "../claim.ts";
import { judgeAll, numbersOver } from "../open-claim.ts";
import type { Mode, Results } from "../study.ts";
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
  const over = numbersOver(results);
  const claims = [
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
  return judgeAll(claims, results, "compressed-computation");
}
