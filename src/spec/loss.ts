/** What is minimised: the mean over samples and outputs of importance × |ŷ − y|^exponent. */
import { group, kind, listOf, numberFrom, positiveNumber, variants } from "./fields.ts";

const importance = variants(
  "kind",
  [
    group({ kind: kind("uniform", "Every feature counts the same.") }),
    group({
      kind: kind("geometric", "Feature i, from 0, has importance ratio^i."),
      ratio: positiveNumber("Importance of a feature relative to the one before it."),
    }),
    group({
      kind: kind("list", "Importances given one by one."),
      values: listOf(
        numberFrom(0, "Importance of one feature."),
        "numbers ≥ 0",
        "One number for each feature.",
      ),
    }),
  ],
  "How much each feature's error counts.",
);

/** Schema of `loss`. */
export const lossSchema = group(
  {
    exponent: numberFrom(1, "The exponent q of |ŷ − y|^q.").default(2),
    importance: importance.prefault({ kind: "uniform" }),
  },
  "The loss that is minimised.",
);
