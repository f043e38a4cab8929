/**
 * The odd/even split of squared losses as stacked bars: a linear part, which a linear map could win, and an even part,
 * where the nonlinearity is. relu(z) = (z + |z|)/2, so for bias-free ReLU nets and sign-symmetric inputs the two add up
 * to the loss without a cross term (docs/theory/odd-even-split.md). A tick marks the least that each part can be.
 */
import * as Plot from "@observablehq/plot";
import { type FigureDocument, svgText } from "./svg-text.ts";

/** One bar of {@link oddEvenFigure}: losses per output, divided by p. */
export interface OddEvenRow {
  /** What the bar is of, such as "naive" or "symmetric M". */
  readonly label: string;
  readonly linear: number;
  readonly even: number;
  /** The least that any network of this width can reach; left out where none is known. */
  readonly linearBound?: number;
  readonly evenBound?: number;
}

/** Blue and orange of Okabe and Ito's palette, told apart by all common kinds of colour vision, in light and dark. */
const colours = { linear: "#3a8cc8", even: "#e69f00" } as const;
const size = { width: 720, row: 38, top: 44, bottom: 46, left: 112, right: 58 } as const;
/** Segments narrower than this, in units of the axis' length, have no room for their number. */
const leastLabelled = 0.07;

/** Ink on the bars, which keep their colours in dark surroundings; other text follows the reader's scheme. */
const barInk = "#10151b";
const css = `.toy-cis-figure { font: 13px system-ui, sans-serif; color: #1f2328; }
@media (prefers-color-scheme: dark) { .toy-cis-figure { color: #e6edf3; } }`;

/**
 * Draws one horizontal bar a row, its two parts stacked, with ticks at their bounds and a legend above.
 *
 * @param rows - bars from top to bottom; losses ≥ 0
 * @param host - where SVG elements are made
 * @returns SVG text: the same rows give the same text on every host. Throws when there is no row.
 */
export function oddEvenFigure(
  rows: readonly OddEvenRow[],
  host: { readonly document: FigureDocument },
): string {
  if (rows.length === 0)
    throw new Error("oddEvenFigure: need at least one row, got none. Pass a trained model's split.");
  const svg = Plot.plot({
    ...frame(rows, host.document),
    marks: [...bars(rows), ...boundTicks(rows), ...legend()],
  });
  return svgText(svg.outerHTML, css);
}

function frame(rows: readonly OddEvenRow[], document: FigureDocument): Plot.PlotOptions {
  const longest = Math.max(...rows.map((row) => row.linear + row.even));
  return {
    document: document as never,
    className: "toy-cis-figure",
    ariaLabel: "Losses, each split into a linear and an even part",
    width: size.width,
    height: size.top + size.row * rows.length + size.bottom,
    marginTop: size.top,
    marginBottom: size.bottom,
    marginLeft: size.left,
    marginRight: size.right,
    x: {
      domain: [0, longest],
      label: "loss per output / p",
      labelAnchor: "center",
      labelArrow: "none",
      ticks: 5,
      nice: true,
    },
    y: { domain: rows.map((row) => row.label), label: null, tickSize: 0, padding: 0.25 },
  };
}

/** A segment of a bar, from `x1` to `x2`. */
interface Segment {
  readonly label: string;
  readonly part: "linear" | "even";
  readonly x1: number;
  readonly x2: number;
  readonly bound: number | undefined;
}

const segmentsOf = (row: OddEvenRow): Segment[] => [
  { label: row.label, part: "linear", x1: 0, x2: row.linear, bound: row.linearBound },
  { label: row.label, part: "even", x1: row.linear, x2: row.linear + row.even, bound: row.evenBound },
];

function bars(rows: readonly OddEvenRow[]): Plot.Markish[] {
  const segments = rows.flatMap(segmentsOf);
  const longest = Math.max(...rows.map((row) => row.linear + row.even));
  const roomy = segments.filter(({ x1, x2 }) => x2 - x1 >= leastLabelled * longest);
  return [
    Plot.barX(segments, { y: "label", x1: "x1", x2: "x2", fill: ({ part }: Segment) => colours[part] }),
    Plot.text(roomy, {
      y: "label",
      x: "x1",
      textAnchor: "start",
      dx: 8,
      text: ({ x1, x2 }: Segment) => (x2 - x1).toFixed(4),
      fill: barInk,
    }),
    Plot.text(rows, {
      y: "label",
      x: (row: OddEvenRow) => row.linear + row.even,
      text: (row: OddEvenRow) => (row.linear + row.even).toFixed(4),
      textAnchor: "start",
      dx: 6,
      fontWeight: "bold",
    }),
    Plot.ruleX([0]),
  ];
}

/** A bound is drawn where its part would end if the part were no larger than that. */
function boundTicks(rows: readonly OddEvenRow[]): Plot.Markish[] {
  const bounded = rows.flatMap(segmentsOf).filter(({ bound }) => bound !== undefined);
  const x = ({ x1, bound }: Segment) => x1 + bound!;
  return [
    Plot.tickX(bounded, {
      y: "label",
      x,
      stroke: "currentColor",
      strokeWidth: 3,
      insetTop: -4,
      insetBottom: -4,
    }),
  ];
}

/** Entries above the frame's left corner, each a mark and its words. */
function legend(): Plot.Markish[] {
  const thin = {
    draw: (context: { rect(x: number, y: number, w: number, h: number): void }) =>
      context.rect(-1.5, -9, 3, 18),
  };
  return [
    ...legendEntry(0, "square", colours.linear, "linear part"),
    ...legendEntry(110, "square", colours.even, "even part"),
    ...legendEntry(212, thin, "currentColor", "the least that a part can be, for any network of this width"),
  ];
}

function legendEntry(dx: number, symbol: Plot.SymbolType, fill: string, words: string): Plot.Markish[] {
  const place = { frameAnchor: "top-left", dy: -24 } as const;
  return [
    Plot.dot([0], { ...place, dx: dx + 7, symbol, fill, r: 8 }),
    Plot.text([words], { ...place, dx: dx + 20, textAnchor: "start", lineAnchor: "middle" }),
  ];
}
