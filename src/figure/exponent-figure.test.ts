import { describe, expect, it } from "vitest";
import { point } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { exponentFigure } from "./exponent-figure.ts";

const exponents = [1, 2, 2.5, 3, 4, 6, 8];
const variations = [0.98, 0.999, 0.027, 0.028, 0.031, 0.037, 0.046];
const record = {
  quantity: "CV over features",
  curves: [{ label: "trained", points: exponents.map((q, i) => point(q, variations[i]!, 0.004)) }],
  references: [{ label: "naive", kind: "naive" as const, value: 1 }],
  verticals: [{ label: "q = 2", x: 2 }],
};

describe("exponentFigure", () => {
  const figure = exponentFigure(record, figureHost);

  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/exponent-figure.svg", import.meta.url));
  });

  it("keeps every number that is drawn", () => {
    const numbers = figure.table.rows.flat();
    for (const value of [...exponents, ...variations]) expect(numbers).toContain(value);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => exponentFigure({ ...record, curves: [] }, figureHost)).toThrow(/^exponentFigure: need /);
  });
});
