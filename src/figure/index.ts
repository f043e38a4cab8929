/** Figures as SVG text, drawn on a document that is handed in. */
export { type OddEvenRow, oddEvenFigure } from "./odd-even-figure.ts";
export type { FigureDocument } from "./svg-text.ts";
