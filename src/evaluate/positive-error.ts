/**
 * How well each feature's own ReLU is answered: E[(ŷ_i − y_i)² | x_i > 0], feature by feature, and its spread.
 *
 * The number that tells a code from half a set of ReLUs (da Silva & Heimersheim, arXiv 2607.04800): the naive network
 * has 0 for half of its features and 1/3 for the rest, a spread of 1; a code has nearly the same for all.
 */
import { randomStream, uniforms } from "../numeric/random.ts";
import { coefficientOfVariation, mean, standardError } from "../numeric/statistics.ts";
import { errorOfRow, toFunctionModel } from "./function-model.ts";
import { isExactlyOne } from "./loss.ts";
import { activity, type InputDistribution, valueAt, valueMoments } from "./moments.ts";
import { isPlain, type Network, requireOwnOutputs, sizesOf } from "./network.ts";
import { responseHeatmap } from "./response-heatmap.ts";

/** Squared errors of the outputs whose feature is positive. */
export interface PositiveErrors {
  /** E[(ŷ_i − y_i)² | x_i > 0], [features] */
  readonly perFeature: Float64Array;
  /** Standard error of each, [features]; 0 when exact. The same inputs serve all features, so errors go together. */
  readonly stderr: Float64Array;
  /** Mean over features. */
  readonly mean: number;
  /** Standard deviation over mean, over features. */
  readonly variation: number;
  /** Inputs drawn; 0 when exact. */
  readonly samples: number;
}

/** Which inputs, and how many. */
export interface PositiveErrorOptions {
  /** Bernoulli, or exactly one active feature. */
  readonly distribution: InputDistribution;
  /** Inputs drawn, each used once a feature; 2000 unless told. */
  readonly samples?: number;
  /** Seed of the inputs; 0 unless told. */
  readonly seed?: number;
}

/**
 * The squared error of every output while its own feature is positive; exact for a plain network and exactly one active
 * feature. Networks of another kind are run once a feature for every input: seconds for 100 features.
 *
 * @throws on two or more features exactly, on labels of pairs, and on fewer than two samples.
 * @example positiveErrors(naive, { distribution: { kind: "exactly", k: 1, values: "symmetric" } }).mean // (n − h)/3n
 */
export function positiveErrors(network: Network, options: PositiveErrorOptions): PositiveErrors {
  const { features } = sizesOf(network);
  requireOwnOutputs("positiveErrors", network);
  const { distribution } = options;
  if (isExactlyOne(distribution) && isPlain(network)) {
    const perFeature = exactErrors(network, distribution);
    return summary(perFeature, new Float64Array(features), 0);
  }
  if (distribution.kind !== "bernoulli" && !isExactlyOne(distribution)) {
    const got = distribution.kind === "exactly" ? `exactly ${distribution.k}` : distribution.kind;
    throw new Error(
      `positiveErrors: need Bernoulli inputs or exactly one active, got ${got}. Use data.kind=bernoulli.`,
    );
  }
  return sampledErrors(network, options);
}

function summary(perFeature: Float64Array, stderr: Float64Array, samples: number): PositiveErrors {
  const variation = coefficientOfVariation(perFeature);
  return { perFeature, stderr, mean: mean(perFeature), variation, samples };
}

/** E v² ((ŷ_i − y_i) for x = e_i)². */
function exactErrors(network: Network, { values }: InputDistribution): Float64Array {
  const { positive, positiveLabels } = responseHeatmap(network);
  const { square } = valueMoments(values);
  const features = positive.shape[0];
  return Float64Array.from({ length: features }, (_, i) => {
    const at = i * (features + 1);
    return square * (positive.data[at]! - positiveLabels.data[at]!) ** 2;
  });
}

/**
 * Features are independent, so an input with x_i > 0 is any input with x_i replaced by a positive value: one draw
 * serves every feature, and W_in x of a plain network is found once.
 */
function sampledErrors(network: Network, { distribution, samples = 2000, seed = 0 }: PositiveErrorOptions) {
  if (!Number.isSafeInteger(samples) || samples < 2) {
    throw new Error(
      `positiveErrors: need a whole number of samples ≥ 2, got ${samples}. A standard error takes two.`,
    );
  }
  const { features } = sizesOf(network);
  const stream = randomStream(seed, "positive errors");
  const errorsAt = isPlain(network) ? plainErrors(network) : generalErrors(network);
  const squares = Array.from({ length: features }, () => new Float64Array(samples));
  for (let s = 0; s < samples; s++) {
    const { x, own } = drawInput(distribution, features, uniforms(stream, 2 * features + 1, s));
    const errors = errorsAt(x, own);
    for (let i = 0; i < features; i++) squares[i]![s] = errors[i]! * errors[i]!;
  }
  return summary(Float64Array.from(squares, mean), Float64Array.from(squares, standardError), samples);
}

/** An input, and the positive value that each feature takes in turn. @param u uniforms, [2 features + 1] */
function drawInput(distribution: InputDistribution, features: number, u: Float64Array) {
  const isAlone = isExactlyOne(distribution);
  const active = isAlone ? new Float64Array(features) : activity(distribution, features);
  const x = active.map((p, i) => (u[i]! < p ? valueAt(distribution.values, u[features + i]!) : 0));
  return { x, own: isUnit(distribution) ? 1 : u[2 * features]! };
}

/** Whether every active value is 1 in size. */
const isUnit = ({ values }: InputDistribution): boolean => values === "sign" || values === "binary";

/** ŷ_i − y_i with x_i replaced by `own`, for every feature i, [features]. */
type ErrorsWithOwn = (x: Float64Array, own: number) => Float64Array;

const generalErrors = (network: Network): ErrorsWithOwn => {
  const model = toFunctionModel(network);
  return (x, own) => x.map((_, i) => errorOfRow(model, x.with(i, own), i)[i]!);
};

const plainErrors =
  (network: Network): ErrorsWithOwn =>
  (x, own) =>
    errorsWithOwn(network, x, own);

function errorsWithOwn({ W_in, W_out, M }: Network, x: Float64Array, own: number): Float64Array {
  const [neurons, features] = W_in.shape;
  const hidden = new Float64Array(neurons);
  const mixed = new Float64Array(features);
  for (let j = 0; j < features; j++) {
    if (x[j] === 0) continue;
    for (let k = 0; k < neurons; k++) hidden[k]! += W_in.data[k * features + j]! * x[j]!;
    for (let i = 0; M !== null && i < features; i++) mixed[i]! += M.data[i * features + j]! * x[j]!;
  }
  return x.map((xi, i) => {
    const change = own - xi;
    let error = -own - mixed[i]! - change * (M?.data[i * (features + 1)] ?? 0);
    for (let k = 0; k < neurons; k++) {
      const z = hidden[k]! + change * W_in.data[k * features + i]!;
      if (z > 0) error += W_out.data[i * neurons + k]! * z;
    }
    return error;
  });
}
