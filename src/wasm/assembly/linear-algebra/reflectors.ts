/**
 * Householder reflectors H = I − τ v vᵀ: made from a vector, and applied to panels (8 columns of a matrix, held
 * contiguously so that they stay in cache while all reflectors pass over them).
 */
import { at, dot, panelWidth, scale } from "./vectors";

/** Sums of squares below this vanish beside entries of size 1, to which every input is scaled. */
const negligible: f64 = 1e-260;

/**
 * Turns x into v so that H x has its only non-zero at `pivot`; stores that number at `length` (signed, ± ‖x‖).
 * @param x [count] overwritten by v @returns τ in [½, 1], or 0 when x is already of that form
 */
export function reflector(x: usize, count: i32, pivot: i32, length: usize): f64 {
  const head = load<f64>(at(x, pivot));
  store<f64>(at(x, pivot), 0);
  const rest = dot(x, x, count);
  if (rest < negligible) {
    memory.fill(x, 0, (<usize>count) << 3);
    store<f64>(length, head);
    return 0;
  }
  const norm = Math.sqrt(rest + head * head);
  // The sign that adds, so that nothing cancels.
  const signed = head > 0 ? -norm : norm;
  store<f64>(length, signed);
  // v / ‖x‖, so that τ lies in [½, 1] however small x is.
  const inverse = 1 / norm;
  scale(x, inverse, count);
  store<f64>(at(x, pivot), (head - signed) * inverse);
  return 1 / (1 + Math.abs(head) * inverse);
}

/** X ← (I − τ v vᵀ) X. @param panel address of the first row that v touches @param v [count] */
export function reflectPanel(panel: usize, v: usize, count: i32, tau: f64): void {
  if (tau == 0) return;
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0), s2 = f64x2.splat(0), s3 = f64x2.splat(0);
  let x = panel;
  const end = at(v, count);
  for (let p = v; p < end; p += 8, x += 64) {
    const vi = v128.load64_splat(p);
    s0 = f64x2.add(s0, f64x2.mul(vi, v128.load(x)));
    s1 = f64x2.add(s1, f64x2.mul(vi, v128.load(x, 16)));
    s2 = f64x2.add(s2, f64x2.mul(vi, v128.load(x, 32)));
    s3 = f64x2.add(s3, f64x2.mul(vi, v128.load(x, 48)));
  }
  const t = f64x2.splat(tau);
  s0 = f64x2.mul(s0, t); s1 = f64x2.mul(s1, t); s2 = f64x2.mul(s2, t); s3 = f64x2.mul(s3, t);
  x = panel;
  for (let p = v; p < end; p += 8, x += 64) {
    const vi = v128.load64_splat(p);
    v128.store(x, f64x2.sub(v128.load(x), f64x2.mul(vi, s0)));
    v128.store(x, f64x2.sub(v128.load(x, 16), f64x2.mul(vi, s1)), 16);
    v128.store(x, f64x2.sub(v128.load(x, 32), f64x2.mul(vi, s2)), 32);
    v128.store(x, f64x2.sub(v128.load(x, 48), f64x2.mul(vi, s3)), 48);
  }
}

/**
 * X ← H_0 H_1 … H_{count−1} X, where H_k touches coordinates k + offset … rows − 1 and its vector lies in row k of
 * `reflectors` from that place on.
 * @param panels columns of X, [panelCount][rows][8] @param reflectors [count, stride] @param tau [count]
 * @param isTriangular X is zero below its diagonal (the identity, say), so column j meets only H_k with k + offset ≤ j
 */
export function applyReflectors(
  panels: usize, panelCount: i32, rows: i32,
  reflectors: usize, stride: i32, offset: i32, count: i32, tau: usize, isTriangular: bool,
): void {
  for (let p = 0; p < panelCount; p++) {
    const panel = at(panels, p * rows * panelWidth);
    const end = isTriangular ? min(count, (p + 1) * panelWidth - offset) : count;
    for (let k = end - 1; k >= 0; k--) {
      const first = k + offset;
      const v = at(reflectors, k * stride + first);
      reflectPanel(at(panel, first * panelWidth), v, rows - first, load<f64>(at(tau, k)));
    }
  }
}

/**
 * Householder QR of [rows, columns]: panels become those of R, rubbish below the diagonal. H_k, k < min(rows, columns), as in
 * `applyReflectors` with offset 0: A = H_0 H_1 … R.
 */
export function factor(
  panels: usize, rows: i32, columns: i32, reflectors: usize, stride: i32, tau: usize,
): void {
  for (let first = 0; first < columns; first += panelWidth) {
    const panel = at(panels, first * rows);
    for (let k = 0; k < min(first, rows); k++) {
      reflectPanel(at(panel, k * panelWidth), at(reflectors, k * stride + k), rows - k, load<f64>(at(tau, k)));
    }
    for (let j = first; j < min(min(first + panelWidth, columns), rows); j++) {
      const v = at(reflectors, j * stride + j);
      for (let i = j; i < rows; i++) {
        store<f64>(at(v, i - j), load<f64>(at(panel, i * panelWidth + j - first)));
      }
      // The length is left to reflectPanel, which makes the whole column.
      const t = reflector(v, rows - j, 0, at(tau, j));
      store<f64>(at(tau, j), t);
      reflectPanel(at(panel, j * panelWidth), v, rows - j, t);
    }
  }
}

/** The columns first … first + 7 of the identity. @param panel [n, 8] */
export function identityPanel(panel: usize, n: i32, first: i32): void {
  memory.fill(panel, 0, (<usize>(n * panelWidth)) << 3);
  for (let j = 0; j < panelWidth && first + j < n; j++) store<f64>(at(panel, (first + j) * panelWidth + j), 1);
}

/** Transposes an n × n matrix from panels of columns to panels of rows (or back). */
export function transposePanels(out: usize, panels: usize, n: i32): void {
  const size = n * panelWidth;
  for (let j = 0; j < n; j++) {
    const column = at(panels, (j >> 3) * size + (j & 7));
    const target = at(out, j * panelWidth);
    for (let i = 0; i < n; i++) {
      store<f64>(at(target, (i >> 3) * size + (i & 7)), load<f64>(at(column, i * panelWidth)));
    }
  }
}
