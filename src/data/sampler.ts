/** How a spec's data are drawn, and how often a feature is active. */
import type { Sampler } from "../engine/engine.ts";
import type { Spec } from "../spec/schema.ts";

/** The sampler of a spec's data. @throws for data that no sampler draws yet; specs are checked before. */
export function samplerOf(data: Spec["data"]): Sampler {
  if (data.kind === "exactly") return data;
  if (data.kind === "bernoulli" && typeof data.p === "number") return { ...data, p: data.p };
  throw new Error(`data: not available yet: ${data.kind}. Use bernoulli with one p, or exactly.`);
}

/** Probability that a feature is active, the p of L/p: for exactly k of n features, k/n. */
export function densityOf(sampler: Sampler, features: number): number {
  return sampler.kind === "exactly" ? sampler.k / features : sampler.p;
}
