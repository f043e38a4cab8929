/** Aligned columns for people: numbers to the right, texts to the left, two spaces between. */
import { displayWidth, type Terminal } from "./terminal.ts";

/** A cell; numbers are printed with four significant digits, null as a dash. */
export type Cell = string | number | null;

/** The lines of a table. @param rows each as long as `header`. */
export function table(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  terminal: Terminal,
): string {
  const { dim } = terminal.colors;
  const texts = [header.map((name) => dim(name)), ...rows.map((row) => row.map(cellText))];
  const widths = header.map((_, column) => Math.max(...texts.map((row) => displayWidth(row[column]!))));
  const isNumeric = header.map((_, column) => rows.every((row) => typeof row[column] !== "string"));
  const lines = texts.map((row) =>
    row
      .map((text, column) => pad(text, widths[column]!, isNumeric[column]!))
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}

/** Names and values in two columns, as a summary. */
export function pairs(
  entries: readonly (readonly [name: string, value: string])[],
  terminal: Terminal,
): string {
  const width = Math.max(...entries.map(([name]) => displayWidth(name)));
  return entries
    .map(([name, value]) => `${terminal.colors.dim(pad(name, width, false))}  ${value}`)
    .join("\n");
}

/** A number for people: four significant digits, no exponent between 0.0001 and a million. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2);
  return size >= 1000
    ? Math.round(value).toLocaleString("en-US")
    : value.toPrecision(4).replace(/^(-?\d+)\.0+$/, "$1");
}

const cellText = (cell: Cell): string =>
  cell === null ? "–" : typeof cell === "number" ? numberText(cell) : cell;

function pad(text: string, width: number, toRight: boolean): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return toRight ? space + text : text + space;
}
