import { describe, expect, it } from "vitest";
import { canonicalMarkup } from "./svg-text.ts";

describe("canonicalMarkup", () => {
  it("is the same for what Node's and a browser's documents serialise", () => {
    const linkedom = '<g><line y2="1" x1="0" /><text x="1">a</text></g>';
    const browser = '<g><line x1="0" y2="1"></line><text x="1">a</text></g>';
    expect(canonicalMarkup(linkedom)).toBe('<g><line x1="0" y2="1"/><text x="1">a</text></g>');
    expect(canonicalMarkup(browser)).toBe(canonicalMarkup(linkedom));
  });

  it("rounds lengths to three decimals, and leaves words alone", () => {
    expect(canonicalMarkup('<text x="1.23456,-0.00001">0.123456</text>')).toBe(
      '<text x="1.235,0">0.123456</text>',
    );
  });

  it("knows no entities that XML does not", () => {
    expect(canonicalMarkup("<text>95&nbsp;%</text>")).toBe("<text>95\u00a0%</text>");
  });
});
