/**
 * Plane rotations: made from two numbers, recorded sweep by sweep while a tridiagonal or bidiagonal matrix is
 * diagonalised, and applied later to the panels of the vectors. Recording lets a whole batch of sweeps pass over a panel
 * while it is in cache, which is what makes large matrices fast.
 */
import { at, panelWidth } from "./vectors";

/** Written by `rotation`: [c −s; s c]-style coefficients with c f + s g = r, c g − s f = 0. */
@unmanaged
export class Rotation {
  c: f64;
  s: f64;
  r: f64;
}

/** Squares of numbers below 2^-400 are no longer safe from underflow; inputs are scaled, so none overflows. */
const small: f64 = 3.872591914849318e-121;
const large: f64 = 2.582249878086909e120;

export function rotation(out: Rotation, f: f64, g: f64): void {
  if (g == 0) {
    out.c = 1;
    out.s = 0;
    out.r = f;
    return;
  }
  const tiny = Math.abs(f) < small && Math.abs(g) < small;
  const x = tiny ? f * large : f;
  const y = tiny ? g * large : g;
  const r = Math.sqrt(x * x + y * y);
  out.c = x / r;
  out.s = y / r;
  out.r = tiny ? r * small : r;
}

/** Sweeps not yet applied. A sweep is `count` rotations of neighbouring rows first, first + 1, …, downwards. */
@unmanaged
export class Sweeps {
  panels: usize;
  panelCount: i32;
  rows: i32;
  /** f64 pairs (c, s), `capacity` of them. */
  pairs: usize;
  capacity: i32;
  used: i32;
  /** i32 pairs (first, count), `sweepCapacity` of them. */
  headers: usize;
  sweepCapacity: i32;
  sweeps: i32;
}

/** Makes an allocated record ready for n vectors of n components. */
export function openSweeps(log: Sweeps, panels: usize, n: i32): void {
  log.panels = panels;
  log.panelCount = (n + panelWidth - 1) / panelWidth;
  log.rows = n;
  log.used = 0;
  log.sweeps = 0;
}

/** Starts a sweep of `count` rotations, applying what is recorded when there is no room. */
export function beginSweep(log: Sweeps, first: i32, count: i32): void {
  if (log.used + count > log.capacity || log.sweeps == log.sweepCapacity) applySweeps(log);
  const header = at(log.headers, log.sweeps);
  store<i32>(header, first);
  store<i32>(header, count, 4);
  log.sweeps++;
}

// @ts-ignore: decorator
@inline
export function record(log: Sweeps, c: f64, s: f64): void {
  const pair = at(log.pairs, 2 * log.used);
  store<f64>(pair, c);
  store<f64>(pair, s, 8);
  log.used++;
}

/** Applies and forgets everything recorded. */
export function applySweeps(log: Sweeps): void {
  const size = log.rows * panelWidth;
  for (let p = 0; p < log.panelCount; p++) {
    const panel = at(log.panels, p * size);
    let pair = log.pairs;
    for (let i = 0; i < log.sweeps; i++) {
      const header = at(log.headers, i);
      const count = load<i32>(header, 4);
      rotatePanel(at(panel, load<i32>(header) * panelWidth), pair, count);
      pair = at(pair, 2 * count);
    }
  }
  log.used = 0;
  log.sweeps = 0;
}

/** Rows x_t, x_{t+1} ← c x_t + s x_{t+1}, c x_{t+1} − s x_t for t = 0 … count − 1; x_{t+1} is carried in registers. */
function rotatePanel(row: usize, pairs: usize, count: i32): void {
  let x = row;
  let y0 = v128.load(x), y1 = v128.load(x, 16), y2 = v128.load(x, 32), y3 = v128.load(x, 48);
  const end = at(pairs, 2 * count);
  for (let pair = pairs; pair < end; pair += 16, x += 64) {
    const c = v128.load64_splat(pair), s = v128.load64_splat(pair, 8);
    const z0 = v128.load(x, 64), z1 = v128.load(x, 80), z2 = v128.load(x, 96), z3 = v128.load(x, 112);
    v128.store(x, f64x2.add(f64x2.mul(c, y0), f64x2.mul(s, z0)));
    v128.store(x, f64x2.add(f64x2.mul(c, y1), f64x2.mul(s, z1)), 16);
    v128.store(x, f64x2.add(f64x2.mul(c, y2), f64x2.mul(s, z2)), 32);
    v128.store(x, f64x2.add(f64x2.mul(c, y3), f64x2.mul(s, z3)), 48);
    y0 = f64x2.sub(f64x2.mul(c, z0), f64x2.mul(s, y0));
    y1 = f64x2.sub(f64x2.mul(c, z1), f64x2.mul(s, y1));
    y2 = f64x2.sub(f64x2.mul(c, z2), f64x2.mul(s, y2));
    y3 = f64x2.sub(f64x2.mul(c, z3), f64x2.mul(s, y3));
  }
  v128.store(x, y0);
  v128.store(x, y1, 16);
  v128.store(x, y2, 32);
  v128.store(x, y3, 48);
}
