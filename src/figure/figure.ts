/**
 * What every figure function gives: a picture, and the numbers that were drawn. A figure is made from records alone;
 * its table is what a report shows behind the picture and what is written as CSV.
 */

/** A drawn figure. */
export interface Figure {
  /** A standalone SVG document, which follows the reader's light or dark scheme. */
  readonly svg: string;
  readonly table: FigureTable;
}

/** The numbers that a figure draws; null where a value is missing. */
export interface FigureTable {
  /** Names, with units where there are any. */
  readonly columns: readonly string[];
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * A table as CSV (RFC 4180, but with line feeds): a header line, numbers in their shortest exact form, missing values
 * as empty cells, `nan`, `inf` and `-inf` for numbers that are not finite.
 */
export function csvOf({ columns, rows }: FigureTable): string {
  return [columns, ...rows].map((cells) => `${cells.map(cellText).join(",")}\n`).join("");
}

function cellText(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "string") return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  if (Number.isNaN(cell)) return "nan";
  return `${cell}`.replace("Infinity", "inf");
}
