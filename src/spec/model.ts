/**
 * The network: y = U (σ₂(W_out σ₁(W_in E x + b_in) + b_out) + bypass). With several layers each reads the stream, the input
 * and what the layers before it wrote, and all of them write to it.
 *
 * The defaults are the simplified compressed-computation model of Bhagat et al. 2026 (arXiv 2606.14673): one
 * hidden ReLU layer, no biases, no embedding, no bypass.
 */
import * as z from "zod";
import {
  anyNumber,
  group,
  kind,
  numberFrom,
  oneOf,
  positiveNumber,
  seed,
  variants,
  wholeNumber,
} from "./fields.ts";

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

const biasKind = (description: string) => oneOf(["none", "fixed", "learned"], description);

/** One word for both places, or one for each; always resolved to one for each. */
const bias = z
  .union(
    [
      biasKind("The same for both."),
      group({
        hidden: biasKind("b_in, of the hidden layers.").default("none"),
        output: biasKind("b_out, of the output.").default("none"),
      }),
    ],
    { error: "must be none, fixed or learned, or a mapping with hidden, output" },
  )
  .transform((value) => (typeof value === "string" ? { hidden: value, output: value } : value))
  .describe("Biases of the hidden layers and of the output: one word for both, or a mapping.")
  .default({ hidden: "none", output: "none" });

const biasStart = z
  .union(
    [
      anyNumber("The same for both."),
      group({
        hidden: anyNumber("Of every entry of b_in.").default(0),
        output: anyNumber("Of every entry of b_out.").default(0),
      }),
    ],
    { error: "must be a number, or a mapping with hidden, output" },
  )
  .transform((value) => (typeof value === "number" ? { hidden: value, output: value } : value))
  .describe("Biases before the first step, which fixed ones keep: one number for both, or a mapping.")
  .default({ hidden: 0, output: 0 });

const init = variants(
  "kind",
  [
    group({
      kind: kind(
        "kaiming-uniform",
        "W_in uniform in ±√(6/neurons), W_out in ±√(6/features), as Bhagat et al. 2026 publish it. Here and below, an embedding's width takes the place of features, and for W_out the pairs do where labels are asked of pairs.",
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
  "How the weights are drawn before the first step; a tied W_out is not drawn.",
);

/** Schema of `model`. */
export const modelSchema = group(
  {
    features: wholeNumber(1, "Number of features, n: the inputs and the outputs.").default(100),
    neurons: wholeNumber(1, "Number of hidden neurons, h; with several layers, of each.").default(50),
    layers: wholeNumber(1, "Number of hidden layers. All read and write one residual stream.").default(1),
    activation: oneOf(functions, "Function of the hidden layers.").default("relu"),
    output: oneOf(functions, "Function of the output, before a bypass is added.").default("identity"),
    bias,
    biasStart,
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
