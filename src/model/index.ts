/** The model and its first weights. */
export { initialise } from "./initialise.ts";
export type { Model, Weights } from "./model.ts";
