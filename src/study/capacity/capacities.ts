/** What is measured: the capacity of every feature, and how many features each neuron serves. */
import { capacity } from "../../analyse/capacity.ts";
import { type PartnerCounts, polysemanticity } from "../../analyse/polysemanticity.ts";
import type { MeasuredModel } from "../measure-task.ts";

/** One model; a type, as records of measures are. */
export type Capacities = {
  /** C_i of the columns of W_in, [features] */
  readonly perFeature: readonly number[];
  /** Σ C_i */
  readonly total: number;
  /** Rows of W_in. */
  readonly dimensions: number;
  /** From a third of the largest on, by weights read and by contributions. */
  readonly byWeight: Counts;
  readonly byContribution: Counts;
};

/** `PartnerCounts` as lists. */
type Counts = {
  readonly featuresPerNeuron: readonly number[];
  readonly neuronsPerFeature: readonly number[];
};

/** Of a neuron's largest weight or term, from which on a feature counts. */
export const servedFrom = 1 / 3;

/** Capacities and counts of a trained model. */
export function capacitiesOf({ model }: MeasuredModel): Capacities {
  const { perFeature, total, dimensions } = capacity(model.W_in);
  const { byWeight, byContribution } = polysemanticity(model, { fraction: servedFrom });
  return {
    perFeature: [...perFeature],
    total,
    dimensions,
    byWeight: listsOf(byWeight),
    byContribution: listsOf(byContribution),
  };
}

const listsOf = ({ featuresPerNeuron, neuronsPerFeature }: PartnerCounts): Counts => ({
  featuresPerNeuron: [...featuresPerNeuron],
  neuronsPerFeature: [...neuronsPerFeature],
});

/** Features that have neither a dimension of their own nor none: .05 < C_i < .95. */
export const fractional = ({ perFeature }: Pick<Capacities, "perFeature">): number =>
  perFeature.filter((value) => value > 0.05 && value < 0.95).length;

/** Share of the neurons that serve one feature, of those that serve any. @param served - features per neuron */
export function monosemanticShare(served: readonly number[]): number {
  const live = served.filter((count) => count > 0);
  return live.filter((count) => count === 1).length / Math.max(1, live.length);
}
