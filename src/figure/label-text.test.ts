import { describe, expect, it } from "vitest";
import { escapeXml, shorten, textWidth } from "./label-text.ts";

describe("labels", () => {
  it("are escaped for XML, unpaired surrogates and control characters replaced", () => {
    expect(escapeXml("a < b & c > d")).toBe("a &lt; b &amp; c &gt; d");
    expect(escapeXml("\u0000 \ud800 σ 😀\n")).toBe("\ufffd \ufffd σ 😀\n");
  });

  it("are as wide as their letters: combining marks add nothing", () => {
    expect(textWidth("y\u0302", 10)).toBe(textWidth("y", 10));
    expect(textWidth("mm", 10)).toBeGreaterThan(textWidth("ii", 10));
    expect(textWidth("ab", 20)).toBeCloseTo(2 * textWidth("ab", 10), 12);
  });

  it("are cut where they do not fit, never to nothing", () => {
    expect(shorten("naive", 100, 12)).toBe("naive");
    const cut = shorten("a very long label indeed", 80, 12);
    expect(cut).toMatch(/^a very.*…$/);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(80);
    expect(shorten("wide", 1, 12)).toBe("w…");
  });
});
