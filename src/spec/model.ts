/**
 * The network: y = U (σ₂(W_out σ₁(W_in E x + b_in) + b_out) + bypass).
 *
 * The defaults are the simplified compressed-computation model of Bhagat et al. 2026 (arXiv 2606.14673): one
 * hidden ReLU layer, no biases, no embedding, no bypass.
 */
import * as z from "zod";
import { group, kind, numberFrom, oneOf, positiveNumber, seed, variants, wholeNumber } from "./fields.ts";

const functions = ["identity", "relu", "gelu", "abs", "square"] as const;

const embedding = variants(
  "kind",
  [
    group({ kind: kind("none", "The network reads the features themselves.") }),
    group({
      kind: kind("random", "A fixed random embedding E, [width, features], with columns of unit norm."),
      width: wholeNumber(1, "Width of the embedding, in dimensions.").default(1000),
      unembedding: oneOf(["transpose", "pseudoinverse"], "How the outputs are read: Eᵀ or pinv E.").default(
        "transpose",
      ),
      seed: seed("Seed of the embedding's random stream."),
    }),
  ],
  "What stands between the features and the network.",
);

const bypass = variants(
  "kind",
  [
    group({ kind: kind("none", "The outputs come from the hidden layer alone.") }),
    group({ kind: kind("identity", "The input is added to the output.") }),
    group({
      kind: kind("noise", "(I + N) x is added to the output, N a fixed random matrix."),
      std: positiveNumber("Standard deviation of the entries of N, without unit.").default(0.02),
      scale: oneOf(
        ["fixed", "learned"],
        "Whether the scale s of N is trained, by the weights' optimiser, from std.",
      ).default("fixed"),
      seed: seed("Seed of the random stream of N."),
    }),
  ],
  "What is added to the output besides the hidden layer's.",
);

/** One number for both weight matrices, or one for each; always resolved to one for each. */
const perMatrix = (description: string) =>
  z
    .union(
      [
        positiveNumber("The same for both matrices."),
        group({ W_in: numberFrom(0, "For W_in."), W_out: numberFrom(0, "For W_out.") }),
      ],
      { error: "must be a number > 0, or a mapping with W_in, W_out" },
    )
    .transform((value) => (typeof value === "number" ? { W_in: value, W_out: value } : value))
    .describe(description);

const init = variants(
  "kind",
  [
    group({
      kind: kind(
        "kaiming-uniform",
        "W_in uniform in ±√(6/neurons), W_out in ±√(6/features), as Bhagat et al. 2026 publish it. Here and below, an embedding's width takes the place of features.",
      ),
    }),
    group({
      kind: kind("xavier-normal", "Both matrices normal with variance 2/(features + neurons)."),
    }),
    group({
      kind: kind("uniform", "Both matrices uniform in ±a."),
      a: perMatrix("Half width of the range: one number, or a mapping with W_in and W_out."),
    }),
    group({
      kind: kind("normal", "Both matrices normal with mean 0."),
      std: perMatrix("Standard deviation: one number, or a mapping with W_in and W_out."),
    }),
  ],
  "How the weights are drawn before the first step.",
);

/** Schema of `model`. */
export const modelSchema = group(
  {
    features: wholeNumber(1, "Number of features, n: the inputs and the outputs.").default(100),
    neurons: wholeNumber(1, "Number of hidden neurons, h.").default(50),
    activation: oneOf(functions, "Function of the hidden layer.").default("relu"),
    output: oneOf(functions, "Function of the output.").default("identity"),
    bias: oneOf(["none", "fixed", "learned"], "Biases of the hidden layer and of the output.").default(
      "none",
    ),
    tied: z
      .boolean({ error: "must be true or false" })
      .describe("Whether W_out is the transpose of W_in.")
      .default(false),
    embedding: embedding.prefault({ kind: "none" }),
    bypass: bypass.prefault({ kind: "none" }),
    init: init.prefault({ kind: "kaiming-uniform" }),
  },
  "The network.",
);
