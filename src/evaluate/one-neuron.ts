/**
 * The smallest noisy residual stream: two features of −1, 0 or 1, one ReLU neuron, everything small enough for paper.
 *
 *   residual = (I + N) x,  MLP = W_out relu(W_in · x),  prediction = residual + MLP,  target = x + relu(x)
 *
 * The error N x + MLP − relu(x) is that of the MLP alone on labels relu(x) + M x with M = −N. It is the sum of an odd part,
 * ½ [W_out W_in − (I + 2M)] x, and an even one, ½ [W_out |W_in · x| − |x|]: docs/theory/one-neuron.md.
 */

/** Two numbers, one a feature. */
export type Two = readonly [number, number];

/** A noisy residual stream of two features with one neuron. */
export interface OneNeuron {
  /** N, two rows */
  readonly noise: readonly [Two, Two];
  readonly W_in: Two;
  readonly W_out: Two;
}

/** Everything about one input. */
export interface OneNeuronRow {
  readonly x: Two;
  /** (I + N) x */
  readonly residual: Two;
  /** W_out relu(W_in · x) */
  readonly mlp: Two;
  readonly prediction: Two;
  /** x + relu(x) */
  readonly target: Two;
  /** prediction − target = odd + even */
  readonly error: Two;
  /** The odd part of the error: changes its sign with x. */
  readonly odd: Two;
  /** The even part: the same for x and −x. */
  readonly even: Two;
  /** ½ ‖error‖², the mean over the two outputs. */
  readonly loss: number;
}

/** How the rows are drawn: one feature active, or each with probability p; active values are −1 or 1. */
export type OneNeuronInputs =
  | { readonly kind: "exactly"; readonly k: 1 }
  | { readonly kind: "bernoulli"; readonly p: number };

/** Mean losses over rows, divided by the probability that a feature is active. */
export interface OneNeuronLoss {
  readonly lossPerP: number;
  readonly linear: number;
  readonly even: number;
}

/** Every input, (−1, −1), (−1, 0), … (1, 1). */
export const oneNeuronInputs: readonly Two[] = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b): Two => [a, b]));

/**
 * The nine rows of a noisy residual stream.
 * @throws on numbers that are not finite.
 * @example oneNeuronTable({ noise: [[0, 0], [0, 0]], W_in: [1, 0], W_out: [1, 0] })[8].prediction // [2, 1]
 */
export function oneNeuronTable({ noise, W_in, W_out }: OneNeuron): readonly OneNeuronRow[] {
  if (![...noise.flat(), ...W_in, ...W_out].every(Number.isFinite)) {
    throw new Error(
      `oneNeuronTable: need finite numbers, got noise ${JSON.stringify(noise)}, W_in ${JSON.stringify(W_in)}, W_out ${JSON.stringify(W_out)}. Check them.`,
    );
  }
  return oneNeuronInputs.map((x) => {
    const z = W_in[0] * x[0] + W_in[1] * x[1];
    const noisy = both((i) => noise[i]![0] * x[0] + noise[i]![1] * x[1]);
    const residual = both((i) => x[i]! + noisy[i]!);
    const mlp = both((i) => W_out[i]! * relu(z));
    const prediction = both((i) => residual[i]! + mlp[i]!);
    const target = both((i) => x[i]! + relu(x[i]!));
    const error = both((i) => prediction[i]! - target[i]!);
    const odd = both((i) => (W_out[i]! * z - x[i]!) / 2 + noisy[i]!);
    const even = both((i) => (W_out[i]! * Math.abs(z) - Math.abs(x[i]!)) / 2);
    return { x, residual, mlp, prediction, target, error, odd, even, loss: meanSquare(error) };
  });
}

/** The mean losses of nine rows; the parts add up to the loss. @throws unless 0 < p ≤ 1. */
export function oneNeuronLoss(rows: readonly OneNeuronRow[], inputs: OneNeuronInputs): OneNeuronLoss {
  const p = inputs.kind === "exactly" ? 0.5 : inputs.p;
  const over = (of: (row: OneNeuronRow) => number) =>
    rows.reduce((sum, row) => sum + rowChance(row.x, inputs) * of(row), 0) / p;
  return {
    lossPerP: over(({ loss }) => loss),
    linear: over(({ odd }) => meanSquare(odd)),
    even: over(({ even }) => meanSquare(even)),
  };
}

/** The probability of a row. @throws unless 0 < p ≤ 1. */
export function rowChance(x: Two, inputs: OneNeuronInputs): number {
  const active = Math.abs(x[0]) + Math.abs(x[1]);
  if (inputs.kind === "exactly") return active === 1 ? 0.25 : 0;
  const { p } = inputs;
  if (!(p > 0 && p <= 1)) {
    throw new Error(
      `oneNeuronLoss: need a probability above 0, at most 1, got ${p}. All nine rows alike are p = 2/3.`,
    );
  }
  return [1 - p, p / 2][Math.abs(x[0])]! * [1 - p, p / 2][Math.abs(x[1])]!;
}

const relu = (z: number): number => Math.max(0, z);
const both = (of: (i: 0 | 1) => number): Two => [of(0), of(1)];
const meanSquare = ([a, b]: Two): number => (a * a + b * b) / 2;
