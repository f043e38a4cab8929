/**
 * Inputs that are drawn once, and the loss mean |ŷ − y|^q of networks at them: what comparisons and fits need, where the
 * same inputs must serve again and again. With exactly one active feature 2n inputs give the exact loss (power-loss.ts).
 *
 * Limit: inputs are dense, [features, inputs]; for the loss of one network, `evaluateLoss` draws far more.
 */
import { combine, identity, type Matrix, matrix, multiply } from "../numeric/matrix.ts";
import { absolutePower } from "../numeric/power.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { mean, standardError } from "../numeric/statistics.ts";
import { isExactlyOne } from "./loss.ts";
import { activity, density, type InputDistribution, isSignSymmetric, valueAt } from "./moments.ts";
import { type Network, requirePlain, sizesOf } from "./network.ts";
import { powerMoments } from "./power-loss.ts";
import { rectified } from "./response-heatmap.ts";

/** Inputs for a loss of one exponent. */
export interface FixedInputs {
  /** q */
  readonly exponent: number;
  /** An input a column, [features, inputs] */
  readonly X: Matrix<Float64Array>;
  /** The mean over inputs and outputs times this is the loss per p. */
  readonly perP: number;
  /** Whether these inputs give the exact loss. */
  readonly exact: boolean;
}

/** Which inputs, and how many. */
export interface FixedInputOptions {
  /** q > 0; 4 unless told */
  readonly exponent?: number;
  /** Bernoulli, or exactly one active feature; Bernoulli(.02), symmetric, unless told. */
  readonly distribution?: InputDistribution;
  /** Inputs drawn; 4096 unless told. Not used for exactly one active feature. */
  readonly inputs?: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/** A network's loss at fixed inputs. */
export interface FixedLoss {
  readonly lossPerP: number;
  /** Standard error of `lossPerP`; 0 when exact. */
  readonly stderr: number;
  /** The loss per p of every input, whose mean is `lossPerP`, [inputs] */
  readonly perInput: Float64Array;
}

/**
 * Draws inputs.
 *
 * @throws on exactly two or more features, on fewer than two inputs, and on an exponent that is not above 0.
 */
export function fixedInputs(features: number, options: FixedInputOptions = {}): FixedInputs {
  const { exponent = 4, inputs = 4096, seed = 0 } = options;
  const { distribution = { kind: "bernoulli", p: 0.02, values: "symmetric" } } = options;
  const { positive, negative } = powerMoments(exponent, distribution.values);
  if (isExactlyOne(distribution)) {
    const X = isSignSymmetric(distribution) ? signedUnits(features) : identity(features);
    return { exponent, X, perP: features * (positive + negative), exact: true };
  }
  if (distribution.kind !== "bernoulli") {
    const got = distribution.kind === "exactly" ? `exactly ${distribution.k}` : distribution.kind;
    throw new Error(
      `fixedInputs: need Bernoulli inputs or exactly one active, got ${got}. Use data.kind=bernoulli.`,
    );
  }
  if (!Number.isSafeInteger(inputs) || inputs < 2) {
    throw new Error(`fixedInputs: need a whole number of inputs ≥ 2, got ${inputs}. Try 4096.`);
  }
  const X = drawn(features, distribution, inputs, seed);
  return { exponent, X, perP: 1 / density(distribution, features), exact: false };
}

/** +e_i and −e_i for every i, [features, 2 features]. */
function signedUnits(features: number): Matrix<Float64Array> {
  const X = matrix(features, 2 * features);
  for (let i = 0; i < features; i++) {
    X.data[2 * features * i + i] = 1;
    X.data[2 * features * i + features + i] = -1;
  }
  return X;
}

function drawn(
  features: number,
  distribution: InputDistribution,
  inputs: number,
  seed: number,
): Matrix<Float64Array> {
  const stream = randomStream(seed, "fixed inputs");
  const X = matrix(features, inputs);
  activity(distribution, features).forEach((p, i) => {
    // Feature i has step i: whether it is active, then its values.
    const u = uniforms(stream, 2 * inputs, i);
    for (let s = 0; s < inputs; s++) {
      if (u[s]! < p) X.data[i * inputs + s] = valueAt(distribution.values, u[inputs + s]!);
    }
  });
  return X;
}

/** The loss of a network at inputs. @throws when they have another number of features, or labels are not relu(x) + M x. */
export function lossAtInputs(network: Network, { X, exponent, perP, exact }: FixedInputs): FixedLoss {
  requirePlain("lossAtInputs", network);
  const { features } = sizesOf(network);
  const errors = combine(
    1,
    multiply(network.W_out, rectified(multiply(network.W_in, X), 1)),
    -1,
    labelsOf(network.M, X),
  );
  const inputs = X.shape[1];
  const power = absolutePower(exponent);
  const perInput = new Float64Array(inputs);
  errors.data.forEach((e, at) => {
    perInput[at % inputs]! += (perP / features) * power(e);
  });
  return { lossPerP: mean(perInput), stderr: exact ? 0 : standardError(perInput), perInput };
}

/** relu(x) + M x for every column x. */
function labelsOf(M: Matrix | null, X: Matrix): Matrix<Float64Array> {
  const relus = rectified(X, 1);
  return M === null ? relus : combine(1, relus, 1, multiply(M, X));
}
