/** How many steps a run trains. */
import type { Spec } from "./schema.ts";

/**
 * The number of optimiser steps of a run: `training.steps`, or ⌊steps / P(sample not empty)⌋ when
 * `training.count` is `nonEmptySamples`, so that runs at different p see as many non-empty samples (Bhagat et al.
 * 2026: 105,033 steps at p = .001 and 15,773 at p = .01 for 100 features and 10,000 steps).
 */
export function trainingSteps(spec: Pick<Spec, "model" | "data" | "training">): number {
  const { steps, count } = spec.training;
  return count === "steps" ? steps : Math.floor(steps / nonEmptyChance(spec));
}

/**
 * P(at least one feature is active), by q ← q + (1 − q) p over what is drawn independently: no power is taken, so every
 * host gets the same bits, and nothing cancels at small p.
 */
function nonEmptyChance({ data, model }: Pick<Spec, "model" | "data">): number {
  if (data.kind === "exactly") return 1;
  const units = unitCount(data, model.features);
  let chance = 0;
  for (let i = 0; i < units; i++) {
    const p = typeof data.p === "number" ? data.p : data.p[i]!;
    chance += (1 - chance) * p;
    if (chance === 1) break;
  }
  return chance;
}

/** How many independent draws decide whether a sample is empty: groups and single features, or features alone. */
function unitCount(data: Exclude<Spec["data"], { kind: "exactly" }>, features: number): number {
  // Every feature of a synced group is drawn before it takes the others along.
  if (data.kind === "bernoulli" || data.kind === "synced") return features;
  return features - data.groups.flat().length + data.groups.length;
}
