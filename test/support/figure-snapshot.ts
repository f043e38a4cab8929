/** Compares a figure with the one that is kept, and leaves the new one beside it when they differ. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/**
 * Expects `svg` to be the text of the kept figure. On a difference, the new text is written to NAME-changed.svg: look
 * at both, and rename it to NAME.svg when the change is meant.
 */
export function expectFigure(svg: string, kept: URL): void {
  const path = fileURLToPath(kept);
  const changed = path.replace(/\.svg$/, "-changed.svg");
  const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (svg === expected) rmSync(changed, { force: true });
  else writeFileSync(changed, svg);
  const mend = `The figure changed. Compare ${path} with ${changed}; rename the latter if it is meant.`;
  expect(svg, mend).toBe(expected);
}
