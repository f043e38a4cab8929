/** Numbers over seeds, as claims and figures ask for them. */
import { countWithin } from "../../analyse/pair-errors.ts";
import type { Results } from "../study.ts";
import type { LargeRecord, ScalingRecord, SmallRecord, WayName, WayRecord } from "./measures.ts";
import { type LargeSizes, largeGroup, type ScalingPoint } from "./plan.ts";

/** Just below the quarter from which on affine functions have every AND. */
export const strictEpsilon = 0.24;

/** The construction at a rule and a number of neurons, one a seed. */
export function scalingAt(
  results: Results,
  rule: ScalingPoint["rule"],
  neurons: number,
): readonly ScalingRecord[] {
  return results
    .measuredGroup<readonly ScalingRecord[]>("scaling")
    .map((records) => records.find((record) => record.rule === rule && record.neurons === neurons)!);
}

/** Keys of a group's tasks. */
export const tasksOf = (results: Results, group: string): readonly string[] =>
  results.measuredGroup(group).map((_, seed) => `${group}/${seed}`);

/** The small networks, one record a seed. */
export const smallRecords = (results: Results): readonly SmallRecord[] =>
  results.measuredGroup<SmallRecord>("small");

/** One way at one number of neurons, one record a seed. */
export const wayAt = (results: Results, way: WayName, neurons: number): readonly WayRecord[] =>
  smallRecords(results).map(({ ways }) => ways.find((w) => w.way === way && w.neurons === neurons)!);

/** A large construction, one record a seed. */
export const largeRecords = (results: Results, sizes: LargeSizes): readonly LargeRecord[] =>
  results.measuredGroup<LargeRecord>(largeGroup(sizes));

/** ANDs within ε per neuron. */
export const perNeuron = (
  { worst, neurons }: Pick<WayRecord, "worst" | "neurons">,
  epsilon: number = strictEpsilon,
): number => countWithin(Float64Array.from(worst), epsilon) / neurons;

/**
 * From which ε on pairs are within ε when they are read less ε: errors lie between 0 and the largest, so it is half of the
 * largest (docs/theory/universal-and.md). Pairs without readers, and others that are off by 1 or more, stay out.
 */
export const lessConstant = <R extends Pick<WayRecord, "worst" | "neurons">>(record: R): R => ({
  ...record,
  worst: record.worst.map((error) => (error < 1 ? error / 2 : 1)),
});
