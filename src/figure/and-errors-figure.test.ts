import { describe, expect, it } from "vitest";
import { point } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { andErrorsFigure } from "./and-errors-figure.ts";

const neurons = [400, 1600, 6400];
const record = {
  quantity: "mean error, one feature on",
  curves: [
    { label: "q = 0.25", points: neurons.map((h) => point(h, 0.5, 0.01)) },
    { label: "q = ln n / √h", points: neurons.map((h) => point(h, 9.2 / Math.sqrt(h), 0.01)) },
  ],
  references: [{ label: "(s − 1) q", kind: "bound" as const, of: "q = 0.25", value: 0.5 }],
};

describe("andErrorsFigure", () => {
  const figure = andErrorsFigure(record, figureHost);

  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/and-errors-figure.svg", import.meta.url));
  });

  it("keeps every number that is drawn", () => {
    const numbers = figure.table.rows.flat();
    for (const { points } of record.curves) for (const { y } of points) expect(numbers).toContain(y);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => andErrorsFigure({ ...record, curves: [] }, figureHost)).toThrow(/^andErrorsFigure: need /);
  });
});
