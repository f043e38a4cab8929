/** The losses of a problem's untrained solutions, without their networks. */
import { baselines } from "../baseline/baselines.ts";
import { mixingMatrix } from "../data/mixing.ts";
import { type Parts, partsOf } from "./measure.ts";
import type { BaselineTask } from "./task.ts";

/** What was computed for a `BaselineTask`: L/p on the spec's own data. */
export interface BaselineMeasurement {
  readonly semiNmf: Parts;
  /** The orientation of the published code. */
  readonly semiNmfPublished: Parts;
  readonly complementarySemiNmf: Parts;
  /** The rank bound. */
  readonly bound: Parts;
}

/** Inputs drawn for the nets without a closed form: the standard error of L/p is then about .0001 at p = .01. */
const samples = 1_000_000;

/** Computes the untrained solutions of a task's spec. */
export async function measureBaselines({ spec }: BaselineTask): Promise<BaselineMeasurement> {
  const mixing = mixingMatrix(spec.labels.mixing, spec.model.features);
  const { snmf, complementarySnmf, rankBound } = await baselines(spec, mixing, { samples, seed: spec.seed });
  return {
    semiNmf: partsOf(snmf!),
    semiNmfPublished: partsOf(snmf!.published),
    complementarySemiNmf: partsOf(complementarySnmf!),
    bound: partsOf(rankBound),
  };
}
