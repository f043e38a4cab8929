/** What a trained model is evaluated on. Not part of a run's id: the weights do not depend on it. */
import { group, listOf, probability, wholeNumber } from "./fields.ts";

/** Schema of `evaluate`. */
export const evaluateSchema = group(
  {
    p: listOf(
      probability("One activity."),
      "numbers > 0 and ≤ 1",
      "Probabilities of activity to evaluate at, independently of data.p.",
    ).default([0.001, 0.01, 0.1, 1]),
    samples: wholeNumber(2, "Samples drawn for each evaluated loss.").default(1_000_000),
  },
  "What a trained model is evaluated on.",
);
