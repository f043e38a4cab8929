/**
 * What a study asks for before it can say anything: models to train and measure, and problems whose baselines are
 * computed. Plain data, so that a task can be sent to a worker and its result kept under its hash.
 */
import { canonicalJson, type FileHashes, runId, runIdentity } from "../spec/identity.ts";
import { preset } from "../spec/presets.ts";
import type { Spec } from "../spec/schema.ts";
import { sha256 } from "../spec/sha256.ts";
import type { MeasureTask } from "./measure-task.ts";

/** What is measured on a trained model besides its losses, bounds and responses. */
export type Want =
  | "alignment"
  | "audit"
  | "certificate"
  | "code"
  | "code-comparison"
  | "curve"
  | "linear-map"
  | "noise"
  | "positive-errors"
  | "power"
  | "spectra"
  | "weights";

/** A model to train, and what to measure on it. */
export interface TrainTask {
  readonly kind: "train";
  /** Names the task within its study, e.g. `symmetric/0`. */
  readonly key: string;
  readonly preset: string;
  readonly overrides: readonly string[];
  readonly spec: Spec;
  /** Key of the task whose weights this one starts from. */
  readonly after?: string;
  /** Densities to evaluate at, besides that of the spec's data, and the samples drawn where features are sparse. */
  readonly p: readonly number[];
  readonly samples: number;
  readonly wants: readonly Want[];
}

/** A problem whose untrained solutions are asked for. */
export interface BaselineTask {
  readonly kind: "baselines";
  readonly key: string;
  readonly preset: string;
  readonly overrides: readonly string[];
  readonly spec: Spec;
  /** Starts of each factorisation, of which the best is kept. */
  readonly restarts: number;
}

/** Any kind of task. */
export type Task = TrainTask | BaselineTask | MeasureTask;

/** How a model is asked for; see {@link TrainTask}. */
export interface TrainRequest {
  readonly key: string;
  readonly preset: string;
  readonly overrides?: readonly string[];
  /** The task whose weights are the start. */
  readonly from?: TrainTask;
  readonly p?: readonly number[];
  readonly samples?: number;
  readonly wants?: readonly Want[];
}

/** Raised when the same task is measured differently, so that kept results are made anew. */
const measureVersion = 1;
const noFiles: FileHashes = {};

/** A training task; `from` becomes the id of that task's run. */
export function trainTask(request: TrainRequest): TrainTask {
  const { key, from, p = [], samples = 1_000_000, wants = [] } = request;
  const start = from === undefined ? [] : [`training.from="${runIdOf(from)}"`];
  const overrides = [...(request.overrides ?? []), ...start];
  const spec = preset(request.preset, overrides);
  const after = from === undefined ? {} : { after: from.key };
  return { kind: "train", key, preset: request.preset, overrides, spec, ...after, p, samples, wants };
}

/** A task for baselines. */
export function baselineTask(
  key: string,
  name: string,
  overrides: readonly string[],
  restarts: number,
): BaselineTask {
  return { kind: "baselines", key, preset: name, overrides, spec: preset(name, overrides), restarts };
}

/** The id of the run that a spec trains. */
export function runIdOf({ spec }: Pick<TrainTask, "spec">): string {
  return runId(spec, noFiles);
}

/** What a task leaves in the folder of runs. */
export function keptRuns(task: Task): readonly string[] {
  if (task.kind === "train") return [runIdOf(task)];
  return task.kind === "measure" && task.keeps ? task.specs.map(runIdOf) : [];
}

/** The hash of everything that a task's result depends on. */
export function taskHash(task: Task): string {
  if (task.kind === "measure") {
    const { kind, study, measure, version, specs, given } = task;
    const identities = specs.map(({ spec }) => runIdentity(spec, noFiles));
    return sha256(canonicalJson({ kind, study, measure, version, identities, given }));
  }
  const asked =
    task.kind === "train"
      ? { p: task.p, samples: task.samples, wants: task.wants, evaluated: task.spec.evaluate.samples }
      : { restarts: task.restarts };
  const identity = runIdentity(task.spec, noFiles);
  return sha256(canonicalJson({ kind: task.kind, measureVersion, identity, asked }));
}

/** The command that repeats a task by itself. */
export function commandOf(task: Task): string {
  if (task.kind === "train") return command("train", task);
  if (task.kind === "baselines") return command("baselines", task, `--restarts ${task.restarts}`);
  const [first] = task.specs;
  return first === undefined || !task.keeps ? `npx toy-cis reproduce ${task.study}` : command("train", first);
}

function command(
  verb: string,
  { preset: name, overrides }: Pick<TrainTask, "preset" | "overrides">,
  ...flags: readonly string[]
): string {
  const words = overrides.map((word) => (/^[\w.=-]+$/.test(word) ? word : `'${word}'`));
  return ["npx toy-cis", verb, name, ...words, ...flags].join(" ");
}
