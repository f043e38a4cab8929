/**
 * A spec's network, labels and loss as engines take them. What is plain is left out, so that the plain network keeps to the
 * kernels and formulas made for it.
 */
import { labelCoefficients } from "../data/coefficients.ts";
import {
  type Architecture,
  type LabelName,
  type LossShape,
  plainArchitecture,
  squaredError,
} from "../engine/shape.ts";
import { canonicalJson } from "../spec/identity.ts";
import type { Spec } from "../spec/schema.ts";
import { outputCount } from "../spec/sizes.ts";

/** What stands between inputs and outputs; nothing for one hidden ReLU layer without biases. */
export function architecturePart(model: Spec["model"]): { readonly architecture?: Architecture } {
  const { activation, output, bias, tied, layers } = model;
  const architecture = { activation, output, bias, tied, layers };
  return canonicalJson(architecture) === canonicalJson(plainArchitecture) ? {} : { architecture };
}

/**
 * f and c of the labels y = c ⊙ f(x) + M x; nothing for relu(x) + M x. Of x + relu(x) the x is in M: see `effectiveMixing`.
 */
export function labelParts({ labels, model }: Pick<Spec, "labels" | "model">): {
  readonly labels?: LabelName;
  readonly coefficients?: Float64Array;
} {
  const f = labels.function === "x-plus-relu" ? "relu" : labels.function;
  const coefficients = labelCoefficients(labels, model.features);
  return { ...(f === "relu" ? {} : { labels: f }), ...(coefficients === null ? {} : { coefficients }) };
}

/** What is minimised; nothing for the mean squared error. */
export function lossPart(spec: Spec): { readonly loss?: LossShape } {
  const { exponent, onesWeight, l1 } = spec.loss;
  const loss: LossShape = { exponent, importance: importanceOf(spec), onesWeight, l1 };
  return canonicalJson(loss) === canonicalJson(squaredError) ? {} : { loss };
}

/** I, [outputs]; null where all are 1. Powers by repeated multiplication, so of the same bits on every host. */
function importanceOf(spec: Spec): Float64Array | null {
  const { importance } = spec.loss;
  switch (importance.kind) {
    case "uniform":
      return null;
    case "list":
      return Float64Array.from(importance.values);
    case "geometric": {
      const values = new Float64Array(outputCount(spec)).fill(1);
      for (let i = 1; i < values.length; i++) values[i] = values[i - 1]! * importance.ratio;
      return values;
    }
  }
}
