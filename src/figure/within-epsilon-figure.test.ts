import { describe, expect, it } from "vitest";
import { noise } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost } from "../../test/support/figure-snapshot.ts";
import { withinEpsilonFigure } from "./within-epsilon-figure.ts";

const errors = (low: number, high: number) =>
  Array.from({ length: 190 }, (_, i) => low + (high - low) * noise(i));
const networks = [
  { label: "trained", worst: errors(0.05, 0.24), neurons: 80 },
  { label: "random subsets", worst: errors(0.2, 0.7), neurons: 80 },
];

describe("withinEpsilonFigure", () => {
  const figure = withinEpsilonFigure(networks, { ...figureHost, affine: 0.25 });

  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/within-epsilon-figure.svg", import.meta.url));
  });

  it("counts what is at ε too, for each neuron", () => {
    const { table } = withinEpsilonFigure([{ label: "a", worst: [0.5, 0.1, 0.25], neurons: 2 }], figureHost);
    const at = (epsilon: number) => table.rows.find(([label, x]) => label === "a" && x === epsilon)![2];
    expect([0, 0.1, 0.25, 0.5].map(at)).toEqual([0, 0.5, 1, 1.5]);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => withinEpsilonFigure([], figureHost)).toThrow(/^withinEpsilonFigure: need /);
  });
});
