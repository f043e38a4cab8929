import { describe, expect, it } from "vitest";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { oneNeuronFigure } from "./one-neuron-figure.ts";

const grid = [-0.4, -0.2, 0, 0.2, 0.4];
const curve = (label: string, f: (s: number) => number) => ({
  label,
  points: grid.map((x) => ({ x, y: f(x) })),
});
const record = {
  curves: [
    curve("best weights", (s) => (1 - 2 * s + 3 * s * s) / 4),
    curve("naive's weights", (s) => (1 + 4 * s * s) / 4),
  ],
  references: [{ label: "naive on clean labels", kind: "naive" as const, value: 0.25 }],
};

describe("oneNeuronFigure", () => {
  const figure = oneNeuronFigure(record, figureHost);

  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/one-neuron-figure.svg", import.meta.url));
  });

  it("keeps every number that is drawn", () => {
    const numbers = figure.table.rows.flat();
    for (const { points } of record.curves) for (const { y } of points) expect(numbers).toContain(y);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => oneNeuronFigure({ curves: [] }, figureHost)).toThrow(/^oneNeuronFigure: need /);
  });
});
