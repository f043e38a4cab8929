/**
 * toy-cis: specify, train, evaluate and bound toy networks that may compute in superposition.
 *
 * The names most programs need; everything else is under `toy-cis/numeric`, `/formats`, `/spec`, `/engine`, `/data`,
 * `/model`, `/train`, `/evaluate`, `/baseline`, `/analyse`, `/figure`, `/sweep` and, for Node, `/store`.
 */
export { mixingMatrix } from "./data/mixing.ts";
export { initialise } from "./model/initialise.ts";
export type { Model, Weights } from "./model/model.ts";
export { type Matrix, matrix } from "./numeric/matrix.ts";
export { SpecError } from "./spec/error.ts";
export { parseSpec } from "./spec/parse.ts";
export { preset, presets } from "./spec/presets.ts";
export type { Spec } from "./spec/schema.ts";
export { type Trained, type TrainOptions, train } from "./train/train.ts";
export { createTrainer, type Trainer } from "./train/trainer.ts";
