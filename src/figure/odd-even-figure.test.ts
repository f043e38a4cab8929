import { describe, expect, it } from "vitest";
import { expectFigure, figureHost, parsedFigure } from "../../test/support/figure-snapshot.ts";
import { oddEvenFigure } from "./odd-even-figure.ts";

/** Values of the size of the literature's; docs/images has the figure with measured ones. */
const bounds = { linearBound: 0.0129, evenBound: 0.0417 };
const rows = [
  { label: "naive", linear: 0.0417, even: 0.0417, linearBound: 0.0417, evenBound: 0.0417 },
  { label: "symmetric", linear: 0.016, even: 0.0499, ...bounds, note: "12 seeds", low: 0.0642, high: 0.0678 },
  { label: "asymmetric, file M.npy", linear: 0.0165, even: 0.0489, ...bounds },
  {
    label: "embedding with the published sign of M",
    linear: 0.0287,
    even: 0.0446,
    ...bounds,
    note: "3 seeds",
  },
  { label: "low rank", linear: 0.0201, even: 0.0493, ...bounds },
  { label: "flat spectrum", linear: 0.0256, even: 0.0481, ...bounds },
  { label: "no bounds", linear: 0.002, even: 0.05 },
  { label: "zero", linear: 0.0833, even: 0.0833 },
];
const figure = oddEvenFigure(rows, figureHost);

describe("oddEvenFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(figure, new URL("./figures/odd-even-figure.svg", import.meta.url));
  });

  it("writes each part and their sum to four decimals", () => {
    for (const text of ["0.0160", "0.0499", "0.0659", "0.0020", "0.0520"])
      expect(figure.svg).toContain(`>${text}<`);
  });

  it("ends bars and sets ticks where the numbers say", () => {
    const bars = [...parsedFigure(figure).querySelectorAll("[aria-label=bar] rect")].map((bar) =>
      Number(bar.getAttribute("width")),
    );
    // All on one scale: the first four bars are naive's two halves, then symmetric's parts.
    expect(bars[0]).toBeCloseTo(bars[1]!, 2);
    expect(bars[2]! / bars[3]!).toBeCloseTo(0.016 / 0.0499, 4);
    expect(parsedFigure(figure).querySelectorAll('[stroke-width="3"] line')).toHaveLength(12);
  });

  it("has the numbers in its table", () => {
    expect(figure.table.columns).toHaveLength(8);
    expect(figure.table.rows[1]!.slice(0, 3)).toEqual(["symmetric", 0.016, 0.0499]);
    expect(figure.table.rows[6]!.slice(4)).toEqual([null, null, null, null]);
  });

  it("draws losses of zero", () => {
    const svg = oddEvenFigure([{ label: "perfect", linear: 0, even: 0 }], figureHost).svg;
    expect(svg).not.toContain("NaN");
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => oddEvenFigure([], figureHost)).toThrow(
      "oddEvenFigure: need at least one row, got none. Pass a trained model's split.",
    );
  });
});
