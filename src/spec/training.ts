/**
 * How the weights are trained. The defaults are the recipe of Bhagat et al. 2026 (arXiv 2606.14673): AdamW with
 * learning rate 0.003 and weight decay 0.01, cosine to zero, 10,000 steps of 2,048 samples.
 *
 * `optimizer` works as the `kind` of this group: fields that only one optimiser has go when another is chosen.
 */
import * as z from "zod";
import { group, kind, numberFrom, oneOf, positiveNumber, variants, wholeNumber } from "./fields.ts";

/** Batches are drawn from counter-based streams that count steps with 32 bits. */
export const largestStep = 2 ** 32 - 1;

const change = group(
  {
    step: wholeNumber(1, "The first step that sees the change.", largestStep),
    set: z
      .record(z.string(), z.unknown(), { error: "must be a mapping of fields to values" })
      .describe("Fields and their new values."),
  },
  "One change.",
);

const shared = {
  steps: wholeNumber(1, "Number of optimiser steps.", largestStep).default(10_000),
  batch: wholeNumber(1, "Samples in a step.", largestStep).default(2048),
  learningRate: positiveNumber("Step size at the start of the schedule.").default(0.003),
  warmup: wholeNumber(
    0,
    "Steps over which the learning rate rises: at step t it is min(1, (t + 1)/warmup) of the schedule's.",
    largestStep,
  ).default(0),
  schedule: oneOf(
    ["constant", "linear", "cosine", "cosine-quarter"],
    "Learning rate over step t of T: constant; linear to zero; cosine, ½(1 + cos(π t/T)); cosine-quarter, cos(½π t/(T − 1)).",
  ).default("cosine"),
  count: oneOf(
    ["steps", "nonEmptySamples"],
    "What steps counts: steps, or steps ÷ (chance that a sample is not empty), so that every p sees as many non-empty samples.",
  ).default("steps"),
  from: z
    .string({ error: "must be the id of a run, 16 hexadecimal digits" })
    .regex(/^[0-9a-f]{16}$/)
    .describe("Id of the run whose final weights are the start, 16 hexadecimal digits.")
    .optional(),
  changes: z
    .array(change, { error: "must be a list of changes, each with step, set" })
    .describe("Fields that change during training.")
    .default([]),
};

/** Schema of `training`. */
export const trainingSchema = variants(
  "optimizer",
  [
    group({
      optimizer: kind("adamw", "Adam with decoupled weight decay; β₁ .9, β₂ .999, ε 1e-8."),
      weightDecay: numberFrom(0, "Weight decay, per unit of learning rate and step.").default(0.01),
      ...shared,
    }),
    group({
      optimizer: kind("adam", "Adam; β₁ .9, β₂ .999, ε 1e-8."),
      weightDecay: z
        .literal(0, { error: "must be 0 for adam (adamw has weight decay)" })
        .describe("Always 0: Adam has no weight decay.")
        .default(0),
      ...shared,
    }),
    group({
      optimizer: kind("sgd", "Gradient descent with momentum μ: v ← μ v + g, w ← w − lr v."),
      momentum: z
        .number({ error: "must be a number ≥ 0 and < 1" })
        .min(0)
        .lt(1)
        .describe("μ, the share of the last step that is kept.")
        .default(0),
      weightDecay: numberFrom(0, "Weight decay, per unit of learning rate and step.").default(0),
      ...shared,
    }),
  ],
  "How the weights are trained.",
);
