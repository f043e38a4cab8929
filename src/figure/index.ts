/** Figures from records alone, as SVG text and the table of what they draw; on a document that is handed in. */
export type { FigureHost } from "./draw-figure.ts";
export { csvOf, type Figure, type FigureTable } from "./figure.ts";
export { type HeatmapPanel, type HeatmapRecord, heatmapFigure } from "./heatmap-figure.ts";
export type { BarSharing } from "./heatmap-layout.ts";
export { type OddEvenRow, oddEvenFigure } from "./odd-even-figure.ts";
export { responseHeatmapFigure } from "./response-heatmap-figure.ts";
export type { FigureDocument } from "./svg-text.ts";
