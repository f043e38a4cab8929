/**
 * What is minimised: the mean over samples and outputs of importance × w × |ŷ − y|^exponent, w being `onesWeight` where
 * y = 1 and else 1, and λ × the mean over samples of the sum of |a| over hidden neurons.
 */
import { group, kind, listOf, numberFrom, positiveNumber, variants } from "./fields.ts";

const importance = variants(
  "kind",
  [
    group({ kind: kind("uniform", "Every output counts the same.") }),
    group({
      kind: kind("geometric", "Output i, from 0, has importance ratio^i."),
      ratio: positiveNumber("Importance of an output relative to the one before it."),
    }),
    group({
      kind: kind("list", "Importances given one by one."),
      values: listOf(
        numberFrom(0, "Importance of one output."),
        "numbers ≥ 0",
        "One number for each output.",
      ),
    }),
  ],
  "How much each output's error counts. Outputs are the features, or the pairs where labels are asked of pairs.",
);

/** Schema of `loss`. */
export const lossSchema = group(
  {
    exponent: numberFrom(1, "The exponent q of |ŷ − y|^q.").default(2),
    importance: importance.prefault({ kind: "uniform" }),
    onesWeight: numberFrom(
      0,
      "Factor of the errors of outputs whose label is exactly 1, as one-hot labels have it.",
    ).default(1),
    l1: numberFrom(0, "Weight λ of the mean over samples of Σ |a|, a the hidden activations.").default(0),
  },
  "The loss that is minimised.",
);
