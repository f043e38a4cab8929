import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { expectFigure } from "../../test/support/figure-snapshot.ts";
import { oddEvenFigure } from "./odd-even-figure.ts";

const { document } = parseHTML("<html></html>");

/** Values of the size of the literature's; docs/images has the figure with measured ones. */
const rows = [
  { label: "naive", linear: 0.0417, even: 0.0417, linearBound: 0.0417, evenBound: 0.0417 },
  { label: "symmetric", linear: 0.016, even: 0.0499, linearBound: 0.0129, evenBound: 0.0417 },
  { label: "no bounds", linear: 0.002, even: 0.05 },
];
const svg = oddEvenFigure(rows, { document });

describe("oddEvenFigure", () => {
  it("draws the figure that is kept beside it", () => {
    expectFigure(svg, new URL("./figures/odd-even-figure.svg", import.meta.url));
  });

  it("is an SVG document whose lengths have at most three decimals", () => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.replace(/>[^<]*</g, "><")).not.toMatch(/\d\.\d{4,}/);
  });

  it("writes each part and their sum to four decimals, but no number into a segment too narrow for it", () => {
    for (const text of ["0.0160", "0.0499", "0.0659", "0.0520"]) expect(svg).toContain(`>${text}<`);
    expect(svg).not.toContain(">0.0020<");
  });

  it("ends bars and sets ticks where the numbers say", () => {
    const { document: parsed } = parseHTML(svg);
    const bars = [...parsed.querySelectorAll("[aria-label=bar] rect")].map((bar) =>
      Number(bar.getAttribute("width")),
    );
    // All on one scale: the first four bars are naive's two halves, then symmetric's parts.
    expect(bars[0]).toBeCloseTo(bars[1]!, 2);
    expect(bars[2]! / bars[3]!).toBeCloseTo(0.016 / 0.0499, 4);
    expect(parsed.querySelectorAll("[aria-label=tick] line")).toHaveLength(4);
  });

  it("says what it needs when there is nothing to draw", () => {
    expect(() => oddEvenFigure([], { document })).toThrow(
      "oddEvenFigure: need at least one row, got none. Pass a trained model's split.",
    );
  });
});
