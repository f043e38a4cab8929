/**
 * SVG elements as text that is the same for the same picture: attributes in the order of the alphabet, since documents
 * serialise them in different orders, and lengths to three decimals, which is finer than any screen and coarser than
 * the last bits in which hosts differ.
 */

/** The part of a DOM document that figures need: a browser's own, or linkedom's in Node. */
export interface FigureDocument {
  createElementNS(namespace: string, name: string): unknown;
}

/** Markup in its one form: as a document's `outerHTML` gives it in, ready to be written to a file out. */
export function canonicalMarkup(markup: string): string {
  return markup
    .replaceAll("&nbsp;", "\u00a0")
    .replace(/<[^>]*>/g, canonicalTag)
    .replace(/<(\w+)([^>]*)><\/\1>/g, "<$1$2/>");
}

function canonicalTag(tag: string): string {
  const [, name, attributes, end] = /^<([\w/]+)([\s\S]*?)\s*(\/?)>$/.exec(tag)!;
  const sorted = [...attributes!.matchAll(/[\w:-]+="[^"]*"/g)].map(([attribute]) => attribute).sort();
  return `<${[name, ...sorted.map(roundNumbers)].join(" ")}${end}>`;
}

const roundNumbers = (attribute: string): string => attribute.replace(/-?\d+\.\d{4,}/g, threeDecimals);
const threeDecimals = (number: string): string => `${Number(Number(number).toFixed(3))}`;
