/** Blocks that every study's report has: its text, its claims by section, and all claims as one picture. */
import { claimsFigure } from "../figure/claims-figure.ts";
import type { Claim } from "./claim.ts";
import type { Block } from "./study.ts";

/** Text; see {@link Block} for its marks. */
export const textBlock = (text: string): Block => ({ kind: "text", text });

/** The claims whose ids match, as a table. */
export const claimsOn = (claims: readonly Claim[], pattern: RegExp): Block => ({
  kind: "claims",
  ids: claims.map(({ id }) => id).filter((id) => pattern.test(id)),
});

/** Every claim in units of its tolerance; counts that must be met exactly have none. */
export function claimsBlock(claims: readonly Claim[]): Block {
  const rows = claims
    .filter(({ tolerance }) => tolerance > 0)
    .map(({ id, expected, tolerance, measured, ci95, verdict }) => ({
      ...{ label: id, expected, tolerance, measured, verdict },
      ...{ low: ci95?.[0] ?? null, high: ci95?.[1] ?? null },
    }));
  return {
    kind: "figure",
    name: "claims",
    title: "Measured minus published, in tolerances.",
    caption: "A claim is met between −1 and 1. The table of all claims below says what each is.",
    tasks: [],
    draw: (host) => claimsFigure(rows, host),
  };
}
