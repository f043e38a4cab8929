import { expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { matrix } from "../numeric/matrix.ts";
import { featurePlaneFigure } from "./feature-plane-figure.ts";

const networks = [
  { label: "digons", W: matrix(2, 5, [1, -1, 0, 0, 0, 0, 0, 1, -1, 0]) },
  { label: "triangle", W: matrix(2, 3, [1, -0.5, -0.5, 0, 0.866, -0.866]) },
];
const figure = featurePlaneFigure(networks, figureHost);

it("draws the figure that is kept beside it", () => {
  expectFigure(figure, new URL("./figures/feature-plane-figure.svg", import.meta.url));
});

it("draws a dot a feature, and numbers those that are not at 0", () => {
  const document = parsedFigure(figure);
  expect([...document.querySelectorAll("[aria-label=dot] circle")]).toHaveLength(8);
  const numbers = [...document.querySelectorAll("[aria-label=text] text")].map((text) => text.textContent);
  expect(numbers).toEqual(["0", "1", "2", "3", "0", "1", "2"]);
  expect(figure.table.rows[6]).toEqual(["triangle", 1, -0.5, 0.866]);
});

it("says what it needs", () => {
  expect(() => featurePlaneFigure([], figureHost)).toThrow(
    "featurePlaneFigure: need networks with W of [2, features], got no network. Use heatmapFigure for others.",
  );
  expect(() => featurePlaneFigure([{ label: "line", W: matrix(1, 2) }], figureHost)).toThrow("got [1, 2].");
});
