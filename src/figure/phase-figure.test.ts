import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { readPngUri } from "../../test/support/read-png.ts";
import { placementLosses, sharingDensity } from "../baseline/one-feature-too-many.ts";
import { type PhaseCell, phaseFigure } from "./phase-figure.ts";

const importances = [0.1, 0.16, 0.25, 0.4, 0.63, 1, 1.6, 2.5, 4, 6.3, 10];
const densities = [0.01, 0.016, 0.025, 0.04, 0.063, 0.1, 0.16, 0.25, 0.4, 0.63, 1];
const treatments = {
  "ignore-extra": "ignored",
  "ignore-unit": "alone",
  "share-extra": "shared",
  "share-units": "alone",
} as const;
const cellsOf = (features: number): PhaseCell[] =>
  densities.flatMap((density) =>
    importances.map((importance) => ({
      ...{ density, importance },
      treatment: treatments[placementLosses({ features, density, importance })[0]!.placement],
    })),
  );
const panels = [
  { title: "n = 2, m = 1", cells: cellsOf(2) },
  { title: "n = 3, m = 2", cells: cellsOf(3) },
];
const points = importances
  .filter((importance) => importance <= 1)
  .map((importance) => ({ importance, density: sharingDensity(importance) }));
const figure = phaseFigure({ panels, boundaries: [{ label: "s* = 4r/(2 + 5r)", points }] }, figureHost);

describe("phaseFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/phase-figure.svg", import.meta.url));
  });

  it("puts the largest density on top and the largest importance at the right", () => {
    const [first] = parsedFigure(figure).querySelectorAll("image");
    const { width, height, rgba } = readPngUri(first!.getAttribute("href")!);
    expect([width, height]).toEqual([11, 11]);
    const colourAt = (row: number, column: number) =>
      Array.from(rgba.subarray(4 * (11 * row + column), 4 * (11 * row + column) + 3));
    const [blue, orange] = [
      [0x3a, 0x8c, 0xc8],
      [0xe6, 0x9f, 0x00],
    ];
    expect(colourAt(0, 10)).toEqual(blue);
    expect(colourAt(10, 5)).toEqual(orange);
  });

  it("tells every cell", () => {
    expect(figure.table.rows).toHaveLength(2 * 121);
    expect(figure.table.rows[0]).toEqual(["n = 2, m = 1", 0.1, 0.01, "shared"]);
  });

  it("refuses what it cannot draw", () => {
    expect(() => phaseFigure({ panels: [], boundaries: [] }, figureHost)).toThrow(
      "phaseFigure: need one or two panels, got 0. Draw more figures.",
    );
    const gap = [{ title: "gap", cells: cellsOf(2).slice(1) }];
    expect(() => phaseFigure({ panels: gap, boundaries: [] }, figureHost)).toThrow(
      'phaseFigure: need every importance with every density in "gap", two of each or more, got 120 cells of 11 × 11. Fill the grid.',
    );
  });
});
