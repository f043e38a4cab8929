/** C = A B. Each entry is summed in the order of the inner index from zero, as a plain loop does, so its bits are the same. */
import { at, panelWidth } from "./vectors";

/**
 * @param c [rows (even), stride] @param a [rows (even), inner] @param b [inner, stride] with stride a multiple of 8
 * @param panel room for [inner, 8]
 */
export function multiply(c: usize, a: usize, b: usize, rows: i32, inner: i32, stride: i32, panel: usize): void {
  for (let first = 0; first < stride; first += panelWidth) {
    for (let k = 0; k < inner; k++) {
      memory.copy(at(panel, k * panelWidth), at(b, k * stride + first), 64);
    }
    for (let i = 0; i < rows; i += 2) {
      multiplyPair(at(c, i * stride + first), stride, at(a, i * inner), inner, panel);
    }
  }
}

/** Two rows of C, eight columns. */
function multiplyPair(c: usize, stride: i32, a: usize, inner: i32, panel: usize): void {
  const below = at(a, inner);
  const end = (<usize>inner) << 3;
  let b = panel;
  let p0 = f64x2.splat(0), p1 = p0, p2 = p0, p3 = p0;
  let q0 = p0, q1 = p0, q2 = p0, q3 = p0;
  for (let k: usize = 0; k < end; k += 8, b += 64) {
    const x = v128.load64_splat(a + k), y = v128.load64_splat(below + k);
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    p0 = f64x2.add(p0, f64x2.mul(x, b0));
    p1 = f64x2.add(p1, f64x2.mul(x, b1));
    p2 = f64x2.add(p2, f64x2.mul(x, b2));
    p3 = f64x2.add(p3, f64x2.mul(x, b3));
    q0 = f64x2.add(q0, f64x2.mul(y, b0));
    q1 = f64x2.add(q1, f64x2.mul(y, b1));
    q2 = f64x2.add(q2, f64x2.mul(y, b2));
    q3 = f64x2.add(q3, f64x2.mul(y, b3));
  }
  const next = at(c, stride);
  v128.store(c, p0); v128.store(c, p1, 16); v128.store(c, p2, 32); v128.store(c, p3, 48);
  v128.store(next, q0); v128.store(next, q1, 16); v128.store(next, q2, 32); v128.store(next, q3, 48);
}
