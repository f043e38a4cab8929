/** Checks that look at more than one field. Each names the fields it reads, so that none runs on a broken one. */
import { memoryEstimate, memoryLimit } from "./memory.ts";
import type { Spec } from "./schema.ts";
import { largestStep } from "./training.ts";
import { trainingSteps } from "./training-steps.ts";

/** A problem with a path: what was needed, what was found, and the mend. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

interface Check {
  readonly reads: readonly string[];
  readonly find: (spec: Spec) => Finding | null;
}

const gibibytes = (bytes: number): string => `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`;

const checks: readonly Check[] = [
  {
    reads: ["model.features", "data"],
    find: ({ data, model: { features } }) =>
      data.kind === "exactly" && data.k > features
        ? {
            path: "data.k",
            message: `must be at most model.features, ${features}, got ${data.k}. Lower data.k or raise model.features.`,
          }
        : null,
  },
  {
    reads: ["model.features", "data"],
    find: ({ data, model: { features } }) =>
      data.kind === "bernoulli" && typeof data.p === "object" && data.p.length !== features
        ? {
            path: "data.p",
            message: `must have one probability for each of the ${features} features, got ${data.p.length}. Give one number for all, or a list of ${features}.`,
          }
        : null,
  },
  {
    reads: ["model.features", "data"],
    find: ({ data, model: { features } }) => {
      const index = "groups" in data ? data.groups.flat().find((feature) => feature >= features) : undefined;
      return index === undefined
        ? null
        : {
            path: "data.groups",
            message: `must hold indexes below model.features, ${features}, got ${index}. Count features from 0.`,
          };
    },
  },
  {
    reads: ["model.features", "loss.importance"],
    find: ({ loss: { importance }, model: { features } }) =>
      importance.kind === "list" && importance.values.length !== features
        ? {
            path: "loss.importance.values",
            message: `must have one number for each of the ${features} features, got ${importance.values.length}. Give a list of ${features}.`,
          }
        : null,
  },
  {
    reads: ["model.features", "labels.mixing"],
    find: ({ labels: { mixing }, model: { features } }) =>
      mixing.kind === "low-rank" && mixing.rank > features
        ? {
            path: "labels.mixing.rank",
            message: `must be at most model.features, ${features}, got ${mixing.rank}. Lower the rank.`,
          }
        : null,
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
  {
    reads: ["model.features", "model.embedding"],
    find: ({ model: { features, embedding } }) =>
      embedding.kind === "random" && embedding.unembedding === "pseudoinverse" && embedding.width < features
        ? {
            path: "model.embedding.width",
            message: `must be at least model.features, ${features}, for a pseudoinverse, got ${embedding.width}: pinv(E) E = I needs rank E = features. Raise the width, or set model.embedding.unembedding to transpose.`,
          }
        : null,
  },
  {
    reads: ["model", "training.batch", "labels.mixing"],
    find: (spec) => {
      const need = memoryEstimate(spec);
      return need > memoryLimit
        ? {
            path: largestSize(spec),
            message: `must be small enough for ${gibibytes(memoryLimit)} of memory, got a run of ${gibibytes(need)}. Lower model.features, model.neurons or training.batch.`,
          }
        : null;
    },
  },
  {
    reads: ["model.features", "data", "training.steps", "training.count"],
    find: (spec) => {
      const steps = trainingSteps(spec);
      return steps > largestStep
        ? {
            path: "training.count",
            message: `nonEmptySamples must need at most ${largestStep} steps, got ${steps}. Raise data.p or lower training.steps.`,
          }
        : null;
    },
  },
];

/** What is wrong between fields. Checks that read a field under a path of `broken` are left out. */
export function crossFieldFindings(spec: Spec, broken: readonly string[] = []): readonly Finding[] {
  const isBroken = (field: string) =>
    broken.some((path) => field === path || path.startsWith(`${field}.`) || field.startsWith(`${path}.`));
  return checks.filter(({ reads }) => !reads.some(isBroken)).flatMap(({ find }) => find(spec) ?? []);
}

/** The field whose size weighs most, to point at. */
function largestSize({ model, training, labels }: Spec): string {
  const sizes: readonly (readonly [string, number])[] = [
    ["model.features", model.features],
    ["model.neurons", model.neurons],
    ["training.batch", training.batch / 2048],
    ["labels.mixing.width", "width" in labels.mixing ? labels.mixing.width : 0],
    ["model.embedding.width", "width" in model.embedding ? model.embedding.width : 0],
  ];
  return sizes.reduce((largest, size) => (size[1] > largest[1] ? size : largest))[0];
}
