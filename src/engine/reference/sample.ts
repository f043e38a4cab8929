/**
 * The sampler in plain TypeScript, to the same bits as src/wasm/assembly/training/sample.ts.
 *
 * Entry k of a step uses two words of the stream: 2k for its place, 2k + 1 for its value.
 */
import { log } from "../../numeric/elementary.ts";
import { philox4x32 } from "../../numeric/philox.ts";
import type { RandomStream } from "../../numeric/random.ts";
import type { Batch, Sampler, ValueKind } from "../engine.ts";

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
      const tried = Number((BigInt(place) * BigInt(last + 1)) >> 32n);
      const feature = seen.has(tried) ? last : tried;
      seen.add(feature);
      rows.columns.push(feature);
      rows.values.push(valueFrom(value, kind));
    }
    rows.rowStarts[row + 1] = rows.columns.length;
  }
}

/** Draws the batch of `step`: B rows of n features. */
export function sampleBatch(
  sampler: Sampler,
  stream: RandomStream,
  step: number,
  { features, batch }: { readonly features: number; readonly batch: number },
): Batch {
  const rows: Rows = { rowStarts: new Uint32Array(batch + 1), columns: [], values: [] };
  const draw = entryWords(stream, step);
  if (sampler.kind === "bernoulli") fillBernoulli(rows, sampler.p, sampler.values, draw, features);
  else fillExactly(rows, sampler.k, sampler.values, draw, features);
  return {
    rowStarts: rows.rowStarts,
    columns: Uint32Array.from(rows.columns),
    values: Float32Array.from(rows.values),
  };
}
