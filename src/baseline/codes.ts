/**
 * Codes to build networks on: which neurons each feature drives, 1 or 0, [neurons, features].
 *
 * Biregular codes, in which features have equally many neurons and neurons equally many features, are what training with
 * a fourth-power loss comes near (da Silva & Heimersheim, arXiv 2607.04800); codes drawn at random are their control.
 */
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { shuffleEdges } from "./edge-swaps.ts";

/** The sizes of a code. */
export interface CodeSizes {
  readonly features: number;
  readonly neurons: number;
  /** K, neurons in every feature's codeword */
  readonly size: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/** Swaps tried for each edge until a code counts as random; overlaps look random after three. */
const shuffles = 30;

/**
 * A random code in which every feature has `size` neurons and every neuron as many features as the others, or one more.
 *
 * @returns [neurons, features]
 * @throws when the sizes are not whole numbers with 1 ≤ size ≤ neurons.
 */
export function biregularCode({ features, neurons, size, seed = 0 }: CodeSizes): Matrix<Float64Array> {
  checkSizes("biregularCode", { features, neurons, size });
  const code = matrix(neurons, features);
  // Consecutive blocks, round and round, are biregular; swapping edges keeps them so.
  for (let edge = 0; edge < features * size; edge++) {
    code.data[(edge % neurons) * features + Math.floor(edge / size)] = 1;
  }
  return shuffleEdges(code, shuffles, seed);
}

/**
 * A code in which every feature has `size` neurons, drawn without regard to the others.
 *
 * @returns [neurons, features]
 * @throws when the sizes are not whole numbers with 1 ≤ size ≤ neurons.
 */
export function randomCode({ features, neurons, size, seed = 0 }: CodeSizes): Matrix<Float64Array> {
  checkSizes("randomCode", { features, neurons, size });
  const code = matrix(neurons, features);
  const stream = randomStream(seed, "random code");
  for (let i = 0; i < features; i++) {
    const keys = uniforms(stream, neurons, i);
    const order = Array.from(keys.keys()).sort((k, l) => keys[k]! - keys[l]!);
    for (const k of order.slice(0, size)) code.data[k * features + i] = 1;
  }
  return code;
}

function checkSizes(where: string, { features, neurons, size }: CodeSizes): void {
  const whole = [features, neurons, size].every((value) => Number.isSafeInteger(value) && value >= 1);
  if (whole && size <= neurons) return;
  throw new Error(
    `${where}: need whole numbers with 1 ≤ size ≤ neurons, got ${features} features, ${neurons} neurons, size ${size}. Try size 5.`,
  );
}
