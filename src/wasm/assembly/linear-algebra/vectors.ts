/**
 * Loops over contiguous float64 vectors, two lanes at a time. Every function takes byte addresses and counts of
 * numbers. Sums have a fixed order, so results have the same bits on every machine.
 */

/** Numbers in one panel row; a panel is [rows, 8] and contiguous, so that one row is one cache line. */
export const panelWidth: i32 = 8;

// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 3);
}

// @ts-ignore: decorator
@inline
export function laneSum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** out = 0 */
export function clear(out: usize, count: i32): void {
  memory.fill(out, 0, (<usize>count) << 3);
}

/** Σ x y */
export function dot(x: usize, y: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  let other = f64x2.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(at(x, i)), v128.load(at(y, i))));
    other = f64x2.add(other, f64x2.mul(v128.load(at(x, i), 16), v128.load(at(y, i), 16)));
  }
  let total = laneSum(f64x2.add(sum, other));
  for (; i < count; i++) total += load<f64>(at(x, i)) * load<f64>(at(y, i));
  return total;
}

/** y += s x */
export function addScaled(y: usize, s: f64, x: usize, count: i32): void {
  const scale = f64x2.splat(s);
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    v128.store(at(y, i), f64x2.add(v128.load(at(y, i)), f64x2.mul(scale, v128.load(at(x, i)))));
  }
  if (i < count) store<f64>(at(y, i), load<f64>(at(y, i)) + s * load<f64>(at(x, i)));
}

/** y = s y */
export function scale(y: usize, s: f64, count: i32): void {
  for (let i = 0; i < count; i++) store<f64>(at(y, i), s * load<f64>(at(y, i)));
}
