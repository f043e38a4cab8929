/** Legends inside a figure's file: swatches with colour, dash and symbol beside their words, in rows above the plot. */
import { escapeXml, shorten, textWidth } from "./label-text.ts";
import { colours, type SeriesStyle, type SeriesSymbol, sizes } from "./theme.ts";

/** One entry: what the swatch shows, and its words. */
export interface LegendEntry {
  readonly label: string;
  readonly swatch: Swatch;
}

/** The little picture of an entry. */
export type Swatch =
  /** A line, perhaps dashed, perhaps with a symbol on it. */
  | {
      readonly kind: "line";
      readonly colour: string;
      readonly dash?: string | undefined;
      readonly symbol?: SeriesSymbol | undefined;
      readonly width?: number;
    }
  /** A symbol alone. */
  | { readonly kind: "symbol"; readonly colour: string; readonly symbol: SeriesSymbol }
  /** A filled square: bars and areas; with an opacity for bands. */
  | { readonly kind: "fill"; readonly colour: string; readonly opacity?: number }
  /** A vertical stroke: bounds and marks. */
  | { readonly kind: "tick"; readonly colour: string; readonly dash?: string; readonly width?: number }
  /** A ringed point and the letter beside it. */
  | { readonly kind: "ring"; readonly letter: string }
  /** A whisker with caps. */
  | { readonly kind: "interval" };

/** The swatch of a series: its line and symbol. */
export function seriesSwatch({ colour, dash, symbol }: SeriesStyle, withSymbol = true): Swatch {
  return { kind: "line", colour, dash, symbol: withSymbol ? symbol : undefined, width: 2 };
}

const rowHeight = 21;
const swatchWidth = 30;
const gap = 20;

/**
 * Lays entries out in rows from left to right.
 *
 * @param left - where rows begin @param right - where they must end: longer labels are cut
 * @param top - the upper edge of the first row
 * @returns SVG elements, and the height they take
 */
export function drawLegend(
  entries: readonly LegendEntry[],
  { left, right, top }: { readonly left: number; readonly right: number; readonly top: number },
): { readonly svg: string; readonly height: number } {
  let [x, y] = [left, top];
  const parts = entries.map(({ label, swatch }) => {
    const words = shorten(label, right - left - swatchWidth - 8, sizes.font);
    const width = swatchWidth + 8 + textWidth(words, sizes.font);
    if (x > left && x + width > right) [x, y] = [left, y + rowHeight];
    const at = `transform="translate(${x},${y + rowHeight / 2})"`;
    x += width + gap;
    return `<g ${at}>${drawSwatch(swatch)}<text dy="0.35em" x="${swatchWidth + 8}">${escapeXml(words)}</text></g>`;
  });
  const svg = `<g aria-label="legend" fill="currentColor">${parts.join("")}</g>`;
  return entries.length === 0 ? { svg: "", height: 0 } : { svg, height: y + rowHeight - top };
}

function drawSwatch(swatch: Swatch): string {
  const middle = swatchWidth / 2;
  switch (swatch.kind) {
    case "line":
      return `${line(0, 0, swatchWidth, 0, swatch.colour, swatch.width ?? 1.5, swatch.dash)}${
        swatch.symbol === undefined ? "" : symbolAt(middle, swatch.symbol, swatch.colour)
      }`;
    case "symbol":
      return symbolAt(middle, swatch.symbol, swatch.colour);
    case "fill":
      return `<rect fill="${swatch.colour}" fill-opacity="${swatch.opacity ?? 1}" height="14" width="20" x="8" y="-7"/>`;
    case "tick":
      return line(middle + 4, -8, middle + 4, 8, swatch.colour, swatch.width ?? 3, swatch.dash);
    case "ring":
      return `<circle cx="9" cy="0" fill="none" r="6" stroke="${colours.ink}" stroke-width="1.5"/><text dy="0.35em" font-weight="bold" x="19">${escapeXml(swatch.letter)}</text>`;
    case "interval":
      return [
        line(middle, -8, middle, 8, colours.ink, 1.2),
        line(middle - 3.5, -8, middle + 3.5, -8, colours.ink, 1.2),
        line(middle - 3.5, 8, middle + 3.5, 8, colours.ink, 1.2),
      ].join("");
  }
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string, width: number, dash?: string) {
  const dashes = dash === undefined ? "" : ` stroke-dasharray="${dash}"`;
  return `<path d="M${x1},${y1}L${x2},${y2}" stroke="${colour}"${dashes} stroke-width="${width}"/>`;
}

const symbolAt = (x: number, { path }: SeriesSymbol, colour: string): string =>
  `<path d="${path}" fill="${colour}" transform="translate(${x},0)"/>`;
