/** Checks that look at more than one field. Each names the fields it reads, so that none runs on a broken one. */
import type { Check, Finding } from "./finding.ts";
import { memoryEstimate, memoryLimit } from "./memory.ts";
import type { Spec } from "./schema.ts";
import { asksForPairs, hiddenNeurons, outputCount } from "./sizes.ts";
import { checksOfFieldsTogether } from "./together.ts";
import { largestStep } from "./training.ts";
import { trainingSteps } from "./training-steps.ts";

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
    reads: ["data"],
    find: ({ data }) => {
      const members = "groups" in data ? data.groups.flat() : [];
      const again = members.find((feature, i) => members.indexOf(feature) < i);
      return again === undefined
        ? null
        : {
            path: "data.groups",
            message: `must name every feature at most once, got ${again} twice. Keep it in one group.`,
          };
    },
  },
  {
    reads: ["model.features", "labels.function", "loss.importance"],
    find: (spec) => {
      const { importance } = spec.loss;
      const outputs = outputCount(spec);
      if (importance.kind !== "list" || importance.values.length === outputs) return null;
      const what = asksForPairs(spec.labels) ? "pairs of features" : "features";
      const message = `must have one number for each of the ${outputs} ${what}, got ${importance.values.length}. Give a list of ${outputs}.`;
      return { path: "loss.importance.values", message };
    },
  },
  {
    reads: ["model.features", "labels.function"],
    find: ({ model: { features }, labels }) =>
      asksForPairs(labels) && features < 2
        ? {
            path: "model.features",
            message: `must be at least 2 for pairs of features, got ${features}. Raise it, or change labels.function.`,
          }
        : null,
  },
  {
    reads: ["model.features", "labels.coefficients"],
    find: ({ labels: { coefficients }, model: { features } }) =>
      coefficients.kind === "list" && coefficients.values.length !== features
        ? {
            path: "labels.coefficients.values",
            message: `must have one number for each of the ${features} features, got ${coefficients.values.length}. Give a list of ${features}.`,
          }
        : null,
  },
  {
    reads: ["labels.coefficients"],
    find: ({ labels: { coefficients } }) =>
      coefficients.kind === "uniform" && coefficients.high < coefficients.low
        ? {
            path: "labels.coefficients.high",
            message: `must be at least labels.coefficients.low, ${coefficients.low}, got ${coefficients.high}. Swap them.`,
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
    reads: ["model.features", "model.embedding"],
    find: ({ model: { features, embedding } }) =>
      embedding.kind === "random" && embedding.unembedding === "pseudoinverse" && embedding.width < features
        ? {
            path: "model.embedding.width",
            message: `must be at least model.features, ${features}, for a pseudoinverse, got ${embedding.width}: pinv(E) E = I needs rank E = features. Raise the width, or set model.embedding.unembedding to transpose.`,
          }
        : null,
  },
  ...checksOfFieldsTogether,
  {
    reads: ["model", "training.batch", "labels"],
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
    ["model.neurons", hiddenNeurons(model)],
    ["training.batch", training.batch / 2048],
    ["labels.mixing.width", "width" in labels.mixing ? labels.mixing.width : 0],
    ["model.embedding.width", "width" in model.embedding ? model.embedding.width : 0],
  ];
  return sizes.reduce((largest, size) => (size[1] > largest[1] ? size : largest))[0];
}
