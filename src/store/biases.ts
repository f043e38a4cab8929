/**
 * Biases b_in [neurons] and b_out [outputs] in files of weights: written under those names; read under them, under those
 * that a map gives, or where they stand beside a layer, as fc1.bias beside fc1.weight. Biases that are all zero are none.
 */
import type { Tensor } from "../formats/tensor.ts";
import type { Weights } from "../model/model.ts";
import { StoreError } from "./errors.ts";
import { shownName, type Tensors } from "./tensor-names.ts";

/** Names of a network's biases. */
export const biasNames = ["b_in", "b_out"] as const;

/** The biases that a network has, as tensors. */
export function biasTensors(weights: Weights): Tensors {
  const given = biasNames.flatMap((name) => {
    const data = weights[name];
    return data === undefined ? [] : [[name, { dtype: "F32", shape: [data.length], data }] as const];
  });
  return Object.fromEntries(given);
}

/** Throws for biases of another size than their layer, and for a number that is not finite. @throws StoreError */
export function checkBiases(weights: Weights, path: string): void {
  const sizes = { b_in: weights.W_in.shape[0], b_out: weights.W_out.shape[0] };
  for (const name of biasNames) {
    const data = weights[name];
    if (data === undefined || (data.length === sizes[name] && data.every(Number.isFinite))) continue;
    throw new StoreError(
      `${path}, ${name}: need ${sizes[name]} finite numbers, got ${data.length}, ` +
        `${data.filter(Number.isFinite).length} of them finite. Check the weights.`,
    );
  }
}

/** Where a network's biases are read: beside which weights they may stand, and how many numbers they are. */
export interface BiasPlace {
  readonly name: (typeof biasNames)[number];
  /** The tensor of the layer's weights. */
  readonly weight: string;
  readonly size: number;
}

/**
 * The biases of a file's network, without those that are zero, and the tensor that each was read from.
 * @param sources tensors that are named b_in or b_out, or mapped so
 * @throws StoreError for another size, a number that is not finite, and where more than one tensor may be meant.
 */
export function readBiases(
  tensors: Tensors,
  sources: Readonly<Record<string, { readonly name: string }>>,
  places: readonly BiasPlace[],
  path: string,
): { readonly biases: Pick<Weights, "b_in" | "b_out">; readonly names: Readonly<Record<string, string>> } {
  const named = biasNames.flatMap((name) => sources[name]?.name ?? []);
  const isOneModule = moduleOf(places[0]!.weight) === moduleOf(places[1]!.weight);
  const found = places.flatMap((place) => {
    const source = sources[place.name]?.name;
    if (source !== undefined)
      return [[place.name, source, vectorOf(tensors[source]!, place, source, path)] as const];
    const beside = biasesBeside(tensors, place.weight).filter((name) => !named.includes(name));
    // Beside both layers at once, only the size tells whose they are.
    const fitting = isOneModule ? beside.filter((name) => tensors[name]!.data.length === place.size) : beside;
    const meant = fitting.filter((name) => !isZero(tensors[name]!));
    if (meant.length > 1 || (meant.length === 1 && isOneModule && places[0]!.size === places[1]!.size)) {
      throw unclear(place, meant, path);
    }
    return meant.map((name) => [place.name, name, vectorOf(tensors[name]!, place, name, path)] as const);
  });
  const kept = found.filter(([, , data]) => data.some((value) => value !== 0));
  return {
    biases: Object.fromEntries(kept.map(([name, , data]) => [name, data])),
    names: Object.fromEntries(kept.map(([name, source]) => [name, source])),
  };
}

function vectorOf(tensor: Tensor, { name, size }: BiasPlace, source: string, path: string): Float32Array {
  const data = Float32Array.from<number | bigint>(tensor.data as Iterable<number | bigint>, Number);
  const finite = data.filter(Number.isFinite).length;
  if (data.length === size && finite === size) return data;
  const axis = name === "b_in" ? "neuron" : "output";
  throw new StoreError(
    `${path}, ${shownName(source)}: need ${size} finite numbers for ${name}, one for each ${axis}, got ${data.length}, ${finite} of them finite. Check the file, or name another with --map ${name}=TENSOR.`,
  );
}

function unclear({ name, size }: BiasPlace, meant: readonly string[], path: string): StoreError {
  const words = meant.map((tensor) => `--map ${name}=${shownName(tensor)}`).join(" or ");
  return new StoreError(
    `${path}: need one bias ${name} [${size}], got ${meant.map(shownName).join(", ")}, any of which may be meant. Say which: ${words}.`,
  );
}

const moduleOf = (weight: string): string => weight.slice(0, weight.lastIndexOf(".") + 1);

/** Tensors in the module of a layer's weights that are called b… or …bias…. */
function biasesBeside(tensors: Tensors, weight: string): readonly string[] {
  const module = moduleOf(weight);
  return Object.keys(tensors).filter((name) => {
    const own = name.slice(module.length);
    return name.startsWith(module) && !own.includes(".") && /^b(_|$|[0-9])|bias/i.test(own);
  });
}

const isZero = ({ data }: Tensor): boolean => data.every((value: number | bigint) => Number(value) === 0);
