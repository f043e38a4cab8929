/** Finds what a command is about: a run's folder, a run's id or the beginning of one, or a file of weights. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { architecturePart, labelParts, type Model, type UnfoldedModel } from "../src/model/index.ts";
import { canonicalJson, hiddenNeurons, nearest, parseSpec, type Spec } from "../src/spec/index.ts";
import {
  mixingOf,
  modelOfFile,
  type NameMap,
  readRun,
  readWeightsFile,
  type WeightsFile,
} from "../src/store/index.ts";
import { Mistake } from "./failure.ts";
import type { Mapped } from "./parameters.ts";
import { type SpecWords, specOf, specWords } from "./spec-source.ts";

/** A model and what it is evaluated as. */
export interface Target {
  readonly path: string;
  readonly spec: Spec;
  readonly model: Model;
  /** What the command took for granted because nobody said it, one sentence each. */
  readonly assumptions: readonly string[];
}

/** Where a command looks. */
export interface Places {
  /** The folder that holds the runs. */
  readonly out: string;
  /** For a file of weights, which of its tensors are W_in, W_out and the rest. */
  readonly map?: Mapped;
}

/**
 * Reads the model that `name` means.
 * @param words changes to its spec; for a file of weights also a spec or preset.
 */
export async function findTarget(
  name: string,
  words: readonly string[],
  { out, map = [] }: Places,
): Promise<Target> {
  if (isFile(name)) return weightsTarget(name, words, nameMapOf(map));
  refuseMap(map);
  return runTarget(runFolder(name, out), words);
}

