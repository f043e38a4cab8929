/**
 * Reads files of weights that other tools wrote: .safetensors, .npz and .pt (a PyTorch state dict).
 * Limit: a square matrix, or one with more neurons than features, may lie either way, and only toy-cis's own
 * .safetensors say which; for others the caller has to.
 */
import type { UnfoldedModel } from "../model/model.ts";
import { type BiasPlace, readBiases } from "./biases.ts";
import { StoreError } from "./errors.ts";
import { checkedNetwork } from "./model-tensors.ts";
import { type Candidate, missingError, unclearError } from "./name-guess.ts";
import {
  isSymmetric,
  type NamedMatrices,
  type NamedMatrix,
  type NameMap,
  namedMatrices,
  sourcesOf,
  sourceTexts,
  turned,
} from "./named-matrices.ts";
import { readingOf } from "./orientation.ts";
import { readBytes } from "./read-file.ts";
import { parseTensorFile } from "./tensor-file.ts";
import { shapeText, sourceText, type Tensors, unwrapped } from "./tensor-names.ts";
import { writer } from "./write-weights.ts";

const readable = [".safetensors", ".npz", ".pt", ".pth"] as const;

/** How to read a file of weights. */
export interface WeightsOptions {
  /** The number of features, when it is known: it tells a transposed file from a wide network. */
  readonly features?: number | undefined;
  /** Which of its tensors are W_in, W_out and the rest, when they have other names. */
  readonly map?: NameMap;
}

/** A network from a file. */
export interface WeightsFile {
  readonly path: string;
  readonly network: UnfoldedModel;
  /** Which tensor each was read from, with `.T` behind one that was transposed: a map that reads the same. */
  readonly sources: NameMap;
}

/**
 * Reads a network from a .safetensors, .npz, .pt or .pth file, in float32. Tensors inside `state_dict` and its like are
 * found without that; other tensors are passed over; a transposed matrix is turned where shapes or the map tell.
 * @throws StoreError (as a rejection) naming the file and tensor, with the words to type where names or orientation are
 *   not clear.
 */
export async function readWeightsFile(
  path: string,
  { features, map = {} }: WeightsOptions = {},
): Promise<WeightsFile> {
  const bytes = readBytes(path);
  const { tensors: all, metadata } = await parseTensorFile(path, bytes, readable);
  const tensors = unwrapped(all);
  const sources = sourcesOf(tensors, map, path);
  const found = namedMatrices(tensors, sources, map, path);
  const isOwn = metadata.writer === writer || metadata.spec !== undefined; // written by `writeWeightsFile`, or a run's
  const matrices = lyingRight(found, tensors, { path, isOwn, features });
  const { biases, names } = readBiases(tensors, sources, biasPlaces(matrices), path);
  const only = (named: NamedMatrix | undefined) => named?.matrix ?? null;
  const { W_in, W_out, W_E, M, bypass } = matrices;
  const network = checkedNetwork(
    { W_in: W_in.matrix, W_out: W_out.matrix, W_E: only(W_E), M: only(M), bypass: only(bypass), ...biases },
    path,
    { features },
  );
  return { path, network, sources: { ...sourceTexts(matrices), ...names } };
}

type WithWeights = NamedMatrices & Readonly<Record<"W_in" | "W_out", NamedMatrix>>;

/** The matrices with W_in and W_out turned where they lie transposed. @throws StoreError when that is not clear. */
function lyingRight(
  found: NamedMatrices,
  tensors: Tensors,
  { path, isOwn, features }: { path: string; isOwn: boolean; features: number | undefined },
): WithWeights {
  const candidate = (named: NamedMatrix): Candidate => ({
    source: named.source,
    shape: named.matrix.shape,
    mayTurn: !named.source.isTransposed,
    isSaid: isOwn || named.isMapped || isSymmetric(named.matrix),
  });
  const { W_in, W_out, W_E, M } = found;
  const width = W_E?.matrix.shape[0] ?? features ?? M?.matrix.shape[0] ?? null;
  if (W_in === undefined || W_out === undefined) {
    const given = { W_in: W_in && candidate(W_in), W_out: W_out && candidate(W_out) };
    throw missingError(tensors, given, width, path);
  }
  const pair = { W_in: candidate(W_in), W_out: candidate(W_out) };
  const reading = readingOf(pair.W_in, pair.W_out, width);
  if (reading === "unclear") throw unclearError(pair, width, path);
  if (reading === null) throw contradiction(W_in, W_out, width, path);
  const { turnsIn, turnsOut } = reading;
  return { ...found, W_in: turnsIn ? turned(W_in) : W_in, W_out: turnsOut ? turned(W_out) : W_out };
}

function contradiction(
  W_in: NamedMatrix,
  W_out: NamedMatrix,
  width: number | null,
  path: string,
): StoreError {
  const text = ({ source, matrix }: NamedMatrix) => `${sourceText(source)} ${shapeText(matrix.shape)}`;
  const known = width === null ? "" : ` with ${width} features`;
  return new StoreError(
    `${path}: need W_in [neurons, features] and W_out [features, neurons] of one network${known}, ` +
      `got ${text(W_in)} and ${text(W_out)}. Check that the file belongs to this spec, and --map.`,
  );
}

/** Where the biases of these layers stand. */
function biasPlaces({ W_in, W_out }: WithWeights): readonly BiasPlace[] {
  return [
    { name: "b_in", weight: W_in.source.name, size: W_in.matrix.shape[0] },
    { name: "b_out", weight: W_out.source.name, size: W_out.matrix.shape[0] },
  ];
}
