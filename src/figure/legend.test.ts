import { describe, expect, it } from "vitest";
import { drawLegend, seriesSwatch } from "./legend.ts";
import { colours, seriesStyle } from "./theme.ts";

const box = { left: 16, right: 400, top: 8 };
const entry = (label: string, i = 0) => ({ label, swatch: seriesSwatch(seriesStyle(i)) });

describe("drawLegend", () => {
  it("takes no room without entries", () => {
    expect(drawLegend([], box)).toEqual({ svg: "", height: 0 });
  });

  it("breaks rows where the box ends, and cuts a label that is longer than a row", () => {
    const one = drawLegend([entry("naive")], box);
    const many = drawLegend(
      Array.from({ length: 9 }, (_, i) => entry(`series ${i}`, i)),
      box,
    );
    expect(many.height).toBe(3 * one.height);
    expect(drawLegend([entry("long ".repeat(60))], box).svg).toContain("…</text>");
  });

  it("shows dash, colour and symbol, and escapes words", () => {
    const { svg } = drawLegend([entry("p < 1", 1)], box);
    expect(svg).toContain(`stroke-dasharray="7,3"`);
    expect(svg).toContain(`fill="${colours.vermilion}"`);
    expect(svg).toContain("p &lt; 1");
  });
});
