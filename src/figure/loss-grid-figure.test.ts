import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { lossGridFigure } from "./loss-grid-figure.ts";

const densities = [0.001, 0.01, 0.03, 0.1, 0.3, 1];
const cells = densities.flatMap((trained, i) =>
  densities.map((evaluated, j) => ({
    trained,
    evaluated,
    lossPerP: i === 5 && j === 0 ? null : (1 / 12) * (0.62 + 0.09 * (i - j) ** 2 + 0.02 * j),
    naive: 1 / 12,
  })),
);
const figure = lossGridFigure([...cells].reverse(), figureHost);
const fillOf = (lossPerP: number) => {
  const { svg } = lossGridFigure([{ trained: 0.01, evaluated: 0.01, lossPerP, naive: 0.1 }], figureHost);
  return /aria-label="cell"[^>]*><rect fill="(#\w+)"/.exec(svg)![1];
};

describe("lossGridFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/loss-grid-figure.svg", import.meta.url));
  });

  it("sorts densities whatever the order of cells, and leaves a missing one grey", () => {
    const ticks = [...parsedFigure(figure).querySelectorAll('[aria-label="x-axis tick label"] text')];
    expect(ticks.map((tick) => tick.textContent)).toEqual(densities.map(String));
    expect(figure.svg).toContain(">–<");
    expect(figure.svg).toContain("not measured");
  });

  it("is nearly white at the naive loss, and ends its colours at half and twice of it", () => {
    expect(fillOf(0.1)).toBe("#f3f3f1");
    expect([fillOf(0.05), fillOf(0.01), fillOf(0)]).toEqual(["#3a8cc8", "#3a8cc8", "#3a8cc8"]);
    expect([fillOf(0.2), fillOf(5)]).toEqual(["#e69f00", "#e69f00"]);
  });

  it("has losses and ratios in its table", () => {
    const row = lossGridFigure([{ trained: 0.01, evaluated: 1, lossPerP: 0.05, naive: 0.1 }], figureHost)
      .table.rows;
    expect(row).toEqual([[0.01, 1, 0.05, 0.1, 0.5]]);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => lossGridFigure([], figureHost)).toThrow(
      "lossGridFigure: need at least one cell, got none. Pass losses of trained networks.",
    );
  });
});
