/**
 * Eigenvalues of a symmetric tridiagonal matrix by implicit QR with Wilkinson's shift (Wilkinson 1968; Parlett 1980, ch. 8),
 * deflating at the lower end. Backward stable: the error of every eigenvalue is a small multiple of ε ‖T‖.
 */
import { blockStart, splitBlock } from "./deflation";
import { beginSweep, record, Rotation, rotation, Sweeps } from "./rotations";
import { at } from "./vectors";

/** Two or three sweeps an eigenvalue are usual. */
const sweepsPerValue: i32 = 60;

/** @param d [n] becomes the eigenvalues, unordered @param e [n − 1] destroyed @returns whether it converged */
export function diagonalise(d: usize, e: usize, n: i32, log: Sweeps, scratch: Rotation): bool {
  let last = n - 1;
  let left = sweepsPerValue;
  while (last > 0) {
    const first = blockStart(d, e, last);
    if (first == last) {
      last--;
      left = sweepsPerValue;
      continue;
    }
    if (splitBlock(d, e, first, last)) continue;
    if (left-- == 0) return false;
    beginSweep(log, first, last - first);
    sweep(d, e, first, last, log, scratch);
  }
  return true;
}

/** The eigenvalue of the last 2 × 2 block [a b; b g] nearer to g. */
function wilkinsonShift(d: usize, e: usize, last: i32): f64 {
  const a = load<f64>(at(d, last - 1));
  const g = load<f64>(at(d, last));
  const b = load<f64>(at(e, last - 1));
  const half = 0.5 * (a - g);
  const root = Math.sqrt(half * half + b * b);
  if (root == 0) return g;
  return g - b * (b / (half + (half < 0 ? -root : root)));
}

/** One QR step on rows first … last; the bulge x, z is chased downwards. */
function sweep(d: usize, e: usize, first: i32, last: i32, log: Sweeps, q: Rotation): void {
  let a = load<f64>(at(d, first));
  let x = a - wilkinsonShift(d, e, last);
  let b = load<f64>(at(e, first));
  let z = b;
  for (let i = first; i < last; i++) {
    rotation(q, x, z);
    const c = q.c, s = q.s;
    if (i > first) store<f64>(at(e, i - 1), q.r);
    // With w = s (g − a) + 2 c b: the rotated block is [a + s w, c w − b; c w − b, g − s w].
    const g = load<f64>(at(d, i + 1));
    const w = s * (g - a) + 2 * c * b;
    store<f64>(at(d, i), a + s * w);
    a = g - s * w;
    x = c * w - b;
    if (i + 1 < last) {
      const below = load<f64>(at(e, i + 1));
      z = s * below;
      b = c * below;
    }
    record(log, c, s);
  }
  store<f64>(at(d, last), a);
  store<f64>(at(e, last - 1), x);
}
