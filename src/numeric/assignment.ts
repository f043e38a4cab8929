/**
 * The assignment problem: which row goes with which column. Hungarian method by shortest augmenting paths (Jonker &
 * Volgenant 1987, without their start-up), O(rows² columns).
 */
import type { Matrix } from "./matrix.ts";

/**
 * Gives every row a column of its own so that the sum of the chosen entries is largest.
 * @param gain — [rows, columns], rows ≤ columns, finite
 * @returns the column of each row, [rows]
 * @throws RangeError when there are more rows than columns.
 * @example assign(matrix(2, 2, [1, 2, 3, 5])) // [0, 1]: 1 + 5 is more than 2 + 3
 */
export function assign(gain: Matrix): Int32Array {
  const [rows, columns] = gain.shape;
  if (rows > columns) {
    throw new RangeError(
      `assign: need at least as many columns as rows, got ${rows} rows and ${columns} columns. Transpose it.`,
    );
  }
  // Prices of rows and columns: price_r + price_c ≥ gain everywhere, equal where they are assigned.
  const prices = { row: new Float64Array(rows), column: new Float64Array(columns) };
  const rowOf = new Int32Array(columns).fill(-1);
  for (let row = 0; row < rows; row++) addRow(row, gain, prices, rowOf);
  const result = new Int32Array(rows);
  rowOf.forEach((row, column) => {
    if (row >= 0) result[row] = column;
  });
  return result;
}

interface Prices {
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/** Assigns one more row along the cheapest path of exchanges, found as by Dijkstra. */
function addRow(start: number, { data, shape }: Matrix, prices: Prices, rowOf: Int32Array): void {
  const columns = shape[1];
  const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(columns).fill(-1);
  const isDone = new Uint8Array(columns);
  let [row, column, reached] = [start, -1, 0];
  for (;;) {
    let nearest = -1;
    for (let c = 0; c < columns; c++) {
      if (isDone[c]) continue;
      const through = reached + prices.row[row]! + prices.column[c]! - data[row * columns + c]!;
      if (through < distance[c]!) {
        distance[c] = through;
        before[c] = column;
      }
      if (nearest < 0 || distance[c]! < distance[nearest]!) nearest = c;
    }
    column = nearest;
    reached = distance[column]!;
    isDone[column] = 1;
    if (rowOf[column]! < 0) break;
    row = rowOf[column]!;
  }
  reprice(start, reached, { distance, isDone }, prices, rowOf);
  for (let c = column; c >= 0; c = before[c]!) rowOf[c] = before[c]! < 0 ? start : rowOf[before[c]!]!;
}

/** Keeps every assigned pair at price_r + price_c = gain, after the path is taken too. */
function reprice(
  start: number,
  reached: number,
  { distance, isDone }: { readonly distance: Float64Array; readonly isDone: Uint8Array },
  prices: Prices,
  rowOf: Int32Array,
): void {
  prices.row[start]! -= reached;
  for (let c = 0; c < isDone.length; c++) {
    if (!isDone[c]) continue;
    const change = reached - distance[c]!;
    prices.column[c]! += change;
    if (rowOf[c]! >= 0) prices.row[rowOf[c]!]! -= change;
  }
}
