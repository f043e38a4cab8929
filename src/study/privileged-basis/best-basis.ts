/** The best of several starts, and how many features each of its neurons serves. */
import { polysemanticity } from "../../analyse/polysemanticity.ts";
import { mean } from "../../numeric/statistics.ts";
import { withFurtherStarts } from "../further-starts.ts";
import type { Measure, MeasuredModel, Plain } from "../measure-task.ts";
import { type WeightsRecord, weightsOf } from "../weights-record.ts";

/** The best network of a task. */
export interface BasisRecord {
  readonly weights: WeightsRecord;
  /** Features whose W_ki² is a tenth of the neuron's largest or more, [neurons] */
  readonly featuresPerNeuron: readonly number[];
  /** What is minimised, at the end; of all starts. */
  readonly losses: readonly number[];
}

/** Batches that the final loss is the mean of: with a cosine, weights hardly move in the last tenth. */
const lastRecords = 10;

/** What a network was trained to, the mean over its last records. */
export const finalLoss = ({ records }: Pick<MeasuredModel, "records">): number =>
  mean(records.slice(-lastRecords).map(({ loss }) => loss));

/** The start of the least final loss. @param given `{ starts }` */
export const bestBasis: Measure = async ([first], given) => {
  const { starts } = given as { readonly starts: number };
  const found = await withFurtherStarts(first!, starts);
  const losses = found.map(finalLoss);
  const { model } = found[losses.indexOf(Math.min(...losses))]!;
  return {
    weights: weightsOf(model),
    featuresPerNeuron: [...polysemanticity(model).byContribution.featuresPerNeuron],
    losses,
  } satisfies BasisRecord as unknown as Plain;
};
