/**
 * SVG elements as text that is the same for the same picture: namespaced, and with lengths to three decimals, which
 * is finer than any screen and coarser than the last bits in which hosts differ.
 */

/** The part of a DOM document that figures need: a browser's own, or linkedom's in Node. */
export interface FigureDocument {
  createElementNS(namespace: string, name: string): unknown;
}

/** The namespace of SVG. */
const svgNamespace = "http://www.w3.org/2000/svg";

/**
 * The text of an SVG element, ready to be written to a file.
 *
 * @param outerHTML - the element as its document serialises it
 * @param css - rules added to the element
 */
export function svgText(outerHTML: string, css: string): string {
  const named = outerHTML.includes("xmlns=")
    ? outerHTML
    : outerHTML.replace("<svg", `<svg xmlns="${svgNamespace}"`);
  const styled = named.replace(">", `><style>${css}</style>`);
  return `${styled.replace(/<[^>]*>/g, roundTag)}\n`;
}

/** Rounds the numbers of one tag's attributes; text between tags is left as its figure wrote it. */
const roundTag = (tag: string): string => tag.replace(/-?\d+\.\d{4,}/g, threeDecimals);
const threeDecimals = (number: string): string => `${Number(Number(number).toFixed(3))}`;
