/**
 * A = L B Rᵀ with B upper bidiagonal (Golub, Kahan 1965). The update of one step, A −= u yᵀ + z vᵀ, waits for the next
 * step's pass over the matrix, so each step reads the rest of A twice and writes it once.
 */
import { reflector } from "./reflectors";
import { addScaled, at, clear, dot, laneSum, scale } from "./vectors";

/**
 * L = H_0 … H_{n−1} with H_k on coordinates k …, R = G_0 … G_{n−2} with G_k on coordinates k + 1 ….
 * @param a [n + 1, stride] row-major with a last row of zeros, stride even, ≥ n + 1, padding zero; on return row k holds the
 *   vector of G_k from place k + 1 on
 * @param left [n, stride] receives the vector of H_k in row k from place k on
 * @param d [n] diagonal @param e [n] superdiagonal in its first n − 1 places
 * @param tauLeft [n] @param tauRight [n] @param work 6 vectors of `stride` numbers
 */
export function bidiagonalise(
  a: usize, stride: i32, n: i32, left: usize, d: usize, e: usize, tauLeft: usize, tauRight: usize, work: usize,
): void {
  const u = work;
  const z = at(work, stride);
  const y = at(work, 2 * stride);
  const v = at(work, 3 * stride);
  const next = at(work, 4 * stride);
  const product = at(work, 5 * stride);
  clear(work, 6 * stride);
  for (let k = 0; k < n; k++) {
    // Column k, brought up to date ahead of the pass.
    for (let i = k; i < n; i++) {
      const x = load<f64>(at(a, i * stride + k)) - load<f64>(at(u, i)) * load<f64>(at(y, k));
      store<f64>(at(next, i), x - load<f64>(at(z, i)) * load<f64>(at(v, k)));
    }
    const tau = reflector(at(next, k), n - k, 0, at(d, k));
    store<f64>(at(tauLeft, k), tau);
    memory.copy(at(left, k * stride + k), at(next, k), (<usize>(n - k)) << 3);
    // Start on an even column: one that is done meets zeros in y and v.
    const start = k & ~1;
    clear(product, stride);
    for (let i = k; i < n; i += 2) {
      updateAndMultiply(at(a, i * stride), stride, start, i, u, z, y, v, next, product);
    }
    memory.copy(u, next, (<usize>stride) << 3);
    memory.copy(y, product, (<usize>stride) << 3);
    scale(y, tau, stride);
    if (start < k) store<f64>(at(y, start), 0);
    clear(z, stride);
    clear(v, stride);
    if (k + 1 < n) reduceRow(a, stride, n, k, u, z, y, v, e, tauRight);
    store<f64>(at(u, k), 0);
    store<f64>(at(next, k), 0);
    store<f64>(at(y, k), 0);
  }
}

/** The right reflector of step k, and z = τ (A − u yᵀ) v. */
function reduceRow(
  a: usize, stride: i32, n: i32, k: i32, u: usize, z: usize, y: usize, v: usize, e: usize, tauRight: usize,
): void {
  const row = at(a, k * stride);
  const count = n - k - 1;
  memory.copy(at(v, k + 1), at(row, k + 1), (<usize>count) << 3);
  addScaled(at(v, k + 1), -load<f64>(at(u, k)), at(y, k + 1), count);
  const tau = reflector(at(v, k + 1), count, 0, at(e, k));
  store<f64>(at(tauRight, k), tau);
  const start = (k + 1) & ~1;
  const share = dot(at(y, k + 1), at(v, k + 1), count);
  for (let i = k + 1; i < n; i += 2) multiplyPair(at(a, i * stride), stride, start, at(z, i), v);
  for (let i = k + 1; i < n; i++) {
    store<f64>(at(z, i), tau * (load<f64>(at(z, i)) - share * load<f64>(at(u, i))));
  }
  store<f64>(at(z, n), 0);
  memory.copy(at(row, k + 1), at(v, k + 1), (<usize>count) << 3);
}

/** For rows i and i + 1, columns from `start`: A −= u yᵀ + z vᵀ, then product += next_i A_i. */
function updateAndMultiply(
  row0: usize, stride: i32, start: i32, i: i32,
  u: usize, z: usize, y: usize, v: usize, next: usize, product: usize,
): void {
  const row1 = at(row0, stride);
  const u0 = v128.load64_splat(at(u, i)), u1 = v128.load64_splat(at(u, i), 8);
  const z0 = v128.load64_splat(at(z, i)), z1 = v128.load64_splat(at(z, i), 8);
  const n0 = v128.load64_splat(at(next, i)), n1 = v128.load64_splat(at(next, i), 8);
  const end = (<usize>stride) << 3;
  for (let j: usize = (<usize>start) << 3; j < end; j += 16) {
    const yj = v128.load(y + j), vj = v128.load(v + j);
    const a0 = f64x2.sub(v128.load(row0 + j), f64x2.add(f64x2.mul(u0, yj), f64x2.mul(z0, vj)));
    const a1 = f64x2.sub(v128.load(row1 + j), f64x2.add(f64x2.mul(u1, yj), f64x2.mul(z1, vj)));
    v128.store(row0 + j, a0);
    v128.store(row1 + j, a1);
    v128.store(
      product + j,
      f64x2.add(v128.load(product + j), f64x2.add(f64x2.mul(n0, a0), f64x2.mul(n1, a1))),
    );
  }
}

/** out_0, out_1 = A_i v, A_{i+1} v from column `start` on. */
function multiplyPair(row0: usize, stride: i32, start: i32, out: usize, v: usize): void {
  const row1 = at(row0, stride);
  let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0);
  const end = (<usize>stride) << 3;
  for (let j: usize = (<usize>start) << 3; j < end; j += 16) {
    const vj = v128.load(v + j);
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(row0 + j), vj));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(row1 + j), vj));
  }
  store<f64>(out, laneSum(sum0));
  store<f64>(out, laneSum(sum1), 8);
}
