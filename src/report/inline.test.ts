import { describe, expect, it } from "vitest";
import { escapeHtml, inline, numberText, paragraphs } from "./inline.ts";

describe("inline", () => {
  it("escapes everything but its own markup", () => {
    expect(inline('<b> & "x" *<i>* `<u>`')).toBe(
      "&#60;b&#62; &#38; &#34;x&#34; <em>&#60;i&#62;</em> <code>&#60;u&#62;</code>",
    );
    expect(escapeHtml("it's")).toBe("it&#39;s");
  });

  it("leaves code as it is written, stars and all", () => {
    expect(inline("`a * b * c` and *so*")).toBe("<code>a * b * c</code> and <em>so</em>");
  });

  it("links to pages and to places in the report, to nothing else", () => {
    expect(inline("[a](https://arxiv.org/abs/1)")).toBe('<a href="https://arxiv.org/abs/1">a</a>');
    expect(inline("[a](#claims)")).toBe('<a href="#claims">a</a>');
    expect(inline("[a](javascript:alert(1))")).not.toContain("<a");
  });
});

it("parts paragraphs at empty lines", () => {
  expect(paragraphs("a\nb\n\nc")).toBe("<p>a\nb</p>\n<p>c</p>");
  expect(paragraphs("  ")).toBe("");
});

it.each([
  [0.0650123, undefined, "0.06501"],
  [0.0650123, 4, "0.0650"],
  [-2.5, undefined, "−2.5"],
  [105033, undefined, "105033"],
  [1.5e-7, undefined, "1.50e−7"],
  [Number.NaN, 3, "–"],
])("writes %d with %s digits as %s", (value, digits, text) => {
  expect(numberText(value, digits)).toBe(text);
});
