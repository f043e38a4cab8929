/**
 * Tasks whose measures are a study's own: models to train, plain arguments, and the name of the study's function that makes
 * a record of them. Plain data like every task, so a worker finds the function by its names.
 */
import type { Model, UnfoldedModel } from "../model/model.ts";
import { preset } from "../spec/presets.ts";
import type { Spec } from "../spec/schema.ts";
import type { MetricRecord } from "../train/checkpoint.ts";

/** A model of a {@link MeasureTask}, trained. */
export interface MeasuredModel {
  readonly spec: Spec;
  readonly model: Model;
  /** The same at its full width, for networks with an embedding, which `model` has folded in. */
  readonly unfolded?: UnfoldedModel;
  /** Of training, about a hundred. */
  readonly records: readonly MetricRecord[];
}

/** JSON: what arguments and measurements are made of. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };

/**
 * Makes a record, plain for files, of trained models and arguments; without hidden randomness.
 * @param models of the task's specs, in their order
 */
export type Measure = (models: readonly MeasuredModel[], given: Plain) => Plain | Promise<Plain>;

/** A spec to train, as the command line would. */
export interface MeasuredSpec {
  readonly preset: string;
  readonly overrides: readonly string[];
  readonly spec: Spec;
}

/** Models to train and a measure of the study's own. */
export interface MeasureTask {
  readonly kind: "measure";
  /** Names the task within its study, e.g. `fourth-power/0`. */
  readonly key: string;
  readonly study: string;
  /** Name of the function among the study's `measures`. */
  readonly measure: string;
  /** Raised when the function measures differently, so that kept results are made anew. */
  readonly version: number;
  readonly specs: readonly MeasuredSpec[];
  /** Whether the models are kept as run folders; small ones by the hundred are not. */
  readonly keeps: boolean;
  readonly given: Plain;
}

/** How a {@link MeasureTask} is asked for. */
export interface MeasureRequest {
  readonly key: string;
  readonly study: string;
  readonly measure: string;
  readonly version?: number;
  readonly specs?: readonly { readonly preset: string; readonly overrides?: readonly string[] }[];
  readonly keeps?: boolean;
  readonly given?: Plain;
}

/** A task of a study's own measure. */
export function measureTask(request: MeasureRequest): MeasureTask {
  const { key, study, measure, version = 1, specs = [], keeps = false, given = null } = request;
  const specOf = ({ preset: name, overrides = [] }: { preset: string; overrides?: readonly string[] }) => ({
    preset: name,
    overrides,
    spec: preset(name, overrides),
  });
  return { kind: "measure", key, study, measure, version, specs: specs.map(specOf), keeps, given };
}
