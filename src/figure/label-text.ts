/** Words in figures: escaped for XML, and with a width that can be reckoned without a font. */

/** Text as the content of an XML element; characters that XML cannot hold are replaced. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
  );
}

/**
 * Roughly how wide `text` is at a font size, in the font's units. A sans-serif's widths by kind of character, rather
 * too wide than too narrow (a tenth over Inter's), since readers' fonts differ.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += widthOf(character);
  return ems * size;
}

function widthOf(character: string): number {
  if (/[\u0300-\u036f]/.test(character)) return 0;
  if (/[iljtfrI.,:;'|!()[\] ]/.test(character)) return 0.36;
  if (/[mwMW@%→—]/.test(character)) return 0.95;
  if (/[A-Z0-9+=<>−×±≤≥~]/.test(character)) return 0.7;
  return character > "\u2fff" ? 1.05 : 0.62;
}

/** `text` cut to a width, with an ellipsis where something was lost. */
export function shorten(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) characters.pop();
  return `${characters.join("").replace(/[\s.,;:=]+$/, "")}…`;
}
