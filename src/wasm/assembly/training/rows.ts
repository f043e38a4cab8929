// Turns a drawn batch into the rows that the kernels walk. Both passes write always and advance by 0 or 1, since
// whether a row has one active feature is nothing that a processor can predict.
import { columns, count, entries, n, rowEnds, rowOf, setRows, squares, stride, values } from "./memory";

// @ts-ignore: decorator
@inline
function writeEntry(entry: usize, column: usize, x: f32): void {
  const offset = u32(column * stride);
  const negative = reinterpret<u32>(x) >> 31;
  store<u32>(entries + (entry << 4), offset);
  store<u32>(entries + (entry << 4), offset + negative * u32(n * stride), 4);
  store<f32>(entries + (entry << 4), x, 8);
}

/** Makes both neighbours of the batch differ from its rows. */
function fenceRows(): void {
  store<u32>(rowOf - 4, 0xffffffff);
  store<u32>(rowOf + (count << 2), 0xffffffff);
}

/**
 * Empty rows carry neither loss nor gradient and are dropped. Without biases a rectified net and its labels are
 * positively homogeneous, so all rows with the one active feature i and the same sign weigh as one row with
 * x = ±√Σx². Exact for squared error; sums in float64. Rows with several active features are kept as they are.
 */
export function collapseRows(): void {
  memory.fill(squares, 0, n << 4);
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
    const sum = squares + ((column + usize(reinterpret<u32>(x) >> 31) * n) << 3);
    store<f64>(sum, load<f64>(sum) + f64(x) * f64(x) * f64(single));
    writeEntry(entry, column, x);
    entry += usize(single ^ 1);
    store<u32>(rowEnds + (row << 2), u32(entry));
    row += usize(last & (single ^ 1));
    before = current;
    current = after;
  }
  for (let cell: usize = 0; cell < 2 * n; cell++) {
    const sum = load<f64>(squares + (cell << 3));
    if (sum == 0) continue;
    const x = f32(Math.sqrt(sum));
    writeEntry(entry++, cell < n ? cell : cell - n, cell < n ? x : -x);
    store<u32>(rowEnds + (row++ << 2), u32(entry));
  }
  setRows(row);
}

/** Every non-empty row as it was drawn. */
export function keepRows(): void {
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
