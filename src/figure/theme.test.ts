import { describe, expect, it } from "vitest";
import { colours, seriesStyle, styleSheet } from "./theme.ts";

/** Relative luminance, WCAG 2.1. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
const contrast = (a: string, b: string) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
};
const everyColour = Object.values(colours);
const lines = everyColour.filter((colour) => colour !== colours.paper);
const sheet = styleSheet(everyColour.map((colour) => `="${colour}"`).join(" "));
const darkOf = (colour: string) =>
  new RegExp(`\\[stroke="${colour}"\\]\\{stroke:(#\\w+)\\}`).exec(sheet)![1]!;

describe("theme", () => {
  // WCAG 1.4.11 asks 3 : 1 for graphics; sky blue is let off with 2.9 on white to stay apart from blue.
  it("has colours that stand out from paper, in light and in dark", () => {
    for (const colour of lines) {
      expect(contrast(colour, colours.paper), colour).toBeGreaterThan(2.9);
      expect(contrast(darkOf(colour), darkOf(colours.paper)), `${colour} in dark`).toBeGreaterThan(4.5);
    }
  });

  it("repeats a series' style only after 140 series", () => {
    const keys = Array.from({ length: 140 }, (_, i) => JSON.stringify(seriesStyle(i)));
    expect(new Set(keys).size).toBe(140);
    expect(seriesStyle(140)).toEqual(seriesStyle(0));
  });

  it("has dark twins only of colours that a figure uses", () => {
    expect(styleSheet(`stroke="${colours.blue}"`)).toContain(colours.blue);
    expect(styleSheet(`stroke="${colours.blue}"`)).not.toContain(colours.green);
  });
});
