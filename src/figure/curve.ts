/** Curves as records: what most figures of losses are made of. */

/** One measured point, with its 95 % interval where there is one. */
export interface CurvePoint {
  readonly x: number;
  /** Null where nothing was measured: the curve has a gap there. */
  readonly y: number | null;
  readonly low?: number;
  readonly high?: number;
}

/** A labelled series of points, in the order in which they are joined. */
export interface Curve {
  readonly label: string;
  readonly points: readonly CurvePoint[];
}

/** What curves are compared with: a number, drawn over the whole width, or a curve. */
export interface Reference {
  readonly label: string;
  /** Fixes how it looks: naive solid grey, offset dotted grey, bound dashed, published dash-dotted grey. */
  readonly kind: "naive" | "offset" | "bound" | "published";
  readonly value: number | readonly CurvePoint[];
  /** The label of the curve that it belongs to, whose colour it takes. */
  readonly of?: string;
}

/** A vertical line at a value of x that is worth a word: a published optimum, the switch of labels, k = h. */
export interface VerticalMark {
  readonly label: string;
  readonly x: number;
}

/** A point worth a number: the least loss, the crossing of two curves. It gets a letter, which the legend explains. */
export interface PointMark {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/**
 * Fewer points for the same picture: of every stretch of x, those with the least and the greatest y stay, and gaps.
 * @param most - about how many points may stay; curves that are no longer are returned as they are
 */
export function thin(
  points: readonly CurvePoint[],
  most: number,
  place: (x: number) => number,
): CurvePoint[] {
  if (points.length <= most) return [...points];
  const first = place(points[0]!.x);
  const length = place(points.at(-1)!.x) - first || 1;
  const stretches = Math.max(1, Math.floor(most / 2));
  const stretchOf = (point: CurvePoint) =>
    Math.min(stretches - 1, Math.floor(((place(point.x) - first) / length) * stretches));
  const kept = new Set<CurvePoint>([points[0]!, points.at(-1)!]);
  const seen = new Map<number, { low: CurvePoint; high: CurvePoint }>();
  for (const point of points) {
    if (point.y === null) {
      kept.add(point);
      continue;
    }
    const ends = seen.get(stretchOf(point)) ?? { low: point, high: point };
    seen.set(stretchOf(point), {
      low: point.y < ends.low.y! ? point : ends.low,
      high: point.y > ends.high.y! ? point : ends.high,
    });
  }
  for (const { low, high } of seen.values()) kept.add(low).add(high);
  return points.filter((point) => kept.has(point));
}
