/**
 * Singular values of an upper bidiagonal matrix by implicit QR: Golub, Kahan 1965 with a shift, and Demmel, Kahan 1990 without
 * one where a shift would spoil the smallest values. Backward stable.
 */
import { blockStart, splitBlock } from "./deflation";
import { beginSweep, record, Rotation, rotation, Sweeps } from "./rotations";
import { at } from "./vectors";

const epsilon: f64 = 2.220446049250313e-16;
/** Two or three sweeps a value are usual; values that are tiny and close together take more. */
const sweepsPerValue: i32 = 100;

// @ts-ignore: decorator
@inline
function get(x: usize, i: i32): f64 {
  return load<f64>(at(x, i));
}

// @ts-ignore: decorator
@inline
function set(x: usize, i: i32, value: f64): void {
  store<f64>(at(x, i), value);
}

/**
 * @param d [n] becomes the singular values, unordered, with signs @param e [n − 1] destroyed
 * @returns whether it converged
 */
export function diagonaliseBidiagonal(
  d: usize, e: usize, n: i32, left: Sweeps, right: Sweeps, scratch: Rotation,
): bool {
  let last = n - 1;
  let remaining = sweepsPerValue;
  while (last > 0) {
    const first = blockStart(d, e, last);
    if (first == last) {
      last--;
      remaining = sweepsPerValue;
      continue;
    }
    if (splitBlock(d, e, first, last)) continue;
    if (remaining-- == 0) return false;
    beginSweep(left, first, last - first);
    beginSweep(right, first, last - first);
    const shift = chooseShift(d, e, first, last);
    if (shift == 0) sweepUnshifted(d, e, first, last, left, right, scratch);
    else sweepShifted(d, e, first, last, shift, left, right, scratch);
  }
  return true;
}

/** The smaller singular value of the last 2 × 2 block [f g; 0 h], or 0 where the block is (nearly) singular. */
function chooseShift(d: usize, e: usize, first: i32, last: i32): f64 {
  let smallest = Infinity;
  let largest: f64 = 0;
  for (let i = first; i <= last; i++) {
    smallest = Math.min(smallest, Math.abs(get(d, i)));
    largest = Math.max(largest, Math.abs(get(d, i)));
    if (i < last) largest = Math.max(largest, Math.abs(get(e, i)));
  }
  if (smallest <= epsilon * largest) return 0;
  const f = Math.abs(get(d, last - 1));
  const g = get(e, last - 1);
  const h = Math.abs(get(d, last));
  // (σ₁ ± σ₂)² = (f ± h)² + g² and σ₁ σ₂ = f h.
  const sigma = 0.5 * (Math.sqrt((f + h) * (f + h) + g * g) + Math.sqrt((f - h) * (f - h) + g * g));
  return f * (h / sigma);
}

/** One step with shift: the bulge is chased down by rotations of columns (right) and rows (left) in turn. */
function sweepShifted(
  d: usize, e: usize, first: i32, last: i32, shift: f64, left: Sweeps, right: Sweeps, q: Rotation,
): void {
  const d0 = get(d, first);
  let x = (Math.abs(d0) - shift) * (Math.sign(d0) + shift / d0);
  let z = get(e, first);
  for (let i = first; i < last; i++) {
    rotation(q, x, z);
    if (i > first) set(e, i - 1, q.r);
    x = q.c * get(d, i) + q.s * get(e, i);
    const above = q.c * get(e, i) - q.s * get(d, i);
    z = q.s * get(d, i + 1);
    const below = q.c * get(d, i + 1);
    record(right, q.c, q.s);
    rotation(q, x, z);
    set(d, i, q.r);
    x = q.c * above + q.s * below;
    set(d, i + 1, q.c * below - q.s * above);
    if (i + 1 < last) {
      z = q.s * get(e, i + 1);
      set(e, i + 1, q.c * get(e, i + 1));
    }
    record(left, q.c, q.s);
  }
  set(e, last - 1, x);
}

/** One step without shift: every entry keeps its relative accuracy, as nothing is subtracted. */
function sweepUnshifted(
  d: usize, e: usize, first: i32, last: i32, left: Sweeps, right: Sweeps, q: Rotation,
): void {
  let c: f64 = 1;
  let leftC: f64 = 1;
  let leftS: f64 = 0;
  for (let i = first; i < last; i++) {
    rotation(q, c * get(d, i), get(e, i));
    c = q.c;
    const s = q.s;
    record(right, c, s);
    if (i > first) set(e, i - 1, leftS * q.r);
    rotation(q, leftC * q.r, s * get(d, i + 1));
    leftC = q.c;
    leftS = q.s;
    set(d, i, q.r);
    record(left, leftC, leftS);
  }
  const h = c * get(d, last);
  set(d, last, h * leftC);
  set(e, last - 1, h * leftS);
}
