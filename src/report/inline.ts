/** Text to HTML: escaped, with `code`, *emphasis* and [words](address). Nothing else is markup. */

/** Escapes text for an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/\*([^*\s][^*]*)\*/g, "<em>$1</em>"],
  [/\[([^\]]+)\]\((https:\/\/[^)\s]+|#[\w-]+)\)/g, '<a href="$2">$1</a>'],
];

/** One paragraph's inline HTML. */
export function inline(text: string): string {
  // Every second piece lies between backticks, where nothing else is markup.
  const pieces = escapeHtml(text).split("`");
  if (pieces.length % 2 === 0) pieces.push(`\`${pieces.pop()}`);
  return pieces.map((piece, i) => (i % 2 === 1 ? `<code>${piece}</code>` : marked(piece))).join("");
}

const marked = (html: string): string =>
  rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), html);

/** Paragraphs, which empty lines part. */
export function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => `<p>${inline(paragraph.trim())}</p>`)
    .join("\n");
}

/** A number in a table: a fixed number of digits after the point, or four significant ones. */
export function numberText(value: number, digits?: number): string {
  if (!Number.isFinite(value)) return "–";
  const text = digits === undefined ? significant(value) : value.toFixed(digits);
  return text.replaceAll("-", "−");
}

function significant(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  return size < 1e-4 || size >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}
