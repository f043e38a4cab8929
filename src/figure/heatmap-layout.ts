/** Where matrices and their colour bars lie in a figure: two matrices in a row, all with cells of one size. */
import { panelMargins } from "./draw-panels.ts";
import { sizes } from "./theme.ts";

/** The frame of one plot, in pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One bar for all matrices, or one for each. */
export type BarSharing = "shared" | "each";

/** Widths in pixels: tick labels at the left, the bar and its distance from the matrix, its tick labels. */
const room = { ticks: 32, gap: 8, bar: 12, barTicks: 54, edge: 4 } as const;
const barRoom = room.gap + room.bar + room.barTicks;
/** A matrix alone in a figure is no larger than this. */
const largestFrame = 460;

/** Places of matrices of the given shapes, and of their bars: a single one when it is shared. */
export function layoutHeatmaps(
  shapes: readonly (readonly [rows: number, columns: number])[],
  sharing: BarSharing,
): { readonly matrices: readonly Place[]; readonly bars: readonly Place[] } {
  const perRow = Math.min(2, shapes.length);
  const block = (sizes.width - room.edge - (sharing === "shared" ? barRoom : 0)) / perRow;
  const available = block - room.ticks - (sharing === "shared" ? room.edge : barRoom);
  const cell = cellSize(Math.max(...shapes.flat()), Math.min(available, largestFrame));
  const tops = topsOf(shapes, cell, perRow);
  const matrices = shapes.map(([rows, columns], i) => ({
    left: room.edge + room.ticks + (i % perRow) * block,
    top: tops[i]!,
    width: cell * columns,
    height: cell * rows,
  }));
  const beside = sharing === "shared" ? matrices.slice(perRow - 1, perRow) : matrices;
  return { matrices, bars: beside.map(barBeside) };
}

/** Whole pixels on screens of double density where there is room: cells of one width look calm. */
function cellSize(cells: number, available: number): number {
  const half = Math.floor((2 * available) / cells) / 2;
  return half > 0 ? half : available / cells;
}

function topsOf(shapes: readonly (readonly [number, number])[], cell: number, perRow: number): number[] {
  const tops: number[] = [];
  let top = panelMargins.above;
  for (let i = 0; i < shapes.length; i += perRow) {
    const row = shapes.slice(i, i + perRow);
    tops.push(...row.map(() => top));
    top += cell * Math.max(...row.map(([rows]) => rows)) + panelMargins.below + panelMargins.above;
  }
  return tops;
}

const barBeside = ({ left, top, width, height }: Place): Place => ({
  left: left + width + room.gap,
  top,
  width: room.bar,
  height,
});
