/** What an evaluated loss is read against: the naive solution and the bounds of its spec, where there are any. */
import {
  naive,
  type Problem,
  powerBound,
  problemOf,
  rankBound,
  whyNoNets,
  whyNoPowerBound,
  whyNoRankBound,
} from "../src/baseline/index.ts";
import type { InputDistribution } from "../src/evaluate/index.ts";
import type { Model } from "../src/model/index.ts";
import type { Spec } from "../src/spec/index.ts";

/** L/p of the squared error; null where it is not for the spec. */
export interface References {
  /** The naive solution on clean labels. */
  readonly naive: number | null;
  readonly rankBound: number | null;
}

const problemAt = (spec: Spec, { M }: Model, distribution: InputDistribution): Problem => ({
  ...problemOf(spec, M),
  distribution,
});

/** The references at inputs of a distribution. */
export function referencesAt(spec: Spec, model: Model, distribution: InputDistribution): References {
  const problem = problemAt(spec, model, distribution);
  return {
    naive: whyNoNets(problem) === null ? naive(problem).lossPerP : null,
    rankBound: whyNoRankBound(problem) === null ? rankBound(problem).lossPerP : null,
  };
}

/** The certificate of L^q/p at inputs of a distribution; null where it is not for the spec. */
export function powerBoundAt(
  spec: Spec,
  model: Model,
  distribution: InputDistribution,
  exponent: number,
): number | null {
  const problem = problemAt(spec, model, distribution);
  return whyNoPowerBound(problem) === null ? powerBound(problem, { exponent }).lossPerP : null;
}

/** Why references are null at inputs of a distribution, a sentence each. */
export function absentReferences(
  spec: Spec,
  model: Model,
  distribution: InputDistribution,
): readonly string[] {
  const problem = problemAt(spec, model, distribution);
  const reasons = [
    ["Naive", whyNoNets(problem)],
    ["Rank bound", whyNoRankBound(problem)],
    ["Bound of L^q", spec.loss.exponent === 2 ? null : whyNoPowerBound(problem)],
  ] as const;
  return reasons.flatMap(([name, why]) => (why === null ? [] : [`${name}: ${why}`]));
}
