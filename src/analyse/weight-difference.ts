/**
 * Two networks' weights side by side: tensor by tensor, and with the neurons matched.
 *
 * A bias-free ReLU layer computes the same after a permutation of its neurons, and after W_in[k] is multiplied and
 * W_out[:, k] divided by one c > 0. So neurons are scaled until both their vectors are of one length, and then paired
 * so that the sum of their cosines is largest. Limit: a neuron that two others split between them is not seen as such.
 */
import { assign } from "../numeric/assignment.ts";
import { type Matrix, matrix, multiply, squaredNorm, transpose } from "../numeric/matrix.ts";

/** How far apart two lists of numbers of one length are. */
export interface Difference {
  /** max |aᵢ − bᵢ| */
  readonly largest: number;
  /** ‖a − b‖ / ‖a‖ (Frobenius); null when a is zero and b is not */
  readonly relative: number | null;
  /** ⟨a, b⟩ / ‖a‖ ‖b‖; null when either is zero */
  readonly cosine: number | null;
}

/** Two layers after their neurons were paired. */
export interface NeuronMatch {
  /** The neuron of the second net that each one of the first goes with, [neurons]; -1 when it has fewer. */
  readonly partners: Int32Array;
  /** Mean over the pairs of the cosine between the joined vectors [W_in row; W_out column], of one length each. */
  readonly meanCosine: number;
  readonly leastCosine: number;
  /** ‖a − b‖ / ‖a‖ of all balanced weights, paired; neurons without a partner against zero. Null when a is zero. */
  readonly relative: number | null;
}

/** Compares two lists of numbers of one length. Accumulates in float64. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): Difference {
  let [largest, distance, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    largest = Math.max(largest, Math.abs(x - y));
    distance += (x - y) * (x - y);
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return {
    largest,
    relative: relativeTo(aa, distance),
    cosine: aa === 0 || bb === 0 ? null : ab / Math.sqrt(aa * bb),
  };
}

/** A hidden layer: W_in [neurons, features], W_out [features, neurons]. */
interface Layer {
  readonly W_in: Matrix;
  readonly W_out: Matrix;
}

/** Pairs the neurons of two layers of as many features. Costs neurons² (features + neurons). */
export function matchNeurons(a: Layer, b: Layer): NeuronMatch {
  if (a.W_in.shape[0] > b.W_in.shape[0]) return turned(matchNeurons(b, a), a, b);
  const [balancedA, balancedB] = [balanced(a), balanced(b)];
  const cosines = multiply(unitRows(balancedA), transpose(unitRows(balancedB)));
  const partners = assign(cosines);
  const matched = Float64Array.from(partners, (partner, k) => cosines.data[k * cosines.shape[1] + partner]!);
  return {
    partners,
    meanCosine: matched.reduce((total, cosine) => total + cosine, 0) / matched.length,
    leastCosine: matched.reduce((least, cosine) => Math.min(least, cosine), 1),
    relative: relativeTo(squaredNorm(balancedA), pairedDistance(balancedA, balancedB, partners)),
  };
}

/** The match of b with a as that of a with b. */
function turned(
  { partners, meanCosine, leastCosine, relative }: NeuronMatch,
  a: Layer,
  b: Layer,
): NeuronMatch {
  const inverse = new Int32Array(a.W_in.shape[0]).fill(-1);
  partners.forEach((partner, k) => {
    inverse[partner] = k;
  });
  const [aa, bb] = [squaredNorm(balanced(a)), squaredNorm(balanced(b))];
  const distance = relative === null ? aa : relative * relative * bb;
  return { partners: inverse, meanCosine, leastCosine, relative: relativeTo(aa, distance) };
}

const relativeTo = (norm: number, distance: number): number | null =>
  norm === 0 ? (distance === 0 ? 0 : null) : Math.sqrt(distance / norm);

/** Neurons as rows [W_in row, W_out column], both halves of one length: their lengths' geometric mean. */
function balanced({ W_in, W_out }: Layer): Matrix<Float64Array> {
  const [neurons, features] = W_in.shape;
  const result = matrix(neurons, 2 * features);
  const columns = transpose(W_out);
  for (let k = 0; k < neurons; k++) {
    const halves = [W_in, columns].map(({ data }) => data.subarray(k * features, (k + 1) * features));
    const [incoming, outgoing] = halves.map(length) as [number, number];
    // A neuron that reads nothing, or that nobody reads, computes nothing.
    const scale = incoming === 0 || outgoing === 0 ? 0 : Math.sqrt(outgoing / incoming);
    for (let j = 0; j < features; j++) {
      result.data[k * 2 * features + j] = scale * halves[0]![j]!;
      result.data[k * 2 * features + features + j] = scale === 0 ? 0 : halves[1]![j]! / scale;
    }
  }
  return result;
}

function unitRows(rows: Matrix): Matrix<Float64Array> {
  const [count, width] = rows.shape;
  const result = matrix(count, width, rows.data);
  for (let k = 0; k < count; k++) {
    const row = result.data.subarray(k * width, (k + 1) * width);
    const norm = length(row);
    if (norm > 0) for (let j = 0; j < width; j++) row[j]! /= norm;
  }
  return result;
}

const length = (values: Float32Array | Float64Array): number => {
  let total = 0;
  for (const value of values) total += value * value;
  return Math.sqrt(total);
};

/** ‖a − b‖² over pairs, and ‖b‖² over the neurons of b that have no partner. */
function pairedDistance(a: Matrix, b: Matrix, partners: Int32Array): number {
  const width = a.shape[1];
  let total = squaredNorm(b);
  partners.forEach((partner, k) => {
    for (let j = 0; j < width; j++) {
      const [x, y] = [a.data[k * width + j]!, b.data[partner * width + j]!];
      total += (x - y) * (x - y) - y * y;
    }
  });
  return Math.max(0, total);
}
