/** The noise matrices that the study is about, and what their best neuron and naive's lose with one active feature. */
import { bestOneNeuron, naiveOneNeuron } from "../../baseline/one-neuron.ts";
import {
  type OneNeuron,
  type OneNeuronLoss,
  oneNeuronLoss,
  oneNeuronTable,
} from "../../evaluate/one-neuron.ts";

/** The size of the noise in tables and bars. */
export const shownNoise = 0.2;

/** One active feature, −1 or 1. */
export const oneActive = { kind: "exactly", k: 1 } as const;

/** N whose M = −N has these entries off its diagonal. */
export const noiseOf = (above: number, below: number): OneNeuron["noise"] => [
  [0, -above],
  [-below, 0],
];

/** A matrix M by its entries off the diagonal, in units of s. */
export interface NoiseCase {
  readonly key: string;
  readonly title: string;
  readonly above: number;
  readonly below: number;
}

/** M = 0 and the ways to put ±s off its diagonal. */
export const noiseCases: readonly NoiseCase[] = [
  { key: "clean", title: "M = 0", above: 0, below: 0 },
  { key: "plus", title: "s and s", above: 1, below: 1 },
  { key: "minus", title: "−s and −s", above: -1, below: -1 },
  { key: "mixed", title: "s and −s", above: 1, below: -1 },
];

/** A case at a size. */
export interface SolvedCase extends NoiseCase {
  readonly best: OneNeuron;
  readonly bestLoss: OneNeuronLoss;
  readonly naive: OneNeuron;
  readonly naiveLoss: OneNeuronLoss;
}

/** The best neuron and naive's for a case, with one active feature. */
export function solve(noiseCase: NoiseCase, s: number): SolvedCase {
  const noise = noiseOf(noiseCase.above * s, noiseCase.below * s);
  const [best, naive] = [bestOneNeuron(noise), naiveOneNeuron(noise)];
  const lossOf = (neuron: OneNeuron) => oneNeuronLoss(oneNeuronTable(neuron), oneActive);
  return { ...noiseCase, best, naive, bestLoss: lossOf(best), naiveLoss: lossOf(naive) };
}

/** Every case at the size that is shown. */
export const solvedCases = (): readonly SolvedCase[] => noiseCases.map((c) => solve(c, shownNoise));

/** s of the curves. */
export const noiseGrid: readonly number[] = Array.from({ length: 41 }, (_, i) => (i - 20) / 40);
