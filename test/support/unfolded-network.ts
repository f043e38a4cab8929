/**
 * A network, its labels and its loss written out from their definition, in float64 and dense, one row at a time: the
 * oracle of every engine and of folding. It shares no code with either; the Gaussian distribution function is its own too.
 *
 *   r ← E x;  layer by layer  a = σ₁(W_in r + b_in), r ← r + W_out a;  u = σ₂(Σ W_out a + b_out);
 *   ŷ = U (u + [E x where the bypass is the identity]) + [(I + s N) x where it is noise];
 *   y = c ⊙ f(x) + (M + σ T) x [+ x for x-plus-relu]
 */
import type { Activation, LabelFunction, LabelName, LossShape } from "../../src/engine/shape.ts";

/** Rows of numbers. */
export type Table = readonly (readonly number[])[];

/** Everything about a network but its parameters. */
export interface UnfoldedNetwork {
  readonly features: number;
  readonly neurons: number;
  readonly layers: number;
  readonly activation: Activation;
  readonly output: Activation;
  readonly tied: boolean;
  /** E, [d, n] and U, [n, d]; null: both the identity */
  readonly embedding: { readonly E: Table; readonly U: Table } | null;
  /** N of a bypass with noise is [n, n], times the scale. */
  readonly bypass: "none" | "identity" | { readonly noise: Table; readonly scale: number | "learned" };
  readonly labels: LabelName | "x-plus-relu" | LabelFunction;
  /** c, [n] */
  readonly coefficients: readonly number[] | null;
  /** M, [n, n] */
  readonly mixing: Table | null;
  /** T, [n, n], times the scale that is a parameter */
  readonly scaled: Table | null;
  readonly loss: LossShape;
}

/** Numbers by tensor, row-major: W_in [h, d], W_out [d or m, h], b_in [h], b_out [d or m], scale [1]. */
export interface Parameters {
  readonly W_in: Float64Array;
  readonly W_out: Float64Array;
  readonly b_in: Float64Array;
  readonly b_out: Float64Array;
  readonly scale: Float64Array;
}

/** L of the rows. @param inputs x, each [n] */
export function lossOf(network: UnfoldedNetwork, parameters: Parameters, inputs: Table): number {
  const { importance, onesWeight, exponent, l1 } = network.loss;
  const losses = inputs.map((x) => {
    const { activations, output } = forwardOf(network, parameters, x);
    const labels = labelsOf(network, parameters, x);
    const terms = labels.map((y, i) => {
      const weight = (importance?.[i] ?? 1) * (y === 1 ? onesWeight : 1);
      return weight * Math.abs(output[i]! - y) ** exponent;
    });
    return total(terms) / labels.length + l1 * total(activations.map(Math.abs));
  });
  return total(losses) / inputs.length;
}

/** e = ŷ − y, [m] */
export function errorsOf(network: UnfoldedNetwork, parameters: Parameters, x: readonly number[]): number[] {
  const labels = labelsOf(network, parameters, x);
  return forwardOf(network, parameters, x).output.map((value, i) => value - labels[i]!);
}

/** ŷ [m], and the activations of all layers, [h]. */
export function forwardOf(network: UnfoldedNetwork, parameters: Parameters, x: readonly number[]) {
  const { embedding, bypass, neurons, layers } = network;
  const { b_in, b_out } = parameters;
  const W_in = tableOf(parameters.W_in, neurons);
  const W_out = network.tied ? transposed(W_in) : tableOf(parameters.W_out, b_out.length);
  const embedded = embedding === null ? x : times(embedding.E, x);
  let written: readonly number[] = W_out.map(() => 0);
  const activations: number[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const stream = layers === 1 ? embedded : plus(embedded, written);
    const own = Array.from({ length: neurons / layers }, (_, k) => (layer * neurons) / layers + k);
    const a = own.map((j) => activation(network.activation, dot(W_in[j]!, stream) + b_in[j]!));
    activations.push(...a);
    const added = W_out.map((row) => total(own.map((j, k) => row[j]! * a[k]!)));
    written = plus(written, added);
  }
  const u = plus(written, [...b_out]).map((value) => activation(network.output, value));
  const passed = bypass === "identity" ? plus(u, embedded) : u;
  const read = embedding === null ? passed : times(embedding.U, passed);
  if (typeof bypass === "string") return { activations, output: read };
  const scale = bypass.scale === "learned" ? parameters.scale[0]! : bypass.scale;
  const noise = times(bypass.noise, x).map((value) => scale * value);
  return { activations, output: plus(read, plus(x, noise)) };
}

function labelsOf(network: UnfoldedNetwork, { scale }: Parameters, x: readonly number[]): readonly number[] {
  const { coefficients, mixing, scaled } = network;
  let y: readonly number[] = functionOf(network.labels, x);
  if (coefficients !== null) y = y.map((value, i) => coefficients[i]! * value);
  if (network.labels === "x-plus-relu") y = plus(y, x);
  if (mixing !== null) y = plus(y, times(mixing, x));
  if (scaled !== null) {
    const along = times(scaled, x).map((value) => scale[0]! * value);
    y = plus(y, along);
  }
  return y;
}

function functionOf(labels: UnfoldedNetwork["labels"], x: readonly number[]): number[] {
  if (typeof labels === "function") return Array.from(labels(Float64Array.from(x)));
  const pairs = x.flatMap((first, i) => x.slice(i + 1).map((second) => [first > 0, second > 0] as const));
  switch (labels) {
    case "relu":
    case "x-plus-relu":
      return x.map((value) => Math.max(value, 0));
    case "abs":
      return x.map((value) => (value > 0 ? value : -value));
    case "identity":
      return [...x];
    case "square":
      return x.map((value) => value ** 2);
    case "and":
      return pairs.map(([first, second]) => Number(first && second));
    case "xor":
      return pairs.map(([first, second]) => Number(first !== second));
  }
}

function activation(name: Activation, z: number): number {
  switch (name) {
    case "identity":
      return z;
    case "relu":
      return Math.max(z, 0);
    case "gelu":
      return z * gaussian(z);
    case "abs":
      return z > 0 ? z : -z;
    case "square":
      return z ** 2;
  }
}

/**
 * Φ(z): below 3 by the alternating series of the error function, whose largest term is e^(z²/2) times the sum, so 1e-14
 * is lost; beyond by Laplace's continued fraction, whose hundredth level is exact in float64.
 */
export function gaussian(z: number): number {
  if (Math.abs(z) < 3) {
    let power = z;
    let sum = 0;
    for (let k = 0; k < 60; k++) {
      sum += power / (2 * k + 1);
      power *= -(z * z) / (2 * (k + 1));
    }
    return 0.5 + sum / Math.sqrt(2 * Math.PI);
  }
  const size = Math.abs(z);
  let fraction = size;
  for (let level = 100; level > 0; level--) fraction = size + level / fraction;
  const tail = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI) / fraction;
  return z > 0 ? 1 - tail : tail;
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const dot = (u: readonly number[], v: readonly number[]): number => total(u.map((value, i) => value * v[i]!));

const plus = (u: readonly number[], v: readonly number[]): number[] => u.map((value, i) => value + v[i]!);

const times = (table: Table, x: readonly number[]): number[] => table.map((row) => dot(row, x));

const transposed = (table: Table): Table => table[0]!.map((_, j) => table.map((row) => row[j]!));

/** Row-major numbers as a table. */
export function tableOf(data: ArrayLike<number>, rows: number): Table {
  const columns = data.length / rows;
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => data[i * columns + j]!),
  );
}
