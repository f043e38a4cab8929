/** Finds what is to be evaluated: a run's folder, a run's id or the beginning of one, or a file of weights. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../src/model/index.ts";
import { nearest, parseSpec, type Spec } from "../src/spec/index.ts";
import { loadModelFile, mixingOf, readRun } from "../src/store/index.ts";
import { Mistake } from "./failure.ts";
import { specOf, specWords } from "./spec-source.ts";

/** A model and what it is evaluated as. */
export interface Target {
  readonly path: string;
  readonly spec: Spec;
  readonly model: Model;
  /** What the command took for granted because nobody said it, one sentence each. */
  readonly assumptions: readonly string[];
}

/**
 * Reads the model that `name` means.
 * @param words changes to its spec; for a file of weights also a spec or preset.
 * @param out the folder that holds the runs.
 */
export async function findTarget(name: string, words: readonly string[], out: string): Promise<Target> {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isFile()) return weightsTarget(name, words);
  return runTarget(runFolder(name, out), words);
}

/**
 * The folder of a run: `name` itself where it is a folder, else that of the run of `out` whose id begins with it.
 * @throws Mistake when there is none, or more than one.
 */
export const runFolder = (name: string, out: string): string =>
  statSync(name, { throwIfNoEntry: false })?.isDirectory() ? name : folderByPrefix(name, out);

function folderByPrefix(prefix: string, out: string): string {
  const ids = existsSync(out) ? readdirSync(out).filter((entry) => /^[0-9a-f]{16}$/.test(entry)) : [];
  const matching = ids.filter((id) => id.startsWith(prefix));
  if (matching.length === 1) return join(out, matching[0]!);
  if (matching.length > 1) {
    throw new Mistake(
      `${prefix}: ${matching.length} runs in ${out} begin so: ${some(matching)}. Write more of the id.`,
    );
  }
  const near = nearest(prefix, ids);
  const mend =
    near === null
      ? `Name a run's folder, its id, or a file; --out says where runs are.`
      : `Did you mean ${near}?`;
  throw new Mistake(`${prefix}: no such file, and no run of ${out} begins so. ${mend}`);
}

const some = (ids: readonly string[]): string =>
  ids.length > 4 ? `${ids.slice(0, 4).join(", ")}, …` : ids.join(", ");

/** A run under its own spec with changes; M is the run's own unless `labels.mixing` is changed. */
async function runTarget(dir: string, words: readonly string[]): Promise<Target> {
  const { source, overrides } = specWords(words);
  if (source !== null) {
    throw new Mistake(`${source}: a run has its own spec. Write changes as key=value.`, 2);
  }
  const { spec: stored, weights } = readRun(dir);
  const spec = parseSpec(stored, { overrides });
  checkSizes(dir, spec, weights);
  const M = changesMixing(overrides) ? await mixingOf(spec) : weights.M;
  return { path: dir, spec, model: { ...weights, M }, assumptions: [] };
}

/** Weights from elsewhere; sizes and M are the file's unless a spec or a change says otherwise. */
async function weightsTarget(path: string, words: readonly string[]): Promise<Target> {
  const { source, overrides } = specWords(words);
  const weights = await loadModelFile(path);
  const [neurons, features] = weights.W_in.shape;
  const sizes = [`model.features=${features}`, `model.neurons=${neurons}`].filter(
    (size) => source === null && !overrides.some((override) => override.startsWith(`${size.split("=")[0]}=`)),
  );
  const spec = await specOf({ source, overrides: [...overrides, ...sizes] }, "cc-clean");
  checkSizes(path, spec, weights);
  const isSaid = source !== null || changesMixing(overrides);
  const M = isSaid ? await mixingOf(spec) : weights.M;
  const assumptions = isSaid ? [] : [assumedMixing(M !== null)];
  if (sizes.length > 0) assumptions.push(`Assumed from the file: ${features} features, ${neurons} neurons.`);
  return { path, spec, model: { ...weights, M }, assumptions };
}

const assumedMixing = (isInFile: boolean): string =>
  isInFile
    ? "Assumed labels relu(x) + M x with the file's M. Name a preset, or change labels.mixing, for others."
    : "Assumed clean labels, relu(x). Name a preset, or change labels.mixing, for others.";

/** Whether a change touches what M of the simplified model is made of. */
const changesMixing = (overrides: readonly string[]): boolean =>
  overrides.some((override) =>
    /^(labels(\.mixing|\.function)?|model\.(bypass|embedding))[.=]/.test(override),
  );

function checkSizes(path: string, { model }: Spec, { W_in }: Pick<Model, "W_in">): void {
  const [neurons, features] = W_in.shape;
  if (neurons === model.neurons && features === model.features) return;
  const need = `W_in of [model.neurons, model.features] = [${model.neurons}, ${model.features}]`;
  const mend =
    neurons === model.features && features === model.neurons
      ? "It is transposed: save its transpose."
      : "Name the spec it was trained with.";
  throw new Mistake(`${path}: need ${need}, got [${neurons}, ${features}]. ${mend}`);
}
