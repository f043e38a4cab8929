/** Puts a figure together: legend above, Plot's marks in the middle, axis labels where nothing clips them. */
import * as Plot from "@observablehq/plot";
import type { Figure, FigureTable } from "./figure.ts";
import { escapeXml } from "./label-text.ts";
import { drawLegend, type LegendEntry } from "./legend.ts";
import { canonicalMarkup, type FigureDocument } from "./svg-text.ts";
import { figureClass, sizes, styleSheet } from "./theme.ts";

/** Where SVG elements are made: `{ document }` of a browser, or of linkedom in Node. */
export interface FigureHost {
  readonly document: FigureDocument;
}

/** All that makes one figure. */
export interface Drawing {
  /** What the figure is, for readers who do not see it. */
  readonly title: string;
  /** What is on the axes and how marks are to be read. */
  readonly description: string;
  readonly legend: readonly LegendEntry[];
  /** With units. Written below the plot. */
  readonly xLabel?: string;
  /** With units. Written above the plot's left edge, where it can be read without turning the head. */
  readonly yLabel?: string;
  /** Height of the plot alone, in pixels; 300 unless told. */
  readonly plotHeight?: number;
  /** Room at the sides for tick labels, in pixels. */
  readonly left?: number;
  readonly right?: number;
  /** Room between the plot's lower edge and the x label, for tick labels; 26 unless told. */
  readonly below?: number;
  /** Marks and scales. Set `label: null` on scales: labels are written here. */
  readonly plot: Plot.PlotOptions;
  /** More SVG elements, placed in pixels of the whole figure. */
  readonly overlay?: (frame: Frame) => string;
  readonly table: FigureTable;
}

/** Where the plot lies in its figure, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Draws a figure as a standalone SVG document. The same drawing gives the same text on every host, but for browsers on
 * screens with one pixel a unit, where Plot moves marks by half a pixel to make lines sharp.
 */
export function drawFigure(drawing: Drawing, host: FigureHost): Figure {
  const { left = 56, right = 24, plotHeight = sizes.plotHeight, below = 26 } = drawing;
  const legend = drawLegend(drawing.legend, { left: 16, right: sizes.width - 16, top: 8 });
  const top = 8 + legend.height + (drawing.yLabel === undefined ? 22 : 32);
  const bottom = top + plotHeight;
  const height = bottom + below + (drawing.xLabel === undefined ? 6 : 26);
  const frame = { width: sizes.width, height, left, right: sizes.width - right, top, bottom };
  const inner = plotMarkup(drawing.plot, frame, host);
  const overlay = drawing.overlay?.(frame) ?? "";
  const content = canonicalMarkup(`${inner}${axisLabels(drawing, frame)}${legend.svg}${overlay}`);
  return { svg: wholeDocument(drawing, frame, content), table: drawing.table };
}

/** A plot's marks as SVG elements, with its scales reaching over a frame. */
export function plotMarkup(options: Plot.PlotOptions, frame: Frame, { document }: FigureHost): string {
  const plot = Plot.plot({
    ...options,
    document: document as never,
    className: figureClass,
    width: frame.width,
    height: frame.height,
    marginLeft: frame.left,
    marginRight: frame.width - frame.right,
    marginTop: frame.top,
    marginBottom: frame.height - frame.bottom,
  });
  const inner = plot.outerHTML
    .replace(/^<svg[^>]*><style>[\s\S]*?<\/style>/, "")
    .replace(/<\/svg>$/, "")
    .replaceAll(" xlink:href=", " href=");
  return `<g text-anchor="middle">${inner}</g>`;
}

function axisLabels({ xLabel, yLabel }: Drawing, { left, right, top, height }: Frame): string {
  const x = `<text text-anchor="middle" x="${(left + right) / 2}" y="${height - 12}">${escapeXml(xLabel ?? "")}</text>`;
  const y = `<text x="16" y="${top - 14}">${escapeXml(yLabel ?? "")}</text>`;
  const parts = [xLabel === undefined ? "" : x, yLabel === undefined ? "" : y].join("");
  return parts === "" ? "" : `<g aria-label="axis labels" fill="currentColor">${parts}</g>`;
}

/** SVG elements as a document: with its size, words for readers who do not see it, and its style sheet. */
export function wholeDocument(
  { title, description }: Pick<Drawing, "title" | "description">,
  { width, height }: Pick<Frame, "width" | "height">,
  content: string,
): string {
  const size = `height="${height}" viewBox="0 0 ${width} ${height}" width="${width}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="${figureClass}" fill="currentColor" ${size} role="img">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description)}</desc>
<style>${styleSheet(content)}</style>
${content}
</svg>
`;
}

/** Options of an axis with ticks at given places: `Plot.axisX(ticks, quietAxis)`. */
export const quietAxis = { tickSize: 5, fontSize: sizes.tickFont, label: null } as const;
