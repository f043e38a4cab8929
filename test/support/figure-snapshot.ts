/** The exam of every figure: a kept picture, and the promises that hold for all of them. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseHTML } from "linkedom";
import { expect } from "vitest";
import type { Figure, FigureDocument } from "../../src/figure/index.ts";

/** A document to draw figures on, as in Node. */
export const figureHost: { readonly document: FigureDocument } = {
  document: parseHTML("<html></html>").document,
};

/** A figure's SVG, to be asked for its elements. */
export const parsedFigure = ({ svg }: Figure) => parseHTML(svg).document;

/** What a figure may weigh, so that a report of twenty stays small. */
const largestBytes = 60_000;

/**
 * Expects `figure` to be the kept one, and to be a small standalone document with a name, lengths of at most three
 * decimals, and a table. On a difference, the new text is written to NAME-changed.svg: look at both, and rename it to
 * NAME.svg when the change is meant.
 */
export function expectFigure(figure: Figure, kept: URL): void {
  const { svg, table } = figure;
  expect(svg).toMatch(
    /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*role="img">\n<title>[^<]+<.title>/,
  );
  expect(svg).toMatch(/<desc>[^<]+<\/desc>/);
  expect(svg.replace(/>[^<]*</g, "><")).not.toMatch(/\d\.\d{4,}|NaN|undefined|Infinity/);
  expect(Buffer.byteLength(svg)).toBeLessThan(largestBytes);
  for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  expect(table.rows.length).toBeGreaterThan(0);
  expectKept(svg, fileURLToPath(kept));
}

function expectKept(svg: string, path: string): void {
  const changed = path.replace(/\.svg$/, "-changed.svg");
  const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (svg === expected) rmSync(changed, { force: true });
  else writeFileSync(changed, svg);
  const mend = `The figure changed. Compare ${path} with ${changed}; rename the latter if it is meant.`;
  expect(svg, mend).toBe(expected);
}
