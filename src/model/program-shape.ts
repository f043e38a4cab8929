/** From a spec to the program that trains it. */
import { densityOf, samplerOf } from "../data/sampler.ts";
import type { LabelFunction, ProgramShape } from "../engine/shape.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons } from "../spec/sizes.ts";
import { embeddingOf } from "./fold.ts";
import type { Objective } from "./objective.ts";
import { architecturePart, labelParts, lossPart } from "./parts.ts";

/**
 * The shape of the program that trains a spec: for the plain network and loss without the fields that say otherwise.
 * @param labels of the caller's own, in place of the spec's
 * @example programShapeOf(spec, objectiveOf(spec, mixingMatrix(spec.labels.mixing, spec.model.features)))
 */
export function programShapeOf(spec: Spec, objective: Objective, labels?: LabelFunction): ProgramShape {
  const { model, data, training } = spec;
  const { features } = model;
  const { fixed, learned, W_E } = objective;
  return {
    features,
    neurons: hiddenNeurons(model),
    batch: training.batch,
    density: densityOf(samplerOf(data, features), features),
    ...architecturePart(model),
    ...lossPart(spec),
    ...(labels === undefined ? labelParts(spec) : { labels }),
    mixing: fixed,
    ...(learned === null ? {} : { scaled: learned.direction }),
    ...(W_E === null ? {} : { embedding: embeddingOf(model, W_E) }),
  };
}
