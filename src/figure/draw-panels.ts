/** Several plots in one figure, each with a title and axis labels of its own, below one legend. */
import type * as Plot from "@observablehq/plot";
import { type FigureHost, type Frame, plotMarkup, wholeDocument } from "./draw-figure.ts";
import type { Figure, FigureTable } from "./figure.ts";
import { escapeXml } from "./label-text.ts";
import { drawLegend, type LegendEntry } from "./legend.ts";
import { canonicalMarkup } from "./svg-text.ts";
import { colours, sizes } from "./theme.ts";

/** One plot of several. */
export interface Panel {
  readonly title?: string;
  /** With units. Written below the tick labels. */
  readonly xLabel?: string;
  /** With units. Written above the plot's upper left corner. */
  readonly yLabel?: string;
  /** Where the plot itself lies, in pixels from the left and from the legend's lower edge. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Marks and scales. Set `label: null` on scales: labels are written here. */
  readonly plot: Plot.PlotOptions;
}

/** All that makes a figure of panels. */
export interface PanelDrawing {
  /** What the figure is, for readers who do not see it. */
  readonly title: string;
  /** What is in the panels and how marks are to be read. */
  readonly description: string;
  readonly legend: readonly LegendEntry[];
  readonly panels: readonly Panel[];
  readonly table: FigureTable;
}

/** Room above a panel's frame for its title and y label, and below for tick labels and x label, in pixels. */
export const panelMargins = { above: 48, below: 44 } as const;

/** Draws panels as a standalone SVG document: the same drawing gives the same text on every host. */
export function drawPanels(drawing: PanelDrawing, host: FigureHost): Figure {
  const legend = drawLegend(drawing.legend, { left: 16, right: sizes.width - 16, top: 8 });
  const offset = 8 + legend.height;
  const lowest = Math.max(...drawing.panels.map(({ top, height }) => top + height));
  const height = offset + lowest + panelMargins.below + 6;
  const panels = drawing.panels.map((panel) => drawPanel(panel, frameOf(panel, offset, height), host));
  const content = canonicalMarkup(`${panels.join("")}${legend.svg}`);
  return {
    svg: wholeDocument(drawing, { width: sizes.width, height }, content),
    table: drawing.table,
  };
}

const frameOf = ({ left, top, width, height }: Panel, offset: number, total: number): Frame => ({
  ...{ width: sizes.width, height: total, left, right: left + width },
  ...{ top: offset + top, bottom: offset + top + height },
});

function drawPanel(panel: Panel, frame: Frame, host: FigureHost): string {
  return `<g aria-label="panel">${plotMarkup(panel.plot, frame, host)}${panelLabels(panel, frame)}</g>`;
}

function panelLabels({ title, xLabel, yLabel }: Panel, { left, right, top, bottom }: Frame): string {
  const text = (x: number, y: number, words: string | undefined, attributes = "") =>
    words === undefined ? "" : `<text x="${x}" y="${y}"${attributes}>${escapeXml(words)}</text>`;
  return [
    text(left, top - 28, title, ' font-weight="bold"'),
    text(left, top - 9, yLabel, ` fill="${colours.grey}"`),
    text((left + right) / 2, bottom + 36, xLabel, ` fill="${colours.grey}" text-anchor="middle"`),
  ].join("");
}
