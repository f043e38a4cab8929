import { describe, expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { polysemanticity } from "../analyse/polysemanticity.ts";
import { polysemanticityFigure } from "./polysemanticity-figure.ts";

const record = polysemanticity(codeNetwork());
const figure = polysemanticityFigure(record, figureHost);

/** A record whose counts are all the same by both measures. */
const recordOf = (featuresPerNeuron: number[], neuronsPerFeature: number[]) => {
  const counts = {
    featuresPerNeuron: Int32Array.from(featuresPerNeuron),
    neuronsPerFeature: Int32Array.from(neuronsPerFeature),
  };
  return { fraction: 0.1, byWeight: counts, byContribution: counts };
};
const heights = (drawn: typeof figure) =>
  [...parsedFigure(drawn).querySelectorAll("[aria-label=rect] rect")].map((rect) =>
    Number(rect.getAttribute("height")),
  );

describe("polysemanticityFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/polysemanticity-figure.svg", import.meta.url));
  });

  it("has every neuron and feature in one bin, once a measure", () => {
    for (const [of, count] of [
      ["features per neuron", 50],
      ["neurons per feature", 100],
    ] as const) {
      for (const measure of ["weights W_in[k, i]", "contributions W_out[i, k] · W_in[k, i]"]) {
        const rows = figure.table.rows.filter((row) => row[0] === of && row[1] === measure);
        expect(rows.reduce((total, row) => total + Number(row[4]), 0)).toBe(count);
      }
    }
    const five = figure.table.rows.find((row) => row[0] === "neurons per feature" && row[2] === 5)!;
    expect(five).toEqual(["neurons per feature", "weights W_in[k, i]", 5, 5, 100]);
  });

  it("draws bars as high as the numbers, with a bin for the dead", () => {
    const small = polysemanticityFigure(recordOf([0, 1, 1, 1], [2, 2]), figureHost);
    const [dead, , one] = heights(small);
    // 0, 1 and 2 have two bars each; lengths are written with three decimals.
    expect(one! / dead!).toBeCloseTo(3, 4);
    expect(small.table.rows).toHaveLength(2 * (2 + 3));
  });

  it("puts several counts in a bin where they reach far, but never 0", () => {
    const { table, svg } = polysemanticityFigure(recordOf([0, 7, 100], [1]), figureHost);
    expect(table.rows.slice(0, 6).map((row) => row.slice(2))).toEqual([
      [0, 0, 1],
      [0, 0, 1],
      [1, 5, 0],
      [1, 5, 0],
      [6, 10, 1],
      [6, 10, 1],
    ]);
    expect(svg).not.toContain("NaN");
  });

  it("draws a net that does nothing", () => {
    expect(polysemanticityFigure(recordOf([0, 0], [0, 0, 0]), figureHost).svg).not.toContain("NaN");
  });

  it("says what it needs", () => {
    expect(() => polysemanticityFigure(recordOf([], []), figureHost)).toThrow(
      "polysemanticityFigure: need neurons and features, got none. Pass polysemanticity(network).",
    );
  });
});
