import { expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { dimensionalityFigure } from "./dimensionality-figure.ts";

const of = (...counts: readonly (readonly [value: number, count: number])[]) =>
  counts.flatMap(([value, count]) => Array.from({ length: count }, () => value));
const levels = [
  { p: 0.9, dStar: 1, perFeature: of([1, 30], [0.001, 10]) },
  { p: 0.45, dStar: 0.58, perFeature: of([0.5, 40], [2 / 3, 6], [0.751, 4]) },
  { p: 0.2, dStar: 0.37, perFeature: of([0.401, 20], [0.376, 24], [0.36, 12]) },
];
const figure = dimensionalityFigure(levels, figureHost);

it("draws the figure that is kept beside it", () => {
  expectFigure(figure, new URL("./figures/dimensionality-figure.svg", import.meta.url));
});

it("has a bar for each filled bin, the fullest of a level widest", () => {
  const bars = [...parsedFigure(figure).querySelectorAll("[aria-label=rect] rect")];
  const widths = bars.map((bar) => Number(bar.getAttribute("width")));
  expect(widths).toHaveLength(7);
  expect(widths[1]! / widths[2]!).toBeCloseTo(40 / 6, 2);
  expect(widths[0]).toBeCloseTo(widths[1]!, 2);
  expect(figure.table.rows.map((row) => row[4])).toEqual([30, 40, 6, 4, 12, 24, 20]);
});

it("says what it needs", () => {
  for (const given of [[], [{ p: 1, dStar: 1, perFeature: [] }]]) {
    expect(() => dimensionalityFigure(given, figureHost)).toThrow(
      "dimensionalityFigure: need levels with features, got none. Pass capacity(network.W_in).perFeature.",
    );
  }
});
