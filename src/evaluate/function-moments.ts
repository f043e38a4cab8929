/**
 * Moments of f(x) for the functions f of labels that work on one feature at a time, in closed form: with v an active
 * value, E[f(x_i) g(x_j)] is E f(v) g(v) for i = j and E f(v) E g(v) otherwise, times the chance of the activity.
 * f(0) = 0 for all of them, so features that are not active add nothing.
 */
import type { ValueKind } from "../engine/engine.ts";
import type { LabelName } from "../engine/shape.ts";
import type { Moment } from "./moment.ts";
import { activity, type InputDistribution, momentOf, valueMoments } from "./moments.ts";

/** Functions of one feature each. */
export type ElementwiseLabels = Exclude<LabelName, "and" | "xor">;

/** Moments of f(v) for an active value v. */
interface FunctionOfValue {
  /** E f(v) */
  readonly mean: number;
  /** E f(v)² */
  readonly square: number;
  /** E f(v) v */
  readonly timesValue: number;
}

function functionOfValue(f: ElementwiseLabels, values: ValueKind): FunctionOfValue {
  const v = valueMoments(values);
  // Values that are no smaller than 0 have |v| = v; for the others odd moments vanish.
  const isSymmetric = v.mean === 0;
  const isOne = values === "sign" || values === "binary";
  switch (f) {
    case "relu":
      return { mean: v.reluMean, square: v.reluSquare, timesValue: v.reluSquare };
    case "identity":
      return { mean: v.mean, square: v.square, timesValue: v.square };
    case "abs":
      return { mean: v.absoluteMean, square: v.square, timesValue: isSymmetric ? 0 : v.square };
    case "square":
      // E v⁴ = 1/5 and E v³ = 1/4 for values uniform in [0, 1].
      return { mean: v.square, square: isOne ? 1 : 1 / 5, timesValue: isSymmetric ? 0 : isOne ? 1 : 1 / 4 };
  }
}

/** Moments of f(x) for inputs of a distribution. */
export interface FunctionMoments {
  /** E f(x), [features] */
  readonly mean: Float64Array;
  /** E[f(x) f(x)ᵀ] */
  readonly squares: Moment;
  /** E[f(x) xᵀ], symmetric */
  readonly timesInputs: Moment;
}

/** The moments of f(x). @throws on groups of features */
export function functionMoments(
  f: ElementwiseLabels,
  distribution: InputDistribution,
  features: number,
): FunctionMoments {
  const { mean, square, timesValue } = functionOfValue(f, distribution.values);
  const inputs = valueMoments(distribution.values).mean;
  const moment = momentOf(distribution, features);
  return {
    mean: activity(distribution, features).map((p) => p * mean),
    squares: moment(square, mean * mean),
    timesInputs: moment(timesValue, mean * inputs),
  };
}
