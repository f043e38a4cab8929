/**
 * The best weights of one neuron for two features on a noisy residual stream (src/evaluate/one-neuron.ts), in closed form for
 * one active feature and by a search for any inputs. The neuron may be scaled, so its input weights w are a direction.
 *
 * One active feature of −1 or 1: L/p = ¼ [Σ_j (‖e_j + M_j‖² + ‖M_j‖²) − ‖M w + relu(w)‖²], M = −N, at W_out = M w + relu(w).
 * Proof: docs/theory/one-neuron.md.
 */
import {
  type OneNeuron,
  type OneNeuronInputs,
  oneNeuronInputs,
  rowChance,
  type Two,
} from "../evaluate/one-neuron.ts";
import { cos, sin } from "../numeric/elementary.ts";
import { goldenSection } from "../numeric/golden-section.ts";

/** The best weights for a noise matrix, ‖W_in‖ = 1. */
export interface BestOneNeuron extends OneNeuron {
  readonly lossPerP: number;
}

/** The naive neuron: the first feature's ReLU, whatever the noise. */
export const naiveOneNeuron = (noise: OneNeuron["noise"]): OneNeuron => ({
  noise,
  W_in: [1, 0],
  W_out: [1, 0],
});

const quadrants = [1, 0].flatMap((first) => [1, 0].map((second): Two => [first, second]));

/** The best weights for exactly one active feature, in closed form; of several that are, one on an axis or none. */
export function bestOneNeuron(noise: OneNeuron["noise"]): BestOneNeuron {
  const candidates = quadrants.flatMap((signs) => directionsIn(noise, signs));
  const W_in = candidates.reduce((best, w) => (gain(noise, w) > gain(noise, best) + 1e-12 ? w : best));
  return { noise, W_in, W_out: answer(noise, W_in), lossPerP: (labelSquare(noise) - gain(noise, W_in)) / 4 };
}

/** W_out = M w + relu(w), which is also what the loss loses by w: ‖W_out‖². */
const answer = ([n0, n1]: OneNeuron["noise"], w: Two): Two => [
  Math.max(0, w[0]) - n0[0] * w[0] - n0[1] * w[1],
  Math.max(0, w[1]) - n1[0] * w[0] - n1[1] * w[1],
];

function gain(noise: OneNeuron["noise"], w: Two): number {
  const [a, b] = answer(noise, w);
  return a * a + b * b;
}

/** Σ_j ‖e_j + M_j‖² + ‖M_j‖² */
function labelSquare([n0, n1]: OneNeuron["noise"]): number {
  const square = [...n0, ...n1].reduce((sum, value) => sum + value * value, 0);
  return 2 + 2 * square - 2 * (n0[0] + n1[1]);
}

/**
 * Where ‖A w‖² can be greatest on a quarter of the circle, A = M + diag(signs), 1 where w is not negative: at its ends, and at
 * the leading eigenvector of AᵀA where that lies between them.
 */
function directionsIn([n0, n1]: OneNeuron["noise"], [s0, s1]: Two): readonly Two[] {
  const [u, v]: readonly [Two, Two] = [
    [s0 - n0[0], -n1[0]],
    [-n0[1], s1 - n1[1]],
  ];
  const [g00, g01, g11] = [dot(u, u), dot(u, v), dot(v, v)];
  const [x, y] = [s0 === 1 ? 1 : -1, s1 === 1 ? 1 : -1];
  const ends: readonly Two[] = [
    [x, 0],
    [0, y],
  ];
  // Its entries have one sign where g01 > 0, and two where g01 < 0.
  if (g01 * x * y <= 0) return ends;
  const top = (g00 + g11 + Math.sqrt((g00 - g11) ** 2 + 4 * g01 * g01)) / 2;
  const [a, b] = g00 > g11 ? [top - g11, Math.abs(g01)] : [Math.abs(g01), top - g00];
  const length = Math.sqrt(a * a + b * b);
  return [...ends, [(x * a) / length, (y * b) / length]];
}

const dot = (a: Two, b: Two): number => a[0] * b[0] + a[1] * b[1];

/** Directions tried before the best is refined, one a quarter of a degree. */
const directions = 1440;

/**
 * The best weights for any inputs, by trying every direction of W_in with its best W_out and refining the best of them to
 * 1e-9 in the angle.
 */
export function searchOneNeuron(noise: OneNeuron["noise"], inputs: OneNeuronInputs): BestOneNeuron {
  const step = (2 * Math.PI) / directions;
  const lossAt = (angle: number) => bestAtAngle(noise, inputs, angle).lossPerP;
  const angles = Array.from({ length: directions }, (_, i) => i * step);
  const losses = angles.map(lossAt);
  const start = angles[losses.indexOf(Math.min(...losses))]!;
  const refined = goldenSection(lossAt, { low: start - step, high: start + step, tolerance: 1e-9 });
  return bestAtAngle(noise, inputs, lossAt(refined) < lossAt(start) ? refined : start);
}

/** The best W_out for W_in at an angle, by regression on the one activation. */
export function bestAtAngle(
  noise: OneNeuron["noise"],
  inputs: OneNeuronInputs,
  angle: number,
): BestOneNeuron {
  const W_in: Two = [cos(angle), sin(angle)];
  let [aa, ay0, ay1, yy] = [0, 0, 0, 0];
  for (const x of oneNeuronInputs) {
    const chance = rowChance(x, inputs);
    const a = Math.max(0, dot(W_in, x));
    const [y0, y1] = [Math.max(0, x[0]) - dot(noise[0], x), Math.max(0, x[1]) - dot(noise[1], x)];
    aa += chance * a * a;
    ay0 += chance * a * y0;
    ay1 += chance * a * y1;
    yy += chance * (y0 * y0 + y1 * y1);
  }
  const W_out: Two = [ay0 / aa, ay1 / aa];
  const p = inputs.kind === "exactly" ? 0.5 : inputs.p;
  return { noise, W_in, W_out, lossPerP: (yy - (ay0 * ay0 + ay1 * ay1) / aa) / (2 * p) };
}
