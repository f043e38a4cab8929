/** What the weights of a toy model say: which features it represents, and how they lie in a plane. */
import { interference } from "../analyse/interference.ts";
import { directionsOf, type TiedWeights } from "./tied-weights.ts";

/** A feature counts as represented from half of a whole one on: ‖W_i‖² > ½. */
const half = 0.5;

/** Whether each feature is represented. */
export function represented(weights: TiedWeights): readonly boolean[] {
  return Array.from(interference(directionsOf(weights)).norms, (norm) => norm * norm > half);
}

/** How many are. */
export const countRepresented = (weights: TiedWeights): number => represented(weights).filter(Boolean).length;

/** Features on the wrong side, were the most important ones represented, as many as there are neurons, and no others. */
export const misplaced = (weights: TiedWeights): number =>
  represented(weights).filter((is, i) => is !== i < weights.neurons).length;

/** The most that lies along a represented feature's direction from the others. */
export function largestInterference(weights: TiedWeights): number {
  const { interference: found } = interference(directionsOf(weights));
  return represented(weights).reduce((most, is, i) => (is ? Math.max(most, found[i]!) : most), 0);
}

/** Angles between neighbouring represented features of a plane, in degrees, ascending from the first; they sum to 360. */
export function gapsOf(weights: TiedWeights): readonly number[] {
  const { W, features } = weights;
  const angles = represented(weights)
    .flatMap((is, i) => (is ? [Math.atan2(W[features + i]!, W[i]!) * (180 / Math.PI)] : []))
    .sort((a, b) => a - b);
  return angles.map((angle, i) => (angles[i + 1] ?? angles[0]! + 360) - angle);
}

/** How far the farthest gap is from equal ones, in degrees; 360 unless `count` features are represented. */
export function unevenness(weights: TiedWeights, count: number): number {
  const gaps = gapsOf(weights);
  if (gaps.length !== count) return 360;
  return Math.max(...gaps.map((gap) => Math.abs(gap - 360 / count)));
}

/** Below this cosine two represented features are an antipodal pair: 172° apart at least. */
const antipodal = -0.99;

/** cos of the angle between two features' directions. */
export function cosineOf({ W, neurons, features }: TiedWeights, i: number, j: number): number {
  let [product, squareI, squareJ] = [0, 0, 0];
  for (let k = 0; k < neurons; k++) {
    const [a, b] = [W[k * features + i]!, W[k * features + j]!];
    product += a * b;
    squareI += a * a;
    squareJ += b * b;
  }
  return product / Math.sqrt(squareI * squareJ);
}

/** How many pairs of represented features are antipodal. */
export function antipodalPairs(weights: TiedWeights): number {
  const live = represented(weights).flatMap((is, i) => (is ? [i] : []));
  const pairs = live.flatMap((i) => live.filter((j) => j < i).map((j) => cosineOf(weights, i, j)));
  return pairs.filter((cosine) => cosine < antipodal).length;
}
