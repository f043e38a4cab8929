/**
 * csv of numbers alone: one row a line, cells apart by comma, semicolon or tab, perhaps one header line.
 * Numbers are decimal with a point (`-1.5e-3`, `.5`), or `nan`, `inf`, `-inf`. Limits: no quotes around numbers,
 * no separators inside header cells, no comments.
 */
import type { Matrix } from "../numeric/matrix.ts";
import { FormatError, showValue } from "./errors.ts";

const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const notFinite: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "+inf": Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

/**
 * Reads a table of numbers, as float64. A first line whose cells are all words is a header and left out
 * (a word begins with none of 0–9, `+`, `-`, `.`).
 * @returns [rows, columns]; a file without rows is refused
 * @throws FormatError naming the row and column (from 1, the header included) of the first bad cell.
 */
export function readCsv(source: string | Uint8Array): Matrix<Float64Array> {
  const text = typeof source === "string" ? source : decodeText(source);
  const lines = splitLines(text);
  const separator = findSeparator(lines[0] ?? "");
  const first = isHeader(lines[0] ?? "", separator) ? 1 : 0;
  if (lines.length === first)
    throw new FormatError("csv: need at least one row of numbers, got none. Is it empty?");
  const columns = lines[0]!.split(separator).length;
  // Every row is checked before the table is reserved: rows times columns of a ragged file can be far more than it.
  const rows = lines.slice(first).map((line, i) => parseRow(line, separator, first + i, columns));
  const data = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) data.set(row, i * columns);
  return { data, shape: [rows.length, columns] };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FormatError("csv: need UTF-8 text, got other bytes. Is it a csv file?");
  }
}

/** Lines without their ends; line ends after the last row are no rows. */
function splitLines(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  return lines;
}

function findSeparator(line: string): string {
  return ["\t", ";"].find((separator) => line.includes(separator)) ?? ",";
}

function isHeader(line: string, separator: string): boolean {
  return line.split(separator).every((cell) => isNotNumber(cell) && /^[^\d+.-]/.test(cell.trim()));
}

function isNotNumber(cell: string): boolean {
  return Number.isNaN(parseNumber(cell)) && cell.trim().toLowerCase() !== "nan";
}

function parseRow(line: string, separator: string, row: number, columns: number): number[] {
  const cells = line.split(separator);
  if (cells.length !== columns) {
    throw new FormatError(
      `csv row ${row + 1}: need ${columns} cells as in row 1, got ${cells.length}. Give every row as many cells.`,
    );
  }
  return cells.map((cell, column) => {
    if (isNotNumber(cell)) throw cellError(cell, row, column);
    return parseNumber(cell);
  });
}

/** The number in a cell; NaN for `nan` and for what is no number. */
function parseNumber(cell: string): number {
  const text = cell.trim();
  if (number.test(text)) return Number(text);
  return Object.hasOwn(notFinite, text.toLowerCase()) ? notFinite[text.toLowerCase()]! : Number.NaN;
}

function cellError(cell: string, row: number, column: number): FormatError {
  return new FormatError(
    `csv row ${row + 1}, column ${column + 1}: need a number, got ${showValue(cell.trim())}. ` +
      "Use a decimal point, and comma, semicolon or tab between numbers.",
  );
}
