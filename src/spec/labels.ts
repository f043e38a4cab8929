/**
 * What the network is asked for: y = c ⊙ f(x) + M x, with the mixing matrix M, [features, features].
 *
 * The two embeddings differ in sign: I − EᵀE makes the simplified model equal to the residual network of Braun
 * et al. 2025 (arXiv 2501.14926); EᵀE − I is what the code published with Bhagat et al. 2026 computes.
 */
import * as z from "zod";
import {
  anyNumber,
  group,
  kind,
  listOf,
  oneOf,
  positiveNumber,
  seed,
  variants,
  wholeNumber,
} from "./fields.ts";

const random = {
  std: positiveNumber("Standard deviation σ of the entries of M, without unit.").default(0.02),
  seed: seed("Seed of the random stream of M."),
};
const scale = oneOf(
  ["fixed", "learned"],
  "Whether the scale σ of M is trained, by the weights' optimiser: from std, or as a factor from 1 where M has no std.",
).default("fixed");
const diagonal = oneOf(["keep", "zero"], "Whether the diagonal of M is drawn too, or zero.").default("keep");
const width = wholeNumber(1, "Width of the embedding E, in dimensions; entries of M have std ≈ 1/√width.");
const embedding = { width: width.default(1000), seed: seed("Seed of the embedding's random stream."), scale };

const mixing = variants(
  "kind",
  [
    group({ kind: kind("none", "Clean labels: M = 0.") }),
    group({
      kind: kind("symmetric", "A normal matrix made symmetric."),
      ...random,
      scale,
      convention: oneOf(
        ["mirrored", "averaged"],
        "mirrored copies the upper triangle down; averaged is (A + Aᵀ)/√2, whose diagonal has variance 2σ².",
      ).default("mirrored"),
      diagonal,
    }),
    group({ kind: kind("asymmetric", "A normal matrix."), ...random, scale, diagonal }),
    group({
      kind: kind("embedding", "M = I − EᵀE for a random embedding E with unit columns."),
      ...embedding,
    }),
    group({
      kind: kind("embedding-published-sign", "M = EᵀE − I, the sign of the code of Bhagat et al. 2026."),
      ...embedding,
    }),
    group({
      kind: kind("low-rank", "M is proportional to Q Qᵀ, with Q, [features, rank], from a QR decomposition."),
      ...random,
      scale,
      rank: wholeNumber(1, "Rank of M, from 1 to features."),
    }),
    group({
      kind: kind("flat-spectrum", "Symmetric with all eigenvalues of one magnitude."),
      ...random,
      scale,
    }),
    group({ kind: kind("neuron-aligned", "Aligned with the axes of single features."), ...random, scale }),
    group({
      kind: kind("file", "A matrix of your own, [features, features], row-major."),
      path: z
        .string({ error: "must be the path of a .npy, .npz, .safetensors or .csv file" })
        .min(1)
        .describe("Path of a .npy, .npz, .safetensors or .csv file; its content enters the run's id."),
      scale,
    }),
  ],
  "The mixing matrix M.",
);

const coefficients = variants(
  "kind",
  [
    group({ kind: kind("none", "No coefficients: c = 1.") }),
    group({
      kind: kind("uniform", "Drawn uniformly, as Braun et al. 2025 do from 1 to 2."),
      low: anyNumber("The least that a coefficient may be.").default(1),
      high: anyNumber("The most that a coefficient may be.").default(2),
      seed: seed("Seed of the random stream of c."),
    }),
    group({
      kind: kind("list", "Coefficients given one by one."),
      values: listOf(anyNumber("Coefficient of one feature."), "numbers", "One number for each feature."),
    }),
  ],
  "Factors c of f(x), one a feature.",
);

/** Schema of `labels`. */
export const labelsSchema = group(
  {
    function: oneOf(
      ["relu", "x-plus-relu", "abs", "identity", "square", "and", "xor"],
      "The function f of the inputs that is asked for; x-plus-relu is c ⊙ relu(x) + x. and, xor: of every pair of features above 0, one output a pair.",
    ).default("relu"),
    coefficients: coefficients.prefault({ kind: "none" }),
    mixing: mixing.prefault({ kind: "none" }),
  },
  "The labels, y = c ⊙ f(x) + M x.",
);
