import { describe, expect, it } from "vitest";
import { densities } from "../../test/support/figure-records.ts";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import type { PowerLossOverP } from "../analyse/power-loss-over-p.ts";
import { powerLossFigure } from "./power-loss-figure.ts";

const pointsOf = (at: (p: number) => number, error = 0) =>
  densities.map((p) => ({ p, lossPerP: at(p), stderr: error * at(p) }));
/** `powerBound` of 100 features and 50 neurons, to three digits. */
const certificates = [553, 545, 526, 505, 494, 591, 859, 1370, 2400, 2750].map(
  (millionths) => millionths / 1e6,
);
/** A record of the size of the literature's, q = 4. */
const losses: PowerLossOverP = {
  exponent: 4,
  values: "symmetric",
  exactlyOne: 0.00075,
  points: pointsOf((p) => 0.00075 + 0.04 * p, 0.03),
  naive: pointsOf(() => 0.05),
  zero: pointsOf(() => 0.1),
  bound: densities.map((p, at) => ({ p, lossPerP: certificates[at]!, stderr: 0 })),
};
const squared = { ...losses, exactlyOne: 0.02, points: pointsOf((p) => 0.02 + 0.01 * p, 0.02) };
const networks = [
  { label: "trained by |ŷ − y|⁴", losses },
  { label: "trained by squares", losses: squared },
];
const figure = powerLossFigure(networks, figureHost);

describe("powerLossFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/power-loss-figure.svg", import.meta.url));
  });

  it("says the exponent on its axis, and numbers that do not depend on p in the legend", () => {
    expect(figure.table.columns[2]).toBe("mean |ŷ − y|⁴ per output / p");
    const legend = parsedFigure(figure).querySelector("[aria-label=legend]")!.textContent;
    for (const words of ["zero (0.1)", "naive (0.05)", "no network is below", "squares, p → 0 (0.02)"])
      expect(legend).toContain(words);
  });

  it("has every point, reference and limit in its table, with 95 % intervals", () => {
    expect(figure.table.rows).toHaveLength(2 * 10 + 2 + 10 + 2);
    const [, , y, low, high] = figure.table.rows[0]!;
    expect(Number(high) - Number(low)).toBeCloseTo(2 * 1.96 * 0.03 * Number(y), 12);
  });

  it("draws references that depend on p, and none that nobody proved", () => {
    const mixed = { ...losses, bound: null, naive: pointsOf((p) => 0.05 + p / 10) };
    const { svg, table } = powerLossFigure([{ label: "with M", losses: mixed }], figureHost);
    expect(svg).not.toContain("no network is below");
    expect(table.rows.filter(([label]) => label === "naive")).toHaveLength(10);
  });

  it("says what it needs", () => {
    expect(() => powerLossFigure([], figureHost)).toThrow(
      "powerLossFigure: need at least one network, got none. Pass powerLossOverP(network, q, …).",
    );
    const two = [networks[0]!, { label: "other", losses: { ...losses, exponent: 2 } }];
    expect(() => powerLossFigure(two, figureHost)).toThrow(
      "powerLossFigure: need one exponent, got 4 and 2. Draw a figure for each.",
    );
  });
});
