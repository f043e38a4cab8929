/** One distribution of every kind and value, small enough to enumerate, each with four features. */
import type { InputDistribution } from "../../src/evaluate/moments.ts";

export const features = 4;

const values = ["symmetric", "positive", "sign"] as const;

export const everyDistribution: readonly InputDistribution[] = values.flatMap((kind): InputDistribution[] => [
  { kind: "bernoulli", p: 0.3, values: kind },
  { kind: "bernoulli", p: 1, values: kind },
  { kind: "bernoulli", p: [0.9, 0.2, 0.5, 0.05], values: kind },
  { kind: "exactly", k: 1, values: kind },
  { kind: "exactly", k: 2, values: kind },
  { kind: "exactly", k: 4, values: kind },
]);

export const everySignSymmetric = everyDistribution.filter((one) => one.values !== "positive");

/** "bernoulli 0.3 sign": the name of a test case. */
export function nameOf(distribution: InputDistribution): string {
  const how = distribution.kind === "exactly" ? distribution.k : distribution.p;
  return `${distribution.kind} ${String(how)} ${distribution.values}`;
}
