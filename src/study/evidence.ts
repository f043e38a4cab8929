/** Numbers over seeds, minima and crossings of sweeps: what claims, figures and words are made from. */
import { confidenceInterval, mean } from "../numeric/statistics.ts";
import type { Measurement } from "./measure.ts";
import type { Results } from "./study.ts";

/** The keys of a group's tasks, one a seed. */
export const keysOf = (results: Results, group: string): readonly string[] =>
  results.group(group).map(({ task }) => task.key);

/** The group's measurements, one a seed. */
export function measurements(results: Results, group: string): readonly Measurement[] {
  return results.group(group).map(({ measured }) => measured);
}

/** One number a seed. */
export function numbers(
  results: Results,
  group: string,
  of: (measured: Measurement) => number,
): readonly number[] {
  return measurements(results, group).map(of);
}

/** Mean over seeds and its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function estimate(values: readonly number[]): Estimate {
  return { mean: mean(values), ...confidenceInterval(values) };
}

/** A curve's points, x ascending. */
type Points = readonly (readonly [x: number, y: number])[];

/**
 * Where a curve is least and how low it goes there: the vertex of the parabola through its lowest point and the two
 * neighbours. The lowest point itself when it is an end, where a parabola would be a guess.
 */
export function minimumOf(points: Points): { readonly x: number; readonly y: number } {
  const at = points.reduce((best, [, y], i) => (y < points[best]![1] ? i : best), 0);
  const [x, y] = points[at]!;
  if (at === 0 || at === points.length - 1) return { x, y };
  const [x0, y0] = points[at - 1]!;
  const [x2, y2] = points[at + 1]!;
  const [left, right] = [(y - y0) / (x - x0), (y2 - y) / (x2 - x)];
  const curvature = (right - left) / (x2 - x0);
  if (!(curvature > 0)) return { x, y };
  const vertex = (x0 + x) / 2 - left / (2 * curvature);
  return { x: vertex, y: y0 + left * (vertex - x0) + curvature * (vertex - x0) * (vertex - x) };
}

/** The last x at which a curve rises through a level, between two points; null when it never does. */
export function crossingOf(points: Points, level: number): number | null {
  for (let i = points.length - 1; i > 0; i--) {
    const [[x0, y0], [x1, y1]] = [points[i - 1]!, points[i]!];
    if (y0 < level && y1 >= level) return x0 + ((level - y0) / (y1 - y0)) * (x1 - x0);
  }
  return null;
}
