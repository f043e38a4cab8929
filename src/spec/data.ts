/** The distribution of the inputs: which features are active together, and with which values. */
import * as z from "zod";
import { group, kind, listOf, oneOf, probability, variants, wholeNumber } from "./fields.ts";

const values = oneOf(
  ["symmetric", "positive", "sign", "binary"],
  "Values of active features: symmetric is uniform in [−1, 1], positive uniform in [0, 1], sign −1 or 1, binary always 1.",
).default("symmetric");

const oneProbability = probability("One probability for all features.");

const p = z
  .union([oneProbability, listOf(oneProbability, "probabilities", "One probability for each feature.")], {
    error: "must be a number > 0 and ≤ 1, or a list of such numbers, one for each feature",
  })
  .describe("Probability that a feature is active: one number, or a list with one for each feature.")
  .default(0.01);

const ofGroups = "Probability that a group is active, and that a feature in no group is.";
const ofFeatures = "Probability that a feature is active, its group's others aside.";

const groups = listOf(
  listOf(wholeNumber(0, "Index of a feature, from 0."), "feature indexes", "One group."),
  "groups",
  "The groups, each a list of feature indexes counted from 0. Features in no group are on their own.",
);
const grouped = (p: string) => ({ groups, p: probability(p).default(0.01), values });

/** Schema of `data`. */
export const dataSchema = variants(
  "kind",
  [
    group({
      kind: kind("bernoulli", "Every feature is active with probability p, independently of the others."),
      p,
      values,
    }),
    group({
      kind: kind("exactly", "Exactly k features are active in every sample."),
      k: wholeNumber(1, "Number of active features.").default(1),
      values,
    }),
    group({ kind: kind("correlated", "The features of a group are active together."), ...grouped(ofGroups) }),
    group({
      kind: kind("anticorrelated", "With probability p exactly one feature of a group is active."),
      ...grouped(ofGroups),
    }),
    group({
      kind: kind("synced", "A feature that is active makes its whole group active."),
      ...grouped(ofFeatures),
    }),
  ],
  "The distribution of the inputs.",
);
