/** Toy models of superposition as records: W, whose columns are the features' directions, and the output biases. */
import { matrix } from "../numeric/matrix.ts";
import { mean } from "../numeric/statistics.ts";
import type { MeasuredModel } from "./measure-task.ts";

/** A tied network ŷ = σ(Wᵀ W x + b), as lists. A type, since records of measures must be plain and interfaces are open. */
export type TiedWeights = {
  readonly features: number;
  readonly neurons: number;
  /** Row-major, [neurons, features] */
  readonly W: readonly number[];
  /** b, [features] */
  readonly bias: readonly number[];
  /** What is minimised, mean over the last batches measured: to choose among starts. */
  readonly loss: number;
};

/** Of about a hundred records, those whose mean is the loss: at a constant learning rate the last third is level. */
const lastRecords = 30;

/** A trained network as lists. @throws for a network without output biases. */
export function tiedWeights({ model, records }: MeasuredModel): TiedWeights {
  const { W_in, b_out } = model;
  if (b_out === undefined) {
    throw new Error("tiedWeights: need output biases, got none. Set model.bias.output=learned.");
  }
  const [neurons, features] = W_in.shape;
  const loss = mean(records.slice(-lastRecords).map((record) => record.loss));
  return { features, neurons, W: [...W_in.data], bias: [...b_out], loss };
}

/** W of a record, [neurons, features]. */
export const directionsOf = ({ neurons, features, W }: TiedWeights) => matrix(neurons, features, W);

/** The one of least loss: what several starts of a small model are for, since many end in a local minimum. */
export function bestOf<Weights extends { readonly loss: number }>(starts: readonly Weights[]): Weights {
  return starts.reduce((best, one) => (one.loss < best.loss ? one : best));
}