/** The network that `name` means, as it was trained: with its embedding and bypass, at its full width. */
export async function findNetwork(
  name: string,
  { out, map = [] }: Places,
): Promise<Pick<Target, "path" | "assumptions"> & { readonly network: UnfoldedModel }> {
  if (isFile(name)) {
    const file = await readWeightsFile(name, { map: nameMapOf(map) });
    return { path: name, network: file.network, assumptions: renamed(file) };
  }
  refuseMap(map);
  const path = runFolder(name, out);
  return { path, network: readRun(path).unfolded, assumptions: [] };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function nameMapOf(map: Mapped): NameMap {
  const twice = map.find(([name], i) => map.findIndex(([other]) => other === name) < i);
  if (twice === undefined) return Object.fromEntries(map);
  throw new Mistake(`--map: ${twice[0]} is given twice. Keep one of them.`, 2);
}

function refuseMap(map: Mapped): void {
  if (map.length > 0) throw new Mistake("--map: a run has its own names. Leave it out.", 2);
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

/** A run under its own spec with changes; its labels are its own unless they are changed. */
async function runTarget(dir: string, words: readonly string[]): Promise<Target> {
  const { source, overrides } = specWords(words);
  if (source !== null) {
    throw new Mistake(`${source}: a run has its own spec. Write changes as key=value.`, 2);
  }
  const { spec: stored, weights } = readRun(dir);
  const spec = parseSpec(stored, { overrides });
  checkSizes(dir, spec, weights);
  refuseOtherNetwork(dir, stored, spec);
  const model = changesLabels(overrides) ? await underLabelsOf(spec, weights) : weights;
  return { path: dir, spec, model, assumptions: [] };
}

/** What a run's weights compute is the run's own. @throws Mistake when a change says otherwise. */
function refuseOtherNetwork(dir: string, { model: own }: Spec, { model: asked }: Spec): void {
  const fields = ["activation", "output", "bias", "tied", "layers"] as const;
  const other = fields.find((field) => canonicalJson(own[field]) !== canonicalJson(asked[field]));
  if (other === undefined) return;
  throw new Mistake(
    `model.${other}: ${dir} was trained with ${JSON.stringify(own[other])}, and its weights are evaluated so. Leave it out.`,
  );
}

/** A network under the labels of a spec. */
async function underLabelsOf(spec: Spec, model: Model): Promise<Model> {
  const { labels: _labels, coefficients: _coefficients, ...network } = model;
  return { ...network, M: await mixingOf(spec), ...labelParts(spec) };
}

/** Weights from elsewhere; sizes and M are the file's unless a spec or a change says otherwise. */
async function weightsTarget(path: string, words: readonly string[], map: NameMap): Promise<Target> {
  const { source, overrides } = specWords(words);
  const file = await readWeightsFile(path, { map, features: await saidFeatures({ source, overrides }) });
  const weights = modelOfFile(file);
  const [neurons, features] = weights.W_in.shape;
  const sizes = [`model.features=${features}`, `model.neurons=${neurons}`].filter(
    (size) => source === null && !overrides.some((override) => override.startsWith(`${size.split("=")[0]}=`)),
  );
  const biases = biasesOfFile(weights, { source, overrides });
  const spec = await specOf({ source, overrides: [...sizes, ...biases, ...overrides] }, standardForWeights);
  checkSizes(path, spec, weights);
  requireBiases(path, spec, weights);
  const isSaid = source !== null || changesLabels(overrides);
  const network = { ...weights, ...architecturePart(spec.model) };
  const model = isSaid ? await underLabelsOf(spec, network) : network;
  const assumptions = isSaid ? [] : [assumedMixing(model.M !== null)];
  if (sizes.length > 0) assumptions.push(`Assumed from the file: ${features} features, ${neurons} neurons.`);
  if (biases.length > 0) assumptions.push("Assumed from the file: learned biases.");
  return { path, spec, model, assumptions: [...renamed(file), ...assumptions] };
}

/** Biases that the file has, as changes of a spec that says nothing of them. */
function biasesOfFile({ b_in, b_out }: Model, { source, overrides }: SpecWords): readonly string[] {
  if (source !== null || overrides.some((override) => /^model\.bias[.=]/.test(override))) return [];
  const places = { hidden: b_in, output: b_out };
  return Object.entries(places).flatMap(([place, bias]) =>
    bias === undefined ? [] : [`model.bias.${place}=learned`],
  );
}

/** @throws Mistake when the spec has biases that the file has not, or the other way round. */
function requireBiases(path: string, { model: { bias } }: Spec, { b_in, b_out }: Model): void {
  for (const [place, values] of [
    ["hidden", b_in],
    ["output", b_out],
  ] as const) {
    if ((bias[place] === "none") === (values === undefined)) continue;
    const [got, mend] =
      values === undefined
        ? ["has no such biases, or they are zero", `Set model.bias.${place}=none`]
        : ["has such biases", `Set model.bias.${place}=learned`];
    throw new Mistake(`model.bias.${place}: ${path} ${got}. ${mend}, or name the folder of its run.`);
  }
}

const standardForWeights = "cc-clean";

/** The number of features that the words name, by a spec or preset or by itself: a transposed file is known by it. */
async function saidFeatures({ source, overrides }: SpecWords): Promise<number | undefined> {
  if (source !== null) return (await specOf({ source, overrides }, standardForWeights)).model.features;
  const said = overrides.findLast((override) => override.startsWith("model.features="));
  const features = Number(said?.split("=")[1]);
  return Number.isSafeInteger(features) && features > 0 ? features : undefined;
}

/** Tensors that were read from others than those of their own name, or as transposes. */
function renamed({ sources }: WeightsFile): readonly string[] {
  const others = Object.entries(sources).filter(([name, source]) => name !== source);
  return others.length === 0
    ? []
    : [`Read ${others.map(([name, source]) => `${name} from ${source}`).join(", ")}.`];
}

const assumedMixing = (isInFile: boolean): string =>
  isInFile
    ? "Assumed labels relu(x) + M x with the file's M. Name a preset, or change labels.mixing, for others."
    : "Assumed clean labels, relu(x). Name a preset, or change labels.mixing, for others.";

/** Whether a change touches what the labels of the simplified model are made of. */
const changesLabels = (overrides: readonly string[]): boolean =>
  overrides.some((override) => /^(labels|model\.(bypass|embedding))[.=]/.test(override));

function checkSizes(path: string, { model }: Spec, { W_in, embedding }: Model): void {
  const [neurons, inputs] = W_in.shape;
  const features = embedding?.E.shape[1] ?? inputs;
  if (neurons === hiddenNeurons(model) && features === model.features) return;
  const rows = model.layers === 1 ? "model.neurons" : "model.layers × model.neurons";
  const need = `W_in of [${rows}, model.features] = [${hiddenNeurons(model)}, ${model.features}]`;
  throw new Mistake(
    `${path}: need ${need}, got [${neurons}, ${features}]. Name the spec it was trained with.`,
  );
}
