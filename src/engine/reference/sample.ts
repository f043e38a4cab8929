/**
 * The sampler in plain TypeScript, to the same bits as src/wasm/assembly/training/sample.ts.
 *
 * Entry k of a step uses two words of the stream: 2k for its place, 2k + 1 for its value. With units, candidate k has a
 * block of its own in lane 1: place, acceptance, choice, and the value of its first feature; the others' are in lanes
 * 2, 3, …
 */
import { log } from "../../numeric/elementary.ts";
import { philox4x32 } from "../../numeric/philox.ts";
import type { RandomStream } from "../../numeric/random.ts";
import type { Batch, Sampler, Unit, ValueKind } from "../engine.ts";
import { mostProbable, unitThreshold } from "../units.ts";

type Draw = (entry: number) => readonly [place: number, value: number];

/** The two words of an entry; blocks hold two entries each. */
function entryWords(stream: RandomStream, step: number): Draw {
  let block = -1;
  let drawn: readonly number[] = [];
  return (entry) => {
    if (entry >> 1 !== block) {
      block = entry >> 1;
      drawn = philox4x32([block, step, stream.id, 0], stream.key);
    }
    const at = (entry & 1) * 2;
    return [drawn[at]!, drawn[at + 1]!];
  };
}

function valueFrom(word: number, kind: ValueKind): number {
  switch (kind) {
    case "symmetric":
      return Math.fround((word ^ 0x80000000) | 0) * 2 ** -31;
    case "positive":
      return Math.fround(word) * 2 ** -32;
    case "sign":
      return word >>> 31 === 1 ? 1 : -1;
    case "binary":
      return 1;
  }
}

const halfSquareRootHigh = 0x3fe6a09e;

/** ln u for u = (word + ½)/2³², in the order of operations of the kernel: see `logarithm` there. */
function logarithm(word: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, (word + 0.5) * 2 ** -32);
  const shifted = bits.getUint32(0) + (0x3ff00000 - halfSquareRootHigh);
  bits.setUint32(0, (shifted & 0x000fffff) + halfSquareRootHigh);
  const e = (shifted >>> 20) - 1023;
  const m = bits.getFloat64(0);
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let series = 1 / 15;
  for (const odd of [13, 11, 9, 7, 5, 3, 1]) series = series * z + 1 / odd;
  return e * Math.LN2 + (s + s) * series;
}

interface Rows {
  readonly rowStarts: Uint32Array;
  readonly columns: number[];
  readonly values: number[];
}

function fillBernoulli(rows: Rows, p: number, kind: ValueKind, draw: Draw, features: number): void {
  const batch = rows.rowStarts.length - 1;
  const inverseLog = 1 / log(1 - p);
  let row = 0;
  let position = -1;
  for (let entry = 0; row < batch; entry++) {
    const [place, value] = draw(entry);
    position += Math.floor(logarithm(place) * inverseLog) + 1;
    const ofRow = position < batch * features ? Math.floor(position / features) : batch;
    while (row < ofRow) rows.rowStarts[++row] = entry;
    if (ofRow === batch) return;
    rows.columns.push(position - ofRow * features);
    rows.values.push(valueFrom(value, kind));
  }
}

function fillExactly(rows: Rows, k: number, kind: ValueKind, draw: Draw, features: number): void {
  const batch = rows.rowStarts.length - 1;
  for (let row = 0; row < batch; row++) {
    const seen = new Set<number>();
    for (let e = 0; e < k; e++) {
      const [place, value] = draw(row * k + e);
      const last = features - k + e;
      const tried = scaledWord(place, last + 1);
      const feature = seen.has(tried) ? last : tried;
      seen.add(feature);
      rows.columns.push(feature);
      rows.values.push(valueFrom(value, kind));
    }
    rows.rowStarts[row + 1] = rows.columns.length;
  }
}

/**
 * Candidates are drawn at the largest probability and kept with their share of it.
 * Feature j + 1 of a unit takes word j mod 4 of lane 2 + ⌊j/4⌋.
 */
function fillUnits(
  rows: Rows,
  units: readonly Unit[],
  kind: ValueKind,
  stream: RandomStream,
  step: number,
): void {
  const batch = rows.rowStarts.length - 1;
  const words = (candidate: number, lane: number) =>
    philox4x32([candidate, step, stream.id, lane], stream.key);
  const most = mostProbable(units);
  const inverseLog = 1 / log(1 - most);
  let row = 0;
  let position = -1;
  for (let candidate = 0; row < batch; candidate++) {
    const [place, acceptance, choice, first] = words(candidate, 1);
    position += Math.floor(logarithm(place!) * inverseLog) + 1;
    const ofRow = position < batch * units.length ? Math.floor(position / units.length) : batch;
    while (row < ofRow) rows.rowStarts[++row] = rows.columns.length;
    if (ofRow === batch) return;
    const { features, p, draws } = units[position - ofRow * units.length]!;
    if (acceptance! >= unitThreshold(p, most)) continue;
    const chosen = draws === "all" ? features : [features[scaledWord(choice!, features.length)]!];
    chosen.forEach((feature, j) => {
      rows.columns.push(feature);
      const word = j === 0 ? first! : words(candidate, 2 + ((j - 1) >> 2))[(j - 1) & 3]!;
      rows.values.push(valueFrom(word, kind));
    });
  }
}

/** A whole number from 0 to size − 1, from a word. */
const scaledWord = (word: number, size: number): number => Number((BigInt(word) * BigInt(size)) >> 32n);

/** Draws the batch of `step`: B rows of n features. */
export function sampleBatch(
  sampler: Sampler,
  stream: RandomStream,
  step: number,
  { features, batch }: { readonly features: number; readonly batch: number },
): Batch {
  const rows: Rows = { rowStarts: new Uint32Array(batch + 1), columns: [], values: [] };
  const draw = entryWords(stream, step);
  switch (sampler.kind) {
    case "bernoulli":
      fillBernoulli(rows, sampler.p, sampler.values, draw, features);
      break;
    case "exactly":
      fillExactly(rows, sampler.k, sampler.values, draw, features);
      break;
    case "units":
      fillUnits(rows, sampler.units, sampler.values, stream, step);
  }
  return {
    rowStarts: rows.rowStarts,
    columns: Uint32Array.from(rows.columns),
    values: Float32Array.from(rows.values),
  };
}
