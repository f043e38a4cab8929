import { expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { interference } from "../analyse/interference.ts";
import { matrix } from "../numeric/matrix.ts";
import { featureNormsFigure } from "./feature-norms-figure.ts";

const networks = [
  { label: "two alone", ...interference(matrix(2, 4, [1, 0, 0, 0, 0, 1, 0, 0])) },
  { label: "two pairs", ...interference(matrix(2, 4, [1, -1, 0, 0, 0, 0, 0.8, -0.8])) },
  { label: "all in one direction", ...interference(matrix(1, 4, [1, -1, 0.7, -0.7])) },
];
const figure = featureNormsFigure(networks, figureHost);

it("draws the figure that is kept beside it", () => {
  expectFigure(figure, new URL("./figures/feature-norms-figure.svg", import.meta.url));
});

it("colours features by what shares their directions", () => {
  const bars = [...parsedFigure(figure).querySelectorAll("[aria-label=rect] rect")];
  const fills = bars.map((bar) => bar.getAttribute("fill"));
  expect(bars).toHaveLength(12);
  expect(fills[0]).toBe(fills[2]);
  expect(new Set([fills[0], fills[4], fills[6], fills[8]]).size).toBe(3);
  expect(figure.table.rows[4]).toEqual(["two pairs", 0, 1, 1]);
});

it("says what it needs", () => {
  for (const given of [[], [{ label: "empty", norms: [], interference: [] }]]) {
    expect(() => featureNormsFigure(given, figureHost)).toThrow(
      "featureNormsFigure: need networks with features, got none. Pass interference(network.W_in).",
    );
  }
});
