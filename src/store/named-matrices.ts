/**
 * Which tensors of a file are W_in, W_out, M, W_E, bypass and the biases: those of that name, or those that the caller
 * named instead.
 */
import { type Matrix, transpose } from "../numeric/matrix.ts";
import { nearest } from "../spec/near.ts";
import { biasNames } from "./biases.ts";
import { StoreError } from "./errors.ts";
import { weightMatrix } from "./model-tensors.ts";
import { type Source, shownName, sourceOf, sourceText, type Tensors } from "./tensor-names.ts";

/**
 * Tensors of a file by the name that a network knows them under: `{ W_in: "fc1.weight", W_out: "fc2.weight.T" }`, with
 * `.T` for its transpose. A name means the tensor as it lies, unless its shape alone shows that it is transposed.
 */
export type NameMap = Readonly<Record<string, string>>;

const matrixNames = ["W_in", "W_out", "M", "W_E", "bypass"] as const;
const known: readonly string[] = [...matrixNames, ...biasNames];

/** A matrix of a file: where it was read, and whether the caller said so. */
export interface NamedMatrix {
  readonly source: Source;
  readonly isMapped: boolean;
  /** As the source says: transposed already where it ends in `.T`. */
  readonly matrix: Matrix<Float32Array>;
}

/** What a file has of a network. */
export type NamedMatrices = Readonly<Partial<Record<(typeof matrixNames)[number], NamedMatrix>>>;

/** Where each tensor of a network is to be read, by its name. @throws StoreError for names that are not there. */
export function sourcesOf(tensors: Tensors, map: NameMap, path: string): Readonly<Record<string, Source>> {
  for (const name of Object.keys(map)) if (!known.includes(name)) throw unknownName(name);
  const found = known.flatMap((name) => {
    if (Object.hasOwn(map, name)) return [[name, sourceOf(tensors, map[name]!, path)] as const];
    return Object.hasOwn(tensors, name) ? [[name, { name, isTransposed: false }] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The matrices of these sources. @throws StoreError for one of other dimensions, or with a number that is not finite. */
export function namedMatrices(
  tensors: Tensors,
  sources: Readonly<Record<string, Source>>,
  map: NameMap,
  path: string,
): NamedMatrices {
  const found = matrixNames.flatMap((name) => {
    const source = sources[name];
    if (source === undefined) return [];
    const read = weightMatrix(tensors[source.name]!, `${path}, ${shownName(source.name)}`);
    const matrix = source.isTransposed ? turnedMatrix(read) : read;
    return [[name, { source, isMapped: Object.hasOwn(map, name), matrix }] as const];
  });
  return Object.fromEntries(found);
}

/** A matrix read as its transpose. */
export function turned({ source, isMapped, matrix }: NamedMatrix): NamedMatrix {
  const { name, isTransposed } = source;
  return { source: { name, isTransposed: !isTransposed }, isMapped, matrix: turnedMatrix(matrix) };
}

/** Whether a matrix is its own transpose, so that nobody has to say which way it lies. */
export function isSymmetric({ data, shape: [rows, columns] }: Matrix): boolean {
  return (
    rows === columns && data.every((value, i) => value === data[(i % rows) * rows + Math.floor(i / rows)])
  );
}

/** Sources as texts, for a map that would read the same. */
export const sourceTexts = (matrices: NamedMatrices): NameMap =>
  Object.fromEntries(Object.entries(matrices).map(([name, { source }]) => [name, sourceText(source)]));

function turnedMatrix(matrix: Matrix): Matrix<Float32Array> {
  const { data, shape } = transpose(matrix);
  return { data: Float32Array.from(data), shape };
}

function unknownName(name: string): StoreError {
  const near = nearest(name, known);
  const mend = near === null ? "Write it as W_in=TENSOR." : `Did you mean ${near}?`;
  return new StoreError(`map: need one of ${known.join(", ")} before the =, got ${shownName(name)}. ${mend}`);
}
