// Turns a drawn batch into the rows that the kernels walk. Both passes write always and advance by 0 or 1, since
// whether a row has one active feature is nothing that a processor can predict.
import { powerOfNumber, setPower } from "./power";
import {
  B, columns, count, entries, exponent, n, rowEnds, rowOf, rows, setEmptyRows, setRows, stride, sums, values,
} from "./memory";

// @ts-ignore: decorator
@inline
function writeEntry(entry: usize, column: usize, x: f32): void {
  const offset = u32(column * stride);
  const negative = reinterpret<u32>(x) >> 31;
  store<u32>(entries + (entry << 4), offset);
  store<u32>(entries + (entry << 4), offset + negative * u32(n * stride), 4);
  store<f32>(entries + (entry << 4), x, 8);
  store<u32>(entries + (entry << 4), u32(column), 12);
}

/** Makes both neighbours of the batch differ from its rows. */
function fenceRows(): void {
  store<u32>(rowOf - 4, 0xffffffff);
  store<u32>(rowOf + (count << 2), 0xffffffff);
}

/**
 * Empty rows carry neither loss nor gradient and are dropped. Where net and labels are positively homogeneous, as they are
 * without biases for all activations that are piecewise linear, all rows with the one active feature i and the same sign
 * weigh as one row with x = ±(Σ|x|^q)^(1/q). Exact; sums in float64. Rows with several active features are kept as they are.
 */
export function collapseRows(): void {
  setEmptyRows(0);
  memory.fill(sums, 0, n << 4);
  const isSquared = exponent == 2;
  setPower(exponent);
  fenceRows();
  let row: usize = 0;
  let entry: usize = 0;
  let before: u32 = 0xffffffff;
  let current = load<u32>(rowOf);
  for (let k: usize = 0; k < count; k++) {
    const after = load<u32>(rowOf + (k << 2), 4);
    const column = usize(load<u32>(columns + (k << 2)));
    const x = load<f32>(values + (k << 2));
    const last = u32(current != after);
    const single = u32(current != before) & last;
    const sum = sums + ((column + usize(reinterpret<u32>(x) >> 31) * n) << 3);
    const power = isSquared ? f64(x) * f64(x) : powerOfNumber(Math.abs(f64(x)));
    store<f64>(sum, load<f64>(sum) + power * f64(single));
    writeEntry(entry, column, x);
    entry += usize(single ^ 1);
    store<u32>(rowEnds + (row << 2), u32(entry));
    row += usize(last & (single ^ 1));
    before = current;
    current = after;
  }
  for (let cell: usize = 0; cell < 2 * n; cell++) {
    const sum = load<f64>(sums + (cell << 3));
    if (sum == 0) continue;
    const x = f32(isSquared ? Math.sqrt(sum) : Math.pow(sum, 1 / exponent));
    writeEntry(entry++, cell < n ? cell : cell - n, cell < n ? x : -x);
    store<u32>(rowEnds + (row++ << 2), u32(entry));
  }
  setRows(row);
}

/** Every non-empty row as it was drawn. */
export function keepRows(): void {
  setEmptyRows(0);
  fenceRows();
  let row: usize = 0;
  let current = load<u32>(rowOf);
  for (let k: usize = 0; k < count; k++) {
    const after = load<u32>(rowOf + (k << 2), 4);
    writeEntry(k, usize(load<u32>(columns + (k << 2))), load<f32>(values + (k << 2)));
    store<u32>(rowEnds + (row << 2), u32(k + 1));
    row += usize(current != after);
    current = after;
  }
  setRows(row);
}

/** After {@link keepRows}: one row without entries for all empty ones, which carry loss and gradient where there are biases. */
export function addEmptyRow(): void {
  if (rows == B) return;
  setEmptyRows(B - rows);
  store<u32>(rowEnds + (rows << 2), u32(count));
  setRows(rows + 1);
}
