/**
 * When an off-diagonal entry of a tridiagonal or bidiagonal matrix counts as zero. Two tests: against its two diagonal
 * neighbours, which keeps tiny blocks accurate on their own; and against the block it is part of, because the rounding errors
 * of a sweep have the size ε times the whole block, and noise below that never settles (low-rank matrices show it).
 */
import { at } from "./vectors";

const epsilon: f64 = 2.220446049250313e-16;
/** The whole matrix has entries of size 1; below this, blocks of their own would underflow when squared. */
const negligible: f64 = 1e-120;

/** The first row of the unreduced block that ends with row `last`. */
export function blockStart(d: usize, e: usize, last: i32): i32 {
  let first = last;
  let below = Math.abs(load<f64>(at(d, first)));
  while (first > 0) {
    const above = Math.abs(load<f64>(at(d, first - 1)));
    if (Math.abs(load<f64>(at(e, first - 1))) <= epsilon * (above + below) + negligible) break;
    below = above;
    first--;
  }
  return first;
}

/** Zeroes what is negligible in the block of rows first … last. @returns whether anything was, so that the block falls apart */
export function splitBlock(d: usize, e: usize, first: i32, last: i32): bool {
  let largest = Math.abs(load<f64>(at(d, last)));
  for (let i = first; i < last; i++) {
    largest = Math.max(largest, Math.abs(load<f64>(at(d, i))));
    largest = Math.max(largest, Math.abs(load<f64>(at(e, i))));
  }
  let found = false;
  for (let i = first; i < last; i++) {
    if (Math.abs(load<f64>(at(e, i))) <= epsilon * largest) {
      store<f64>(at(e, i), 0);
      found = true;
    }
  }
  return found;
}
