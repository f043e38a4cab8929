import { describe, expect, it } from "vitest";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import type { CodeRow } from "../analyse/compare-codes.ts";
import { codeComparisonFigure } from "./code-comparison-figure.ts";

/** Of the size of the literature's. */
const row = (code: CodeRow["code"], ratio: number, ratioStderr: number): CodeRow => ({
  ...{ code, ratio, ratioStderr, lossPerP: 0.0018 * ratio, stderr: 3e-5 * ratio, squaredOverlaps: 2300 },
  scalars: { on: 0.9, off: -0.041, scale: 1.77 },
});
const rows = [
  row("trained", 1, 0),
  row("own", 1.164, 0.005),
  row("swapped", 1.111, 0.006),
  row("biregular", 1.687, 0.018),
  row("random", 1.859, 0.023),
];
const figure = codeComparisonFigure({ exponent: 4, size: 5, rows }, figureHost);

describe("codeComparisonFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/code-comparison-figure.svg", import.meta.url));
  });

  it("has a row a code with its interval, and none for the network itself", () => {
    expect(figure.table.rows).toHaveLength(4);
    expect(figure.table.rows[1]).toEqual([
      ...[null, "biregular of size 5, edges swapped", 1.111],
      ...[1.111 - 1.96 * 0.006, 1.111 + 1.96 * 0.006, null],
    ]);
  });

  it("has no intervals where losses are exact", () => {
    const exact = rows.map((one) => ({ ...one, ratioStderr: 0 }));
    expect(codeComparisonFigure({ exponent: 4, size: 5, rows: exact }, figureHost).svg).not.toContain(
      ">95 % interval<",
    );
  });

  it("says what it needs", () => {
    expect(() => codeComparisonFigure({ exponent: 4, size: 5, rows: rows.slice(0, 1) }, figureHost)).toThrow(
      "ablationFigure: need at least one row, got none. Pass the variants' losses.",
    );
  });
});
