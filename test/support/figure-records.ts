/** Records of the size of the literature's, made up by formulas, for figures to be tried on. */
import type { Curve, CurvePoint } from "../../src/figure/index.ts";

/** A point whose 95 % interval is y ± half. */
export const point = (x: number, y: number, half: number): CurvePoint => ({
  x,
  y,
  low: y - half,
  high: y + half,
});

/** A number in [0, 1) that looks random, the same for the same index. */
export const noise = (index: number): number => (((index * 2654435761) >>> 0) % 10_007) / 10_007;

/** Densities of the inputs, from 0.001 to 1. */
export const densities = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** A loss that falls from `start` to `end` over `steps`, with some noise; `count` points, the first at step 0. */
export function trainingCurve(label: string, start: number, end: number, steps = 10_000, count = 200): Curve {
  const points = Array.from({ length: count }, (_, i) => {
    const x = Math.round((i / (count - 1)) * steps);
    const clean = end + (start - end) * Math.exp((-6 * x) / steps);
    return { x, y: clean * (1 + 0.03 * (noise(i + label.length * 97) - 0.5)) };
  });
  return { label, points };
}
