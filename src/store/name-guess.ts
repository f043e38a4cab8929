/** What to type to read a file whose names or orientation are not known: a guess by shape, names and order. */
import { StoreError } from "./errors.ts";
import { type Lying, type Reading, readingOf, readingsOf } from "./orientation.ts";
import {
  isOfOptimiser,
  isPlain,
  listedTensors,
  type Source,
  sourceText,
  type Tensors,
} from "./tensor-names.ts";

/** Names that first and second layers go by, as a part of a dotted name. */
const layer = "(?:fc|lin|linear|layer|dense|w|l)_?";
const likeIn = part(`in|input|enc|encoder|up|up_proj|c_fc|hidden|${layer}1`);
const likeOut = part(`out|output|dec|decoder|down|down_proj|c_proj|readout|${layer}2`);
const mostCandidates = 100; // pairs are compared, so a file of very many matrices is not looked through

/** A tensor that may be W_in or W_out. */
export interface Candidate extends Lying {
  readonly source: Source;
}

/** The tensors of a file that are known already. */
interface Given {
  readonly W_in?: Candidate | undefined;
  readonly W_out?: Candidate | undefined;
}

interface Pair {
  readonly W_in: Candidate;
  readonly W_out: Candidate;
}

/** W_in or W_out is missing: lists what is there, and proposes what to type. */
export function missingError(
  tensors: Tensors,
  given: Given,
  features: number | null,
  path: string,
): StoreError {
  const pair = guessedPair(tensors, given, features);
  return new StoreError(
    `${path}: need tensors W_in [neurons, features] and W_out [features, neurons], got ${listedTensors(tensors)}. ` +
      (pair === null
        ? "No two of them fit each other: say which they are with --map W_in=TENSOR --map W_out=TENSOR."
        : `Name them, ${proposal(pair, features)}`),
  );
}

/** W_in and W_out fit in more ways than one: asks which. */
export function unclearError(pair: Pair, features: number | null, path: string): StoreError {
  const text = ({ source, shape }: Candidate) => `${sourceText(source)} [${shape.join(", ")}]`;
  return new StoreError(
    `${path}: need to know which way W_in [neurons, features] and W_out [features, neurons] lie, ` +
      `got ${text(pair.W_in)} and ${text(pair.W_out)}, which fit as they are and transposed. Say it, ${proposal(pair, features)}`,
  );
}

/** Ends with a command's words, without a full stop, so that they can be copied. */
function proposal(pair: Pair, features: number | null): string {
  const reading = readingOf(pair.W_in, pair.W_out, features);
  if (reading !== "unclear" && reading !== null) return `${sizes(reading)}: ${words(pair, reading)}`;
  const readings = readingsOf(pair.W_in, pair.W_out, features);
  const [first, last] = [readings[0]!, readings.at(-1)!];
  const isSquare = first.neurons === first.features;
  const labels = isSquare ? ["as they are", "transposed (or one of them)"] : [sizes(first), sizes(last)];
  return `${labels[0]}: ${words(pair, first)} or ${labels[1]}: ${words(pair, last)}`;
}

const sizes = ({ neurons, features }: Reading): string => `for ${features} features and ${neurons} neurons`;

function words({ W_in, W_out }: Pair, { turnsIn, turnsOut }: Reading): string {
  const word = (name: string, { source }: Candidate, turns: boolean) => {
    const text = sourceText({ ...source, isTransposed: source.isTransposed !== turns });
    return `--map ${quoted(`${name}=${text}`)}`;
  };
  return `${word("W_in", W_in, turnsIn)} ${word("W_out", W_out, turnsOut)}`;
}

/** The first pair, in the order of the file, whose shapes fit and that is named like two layers; else the first that fits. */
function guessedPair(tensors: Tensors, given: Given, features: number | null): Pair | null {
  const candidates = candidatesOf(tensors);
  let first: Pair | null = null;
  for (const W_in of given.W_in === undefined ? candidates : [given.W_in]) {
    for (const W_out of given.W_out === undefined ? candidates : [given.W_out]) {
      if (W_in.source.name === W_out.source.name || readingOf(W_in, W_out, features) === null) continue;
      if (likeIn.test(W_in.source.name) && likeOut.test(W_out.source.name)) return { W_in, W_out };
      first ??= { W_in, W_out };
    }
  }
  return first;
}

function candidatesOf(tensors: Tensors): readonly Candidate[] {
  const reserved = ["W_in", "W_out", "M", "W_E", "bypass"];
  return Object.entries(tensors)
    .filter(([name, { shape }]) => shape.length === 2 && !reserved.includes(name) && !isOfOptimiser(name))
    .filter(([name]) => isPlain(name))
    .slice(0, mostCandidates)
    .map(([name, { shape }]) => ({
      source: { name, isTransposed: false },
      shape: shape as readonly [number, number],
      mayTurn: true,
      isSaid: false,
    }));
}

function part(names: string): RegExp {
  return new RegExp(`(?:^|[._])(?:w_?)?(?:${names})(?=$|[._])`, "i");
}

const quoted = (word: string): string =>
  /^[\w.=/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
