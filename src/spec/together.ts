/** Which fields of a spec cannot go together, each with a sentence that says why. */
import type { Check, Finding } from "./finding.ts";
import type { Spec } from "./schema.ts";
import { asksForPairs } from "./sizes.ts";

interface Part {
  readonly path: string;
  readonly value: (spec: Spec) => unknown;
  readonly plain: unknown;
}

const mixing: Part = { path: "labels.mixing.kind", value: ({ labels }) => labels.mixing.kind, plain: "none" };
const bypass: Part = { path: "model.bypass.kind", value: ({ model }) => model.bypass.kind, plain: "none" };

/** What has one row or column a feature, where labels of pairs have one a pair. */
const partsOfFeatures: readonly Part[] = [
  mixing,
  bypass,
  {
    path: "labels.coefficients.kind",
    value: ({ labels }) => labels.coefficients.kind,
    plain: "none",
  },
  { path: "model.embedding.kind", value: ({ model }) => model.embedding.kind, plain: "none" },
  { path: "model.tied", value: ({ model }) => model.tied, plain: false },
  { path: "model.layers", value: ({ model }) => model.layers, plain: 1 },
];

/** What adds to the function of the labels, so that none of them is 1 but by chance. */
const partsOfSums: readonly Part[] = [
  mixing,
  bypass,
  {
    path: "labels.function",
    value: ({ labels }) => (labels.function === "x-plus-relu" ? "x-plus-relu" : "relu"),
    plain: "relu",
  },
];

/** Where a part must be plain: the field it stands in the way of, and why. */
function mustBePlain(
  parts: readonly Part[],
  reads: string,
  isAsked: (spec: Spec) => boolean,
  why: (spec: Spec) => string,
): readonly Check[] {
  return parts.map(({ path, value, plain }) => ({
    reads: [path, reads],
    find: (spec) =>
      !isAsked(spec) || value(spec) === plain
        ? null
        : {
            path,
            message: `must be ${plain} with ${why(spec)}, got ${value(spec)}. Set it to ${plain}, or change ${reads}.`,
          },
  }));
}

/** A bias has no start where there is no bias. */
function biasStart(place: "hidden" | "output"): Check {
  return {
    reads: ["model.bias", "model.biasStart"],
    find: ({ model: { bias, biasStart: start } }): Finding | null =>
      bias[place] !== "none" || start[place] === 0
        ? null
        : {
            path: `model.biasStart.${place}`,
            message: `must be 0 while model.bias.${place} is none, got ${start[place]}. Set model.bias.${place} to fixed or learned.`,
          },
  };
}

/** One check for each two fields that cannot go together. */
export const checksOfFieldsTogether: readonly Check[] = [
  ...mustBePlain(
    partsOfFeatures,
    "labels.function",
    ({ labels }) => asksForPairs(labels),
    ({ labels }) => `labels.function ${labels.function}, whose outputs are pairs of features`,
  ),
  ...mustBePlain(
    partsOfSums,
    "loss.onesWeight",
    ({ loss }) => loss.onesWeight !== 1,
    ({ loss }) => `loss.onesWeight ${loss.onesWeight}, which looks for labels that are exactly 1`,
  ),
  biasStart("hidden"),
  biasStart("output"),
  {
    reads: ["model.output", "model.embedding"],
    find: ({ model: { output, embedding } }) =>
      embedding.kind === "none" || output === "identity"
        ? null
        : {
            path: "model.output",
            message: `must be identity with an embedding, got ${output}: it would act on the embedding's dimensions. Set it to identity, or model.embedding.kind to none.`,
          },
  },
  {
    reads: ["model.bypass", "labels.mixing"],
    find: ({ model: { bypass }, labels: { mixing } }) =>
      "scale" in bypass && bypass.scale === "learned" && "scale" in mixing && mixing.scale === "learned"
        ? {
            path: "model.bypass.scale",
            message:
              "must be fixed while labels.mixing.scale is learned: only their difference is seen by the loss, and one scale is trained. Fix one of them.",
          }
        : null,
  },
  {
    reads: ["model.bypass", "model.embedding"],
    find: ({ model: { bypass, embedding } }) =>
      bypass.kind === "noise" && embedding.kind !== "none"
        ? {
            path: "model.bypass.kind",
            message:
              "must be none or identity with an embedding, got noise: N, [features, features], cannot be added at the embedding's width. Set model.embedding.kind to none.",
          }
        : null,
  },
];
