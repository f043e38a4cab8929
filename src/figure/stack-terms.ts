/**
 * Terms stacked as bars: positive ones upwards from 0, negative ones downwards, the largest next to 0. Small terms are
 * lumped into one segment for each sign, so that thousands of them can be drawn and every bar keeps its ends.
 */

/** A part of a bar, from the end that is nearer to 0. */
export interface Segment {
  /** 0 for the largest term of its bar by size, 1 for the next; null for the lump of the small ones. */
  readonly rank: number | null;
  /** Which term it is: its column in the terms; null for the lump. */
  readonly term: number | null;
  readonly from: number;
  readonly to: number;
}

/** One bar: a row of the terms. */
export interface Bar {
  readonly row: number;
  /** The column of the row's largest term by size; null when all are 0. */
  readonly dominant: number | null;
  /** The sum of all the row's terms. */
  readonly sum: number;
  readonly segments: readonly Segment[];
}

/** @param row - the terms of one bar @param least - the size from which on a term is drawn for itself, above 0 */
export function stackTerms(row: number, terms: ArrayLike<number>, least: number): Bar {
  const bySize = Array.from(terms, (value, term) => ({ term, value })).sort(
    (a, b) => Math.abs(b.value) - Math.abs(a.value) || a.term - b.term,
  );
  const drawn = bySize.filter(({ value }) => Math.abs(value) >= least);
  const small = bySize.slice(drawn.length).map(({ value }) => value);
  const parts = [
    ...drawn.map(({ term, value }, rank) => ({ rank, term, value })),
    ...[sumOf(small.filter((value) => value > 0)), sumOf(small.filter((value) => value < 0))]
      .filter((value) => value !== 0)
      .map((value) => ({ rank: null, term: null, value })),
  ];
  const largest = bySize[0];
  return {
    row,
    dominant: largest === undefined || largest.value === 0 ? null : largest.term,
    sum: sumOf(bySize.map(({ value }) => value)),
    segments: stacked(parts),
  };
}

function stacked(parts: readonly { rank: number | null; term: number | null; value: number }[]): Segment[] {
  let [up, down] = [0, 0];
  return parts.map(({ rank, term, value }) => {
    const from = value > 0 ? up : down;
    const to = from + value;
    if (value > 0) up = to;
    else down = to;
    return { rank, term, from, to };
  });
}

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * As they are numbered; those with one dominant term beside each other, the larger first; by their sums; or by the share
 * that the largest term has of all sizes, so that bars of one term come first.
 */
export type BarOrder = "index" | "dominant" | "sum" | "share";

/** Bars in an order; ties stay as they are numbered, and bars without any term come last. */
export function orderBars(bars: readonly Bar[], order: BarOrder): Bar[] {
  const length = ({ from, to }: Segment) => Math.abs(to - from);
  const size = ({ segments: [first] }: Bar) => (first === undefined ? 0 : length(first));
  const share = (bar: Bar) => size(bar) / sumOf(bar.segments.map(length)) || 0;
  const group = ({ dominant }: Bar) => dominant ?? Number.MAX_SAFE_INTEGER;
  const compare = {
    index: () => 0,
    dominant: (a: Bar, b: Bar) => group(a) - group(b) || size(b) - size(a),
    sum: (a: Bar, b: Bar) => b.sum - a.sum,
    share: (a: Bar, b: Bar) => share(b) - share(a),
  }[order];
  return [...bars].sort((a, b) => compare(a, b) || a.row - b.row);
}
