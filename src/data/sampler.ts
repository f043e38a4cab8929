/** How a spec's data are drawn, and how often a feature is active. */
import type { Sampler, Unit } from "../engine/engine.ts";
import { pow } from "../numeric/elementary.ts";
import type { Spec } from "../spec/schema.ts";

type Data = Spec["data"];
type Grouped = Extract<Data, { readonly groups: unknown }>;

/**
 * The sampler of a spec's data.
 * @param features n
 * @example samplerOf(preset("cc-clean").data, 100) // { kind: "bernoulli", p: 0.01, values: "symmetric" }
 */
export function samplerOf(data: Data, features: number): Sampler {
  const { values } = data;
  switch (data.kind) {
    case "exactly":
      return { kind: "exactly", k: data.k, values };
    case "bernoulli":
      if (typeof data.p === "number") return { kind: "bernoulli", p: data.p, values };
      return { kind: "units", units: data.p.map((p, feature) => alone(feature, p)), values };
    default:
      return { kind: "units", units: unitsOf(data, features), values };
  }
}

const alone = (feature: number, p: number): Unit => ({ features: [feature], p, draws: "all" });

/** The groups of the data, and every feature that is in none by itself. */
function unitsOf({ kind, groups, p }: Grouped, features: number): readonly Unit[] {
  const grouped = new Set(groups.flat());
  const rest = Array.from({ length: features }, (_, feature) => feature).filter((i) => !grouped.has(i));
  const units = groups.map((members): Unit => {
    // Synced features would each be active with probability p alone; one that is takes the whole group along.
    const ofGroup = kind === "synced" ? 1 - pow(1 - p, members.length) : p;
    return { features: members, p: ofGroup, draws: kind === "anticorrelated" ? "one" : "all" };
  });
  return [...units, ...rest.map((feature) => alone(feature, p))];
}

/** Probability that a feature is active, the p of L/p: the mean over features where they differ; k/n for exactly k of n. */
export function densityOf(sampler: Sampler, features: number): number {
  switch (sampler.kind) {
    case "exactly":
      return sampler.k / features;
    case "bernoulli":
      return sampler.p;
    case "units": {
      const active = ({ features: members, p, draws }: Unit) => (draws === "all" ? members.length * p : p);
      return sampler.units.reduce((sum, unit) => sum + active(unit), 0) / features;
    }
  }
}
