/** Equiangular tight frames of (n, h) = (6, 3), (10, 5), (16, 6), and the ReLU nets that meet the L^q bound with them. */
import { symmetricEigen } from "../../src/numeric/eigen.ts";
import { type Matrix, matrix, multiply, transpose } from "../../src/numeric/matrix.ts";
import { pseudoinverse } from "../../src/numeric/pseudoinverse.ts";

/** Sign matrices S with zero diagonal: P = (h/n) (I + c S) is a projector of rank h for c = √((n−h)/(h(n−1))). */
const paley = (squares: readonly number[], add: (a: number, b: number) => number, q: number) => {
  const sign = (i: number, j: number) => (squares.includes(add(i, j)) ? 1 : -1);
  return (i: number, j: number) => (i === 0 || j === 0 ? 1 : sign((i - 1) % q, (j - 1) % q));
};
/** Differences in the field of nine elements a + b t, t² = −1, numbered 3a + b. */
const inNine = (i: number, j: number) =>
  3 * ((Math.floor(i / 3) - Math.floor(j / 3) + 3) % 3) + (((i % 3) - (j % 3) + 3) % 3);
/** A bent function of four bits: its sign matrix has the eigenvalues ±4. */
const bent = (x: number) => ((x & 1) * ((x >> 1) & 1) + ((x >> 2) & 1) * ((x >> 3) & 1)) % 2;

const signs: Readonly<Record<number, (i: number, j: number) => number>> = {
  6: paley([1, 4], (i, j) => (i - j + 5) % 5, 5),
  10: paley([3, 6, 1, 2], inNine, 9), // the squares 1, −1, t and −t
  16: (i, j) => (bent(i ^ j) === 0 ? -1 : 1),
};

/** Sizes of the frames. */
export const frameSizes = [
  [6, 3],
  [10, 5],
  [16, 6],
] as const;

/** Unit columns with equal |cos| between them, [h, n], flipped so that all lie in one open half-space. */
export function equiangularFrame(n: number, h: number): Matrix<Float64Array> {
  const cosine = Math.sqrt((n - h) / (h * (n - 1)));
  const gram = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) gram.data[i * n + j] = i === j ? 1 : cosine * signs[n]!(i, j);
  }
  const { values, vectors } = symmetricEigen(gram);
  const frame = matrix(h, n);
  for (let k = 0; k < h; k++) {
    for (let i = 0; i < n; i++) frame.data[k * n + i] = Math.sqrt(values[k]!) * vectors.data[i * n + k]!;
  }
  for (let i = 0; i < n; i++) {
    const side = direction(h).reduce((total, g, k) => total + g * frame.data[k * n + i]!, 0);
    for (let k = 0; k < h && side < 0; k++) frame.data[k * n + i]! *= -1;
  }
  return frame;
}

/** Any direction in which no frame vector is orthogonal. */
const direction = (h: number) => Array.from({ length: h }, (_, k) => 1 + 0.37 * k * k);

/** A bias-free ReLU net whose loss at one active feature is the bound: W_in ≥ 0, W_out = y pinv(W_in). */
export function equiangularNetwork(n: number, h: number, exponent: number) {
  const frame = equiangularFrame(n, h);
  const g = direction(h);
  const heights = multiply(matrix(1, h, g), frame).data;
  const tilt = 0.9 * Math.min(...heights);
  const functionals = matrix(h, h);
  for (let k = 0; k < h; k++) {
    for (let l = 0; l < h; l++) functionals.data[k * h + l] = g[l]! + (k === l ? tilt : 0);
  }
  const W_in = multiply(functionals, frame);
  const [a, b] = [h / n, Math.sqrt((h * (n - h)) / (n * n * (n - 1)))];
  const scale = 1 / (a + (((n - 1) * b ** exponent) / a) ** (1 / (exponent - 1)));
  const W_out = pseudoinverse(W_in);
  return { W_in, W_out: { ...W_out, data: W_out.data.map((value) => scale * value) }, M: null };
}

/** The Gram matrix of a frame. */
export const gramOf = (frame: Matrix): Matrix<Float64Array> => multiply(transpose(frame), frame);
