/** Figures from records alone, as SVG text and the table of what they draw; on a document that is handed in. */
export type { FigureHost } from "./draw-figure.ts";
export { csvOf, type Figure, type FigureTable } from "./figure.ts";
export { type OddEvenRow, oddEvenFigure } from "./odd-even-figure.ts";
export type { FigureDocument } from "./svg-text.ts";
