/**
 * A = Q T Qᵀ with T tridiagonal: Householder 1958, from the last row upwards, on the lower triangle, which is
 * overwritten by the reflectors. Each step makes one pass over half of what is left of the matrix: the rank-two
 * update of the step before and the product with this step's vector together (n³/6 elements read in all).
 */
import { reflector } from "./reflectors";
import { addScaled, at, clear, dot, laneSum } from "./vectors";

/**
 * @param a [n, stride] row-major, stride even; on return row k holds v_k in its first k places,
 *   and Q = H_{n−1} … H_1 with H_k = I − τ_k v_k v_kᵀ on the first k coordinates
 * @param d [n] diagonal @param e [n − 1] off-diagonal @param tau [n]
 * @param work 4 vectors of `stride` numbers
 */
export function tridiagonalise(
  a: usize, stride: i32, n: i32, d: usize, e: usize, tau: usize, work: usize,
): void {
  let v = work;
  const w = at(work, stride);
  let next = at(work, 2 * stride);
  const product = at(work, 3 * stride);
  clear(work, 4 * stride);
  for (let k = n - 1; k >= 0; k--) {
    const row = at(a, k * stride);
    addScaled(row, -load<f64>(at(v, k)), w, k + 1);
    addScaled(row, -load<f64>(at(w, k)), v, k + 1);
    store<f64>(at(d, k), load<f64>(at(row, k)));
    if (k == 0) break;
    memory.copy(next, row, (<usize>k) << 3);
    const t = reflector(next, k, k - 1, at(e, k - 1));
    store<f64>(at(tau, k), t);
    // Row k is done: as zeros it completes the last pair of rows.
    retire(row, v, w, next, k);
    clear(product, k + 1);
    for (let i = 0; i < k; i += 2) updateAndMultiply(at(a, i * stride), stride, i, v, w, next, product);
    memory.copy(row, next, (<usize>k) << 3);
    // w = τ p − ½ τ² (p·v) v, so that H A H = A − v wᵀ − w vᵀ.
    const half = 0.5 * t * t * dot(product, next, k);
    for (let i = 0; i < k; i++) {
      store<f64>(at(w, i), t * load<f64>(at(product, i)) - half * load<f64>(at(next, i)));
    }
    const old = v;
    v = next;
    next = old;
  }
}

function retire(row: usize, v: usize, w: usize, next: usize, k: i32): void {
  clear(row, k + 1);
  store<f64>(at(v, k), 0);
  store<f64>(at(w, k), 0);
  store<f64>(at(next, k), 0);
}

/** For rows i and i + 1 (i even), columns up to the diagonal: A −= v wᵀ + w vᵀ, then product += A next, both halves. */
function updateAndMultiply(
  row0: usize, stride: i32, i: i32, v: usize, w: usize, next: usize, product: usize,
): void {
  const row1 = at(row0, stride);
  const v0 = load<f64>(at(v, i)), v1 = load<f64>(at(v, i), 8);
  const w0 = load<f64>(at(w, i)), w1 = load<f64>(at(w, i), 8);
  const n0 = load<f64>(at(next, i)), n1 = load<f64>(at(next, i), 8);
  const vv0 = f64x2.splat(v0), vv1 = f64x2.splat(v1);
  const ww0 = f64x2.splat(w0), ww1 = f64x2.splat(w1);
  const nn0 = f64x2.splat(n0), nn1 = f64x2.splat(n1);
  let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0);
  const bytes = (<usize>i) << 3;
  for (let j: usize = 0; j < bytes; j += 16) {
    const vj = v128.load(v + j), wj = v128.load(w + j), nj = v128.load(next + j);
    const a0 = f64x2.sub(v128.load(row0 + j), f64x2.add(f64x2.mul(vv0, wj), f64x2.mul(ww0, vj)));
    const a1 = f64x2.sub(v128.load(row1 + j), f64x2.add(f64x2.mul(vv1, wj), f64x2.mul(ww1, vj)));
    v128.store(row0 + j, a0);
    v128.store(row1 + j, a1);
    sum0 = f64x2.add(sum0, f64x2.mul(a0, nj));
    sum1 = f64x2.add(sum1, f64x2.mul(a1, nj));
    v128.store(
      product + j,
      f64x2.add(v128.load(product + j), f64x2.add(f64x2.mul(a0, nn0), f64x2.mul(a1, nn1))),
    );
  }
  const a00 = load<f64>(row0 + bytes) - 2 * v0 * w0;
  const a10 = load<f64>(row1 + bytes) - (v1 * w0 + w1 * v0);
  const a11 = load<f64>(row1 + bytes, 8) - 2 * v1 * w1;
  store<f64>(row0 + bytes, a00);
  store<f64>(row1 + bytes, a10);
  store<f64>(row1 + bytes, a11, 8);
  store<f64>(product + bytes, load<f64>(product + bytes) + laneSum(sum0) + a00 * n0 + a10 * n1);
  store<f64>(product + bytes, load<f64>(product + bytes, 8) + laneSum(sum1) + a10 * n0 + a11 * n1, 8);
}
