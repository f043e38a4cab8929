/** Expected squares of linear maps of a random vector, and of sums over x and relu(x): closed forms, float64. */
import { combine, type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { density, type InputDistribution, inputMoments, isSignSymmetric } from "./moments.ts";

/**
 * E (A z)_i² for every row i, given Σ = E[z zᵀ]: the diagonal of A Σ Aᵀ.
 *
 * @param a [outputs, features]
 * @param moment Σ, [features, features]
 * @returns [outputs]
 */
export function expectedSquares(a: Matrix, moment: Matrix): Float64Array {
  return rowProducts(multiply(a, moment), a);
}

/** Σ_j A_ij B_ij for every row i. @param a [m, n] @param b [m, n] @returns [m] */
function rowProducts(a: Matrix, b: Matrix): Float64Array {
  const [rows, columns] = a.shape;
  const products = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) products[i]! += a.data[i * columns + j]! * b.data[i * columns + j]!;
  }
  return products;
}

/** A loss and its two parts, each L/p. `linear` and `even` are null where x and −x are not equally likely. */
export interface LossParts {
  /** Mean squared error per output, divided by p. */
  readonly lossPerP: number;
  /** What is lost in the linear (odd) part of the output. */
  readonly linear: number | null;
  /** What is lost in the even part of the output, the only one that meets a nonlinearity. */
  readonly even: number | null;
}

/**
 * The exact loss of an output whose error is e = P relu(x) + Q x, as every baseline's is whose neurons read one
 * feature each. With relu(x) = (x + |x|)/2 its linear part is (P/2 + Q) x and its even part (P/2) |x|.
 *
 * @param relus P, [features, features]
 * @param inputs Q, [features, features]
 */
export function reluLinearLoss(relus: Matrix, inputs: Matrix, distribution: InputDistribution): LossParts {
  const [features] = relus.shape;
  const moments = inputMoments(distribution, features);
  const perP = 1 / (features * density(distribution, features));
  if (!isSignSymmetric(distribution)) {
    const cross = rowProducts(multiply(relus, moments.reluInputs), inputs);
    const squares = sum(expectedSquares(relus, moments.relus)) + sum(expectedSquares(inputs, moments.inputs));
    return { lossPerP: perP * (squares + 2 * sum(cross)), linear: null, even: null };
  }
  const linear = perP * sum(expectedSquares(combine(0.5, relus, 1, inputs), moments.inputs));
  const even = (perP / 4) * sum(expectedSquares(relus, moments.absolutes));
  return { lossPerP: linear + even, linear, even };
}

/** Σ_i x_i, in float64. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** A with its column j multiplied by scale_j. @param a [m, n] @param scale [n] */
export function scaleColumns(a: Matrix, scale: ArrayLike<number>): Matrix<Float64Array> {
  const scaled = transpose(transpose(a));
  const [, columns] = a.shape;
  for (let i = 0; i < scaled.data.length; i++) scaled.data[i]! *= scale[i % columns]!;
  return scaled;
}
