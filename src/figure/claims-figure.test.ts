import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { type ClaimRow, claimsFigure } from "./claims-figure.ts";

const claim = (
  label: string,
  expected: number,
  tolerance: number,
  measured: number | null,
  half: number,
  verdict: ClaimRow["verdict"],
): ClaimRow => {
  const [low, high] = measured === null ? [null, null] : [measured - half, measured + half];
  return { label, expected, tolerance, measured, low, high, verdict };
};
const claims = [
  claim("naive line, clean labels", 0.0833, 0.0005, 0.08335, 0.0002, "reproduced"),
  claim("symmetric M, σ = 0.033, loss at p = 0.01", 0.066, 0.002, 0.0659, 0.0011, "reproduced"),
  claim("asymmetric M, σ = 0.025", 0.0667, 0.002, 0.0681, 0.0008, "reproduced"),
  claim("M from an embedding of width 1000", 0.073, 0.002, 0.0768, 0.0009, "differs"),
  claim(
    "learned σ at the end of training, twelve seeds of 10,000 steps",
    0.029,
    0.003,
    0.0312,
    0.0041,
    "inconclusive",
  ),
  claim("transplanted weights keep their advantage", 0, 0.001, 0.0214, 0.0012, "differs"),
  claim("share of the linear part", 0.25, 0.05, 0.243, 0.03, "reproduced"),
  claim("cos(v_k, W_out W_in v_k) at k = 35", 0.98, 0.02, 0.83, 0.01, "differs"),
  claim("not measured yet", 1, 0.1, null, 0, "inconclusive"),
];
const figure = claimsFigure(claims, figureHost);

describe("claimsFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/claims-figure.svg", import.meta.url));
  });

  it("puts a claim that is off by half a tolerance halfway between 0 and 1", () => {
    const at = (measured: number) => {
      const { svg } = claimsFigure([claim("one", 10, 2, measured, 1, "reproduced")], figureHost);
      return Number(/<circle cx="([\d.]+)"/.exec(svg)![1]);
    };
    expect(at(11)).toBeCloseTo((at(10) + at(12)) / 2, 2);
  });

  it("keeps claims beyond the axis at its end, as arrows", () => {
    const arrows = [...parsedFigure(figure).querySelectorAll('g[aria-label="dot"] [transform*="rotate"]')];
    expect(arrows).toHaveLength(2);
    expect(parsedFigure(figure).querySelector("[aria-label=legend]")!.textContent).toContain(
      "beyond the axis",
    );
  });

  it("takes claims without a tolerance: met exactly, or beyond the axis", () => {
    const exact = [claim("equal", 3, 0, 3, 0, "reproduced"), claim("unequal", 3, 0, 4, 0, "differs")];
    const { svg } = claimsFigure(exact, figureHost);
    expect(svg).not.toContain("NaN");
    expect(svg).toMatch(/rotate\(90\)/);
  });

  it("writes both numbers on the right, and has them in its table", () => {
    expect(figure.svg).toContain(">0.0659<");
    expect(figure.svg).toContain(">0.066 ± 0.002<");
    expect(figure.table.rows[8]).toEqual(["not measured yet", 1, 0.1, null, null, null, "inconclusive"]);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => claimsFigure([], figureHost)).toThrow(
      "claimsFigure: need at least one claim, got none. Pass the claims of a study.",
    );
  });
});
