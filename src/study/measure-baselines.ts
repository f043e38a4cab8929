/** The losses of a problem's untrained solutions, without their networks. */
import { baselines } from "../baseline/baselines.ts";
import type { Baseline } from "../baseline/problem.ts";
import { mixingMatrix } from "../data/mixing.ts";
import { type Parts, partsOf } from "./measure.ts";
import type { BaselineTask } from "./task.ts";

/** L/p on the spec's own data, and for exactly one active feature. */
export interface BaselineLosses {
  readonly loss: Parts;
  readonly exactlyOne: Parts;
}

/** What was computed for a `BaselineTask`. */
export interface BaselineMeasurement {
  readonly semiNmf: BaselineLosses;
  /** The orientation of the published code. */
  readonly semiNmfPublished: BaselineLosses;
  readonly complementarySemiNmf: BaselineLosses;
  /** The rank bound. */
  readonly bound: BaselineLosses;
}

/** Computes the untrained solutions of a task's spec. */
export async function measureBaselines({ spec, restarts }: BaselineTask): Promise<BaselineMeasurement> {
  const mixing = mixingMatrix(spec.labels.mixing, spec.model.features);
  const { snmf, complementarySnmf, rankBound } = await baselines(spec, mixing, { seed: spec.seed, restarts });
  return {
    semiNmf: lossesOf(snmf!),
    semiNmfPublished: lossesOf(snmf!.published),
    complementarySemiNmf: lossesOf(complementarySnmf!),
    bound: lossesOf(rankBound!),
  };
}

const lossesOf = (baseline: Baseline): BaselineLosses => ({
  loss: partsOf(baseline),
  exactlyOne: partsOf(baseline.exactlyOne),
});
