/** The model and its first weights. */
export { effectiveMixing, embeddingOf, foldedModel, foldedWeights, unembeddingOf } from "./fold.ts";
export { initialise } from "./initialise.ts";
export type { Model, UnfoldedModel, Weights } from "./model.ts";
export { type Objective, objectiveOf, startingMixing, unfoldedModel } from "./objective.ts";
export { architecturePart, labelParts, lossPart } from "./parts.ts";
export { programShapeOf } from "./program-shape.ts";
export { type TransplantSource, transplantedWeights } from "./transplant.ts";
