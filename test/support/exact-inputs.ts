/**
 * All inputs of a small distribution with their probabilities: the oracle of every closed form.
 *
 * Values in [0, 1] are replaced by the two Gauss–Legendre nodes ½ ± 1/(2√3), exact for polynomials up to degree 3 on
 * each side of zero. Second moments of x, relu(x) and |x| are therefore exact, and so is every identity that rests on
 * them and on sign symmetry alone. An expectation of |w·x| is not the continuous one.
 */
import type { ValueKind } from "../../src/engine/engine.ts";
import type { GroupedInputs, InputDistribution } from "../../src/evaluate/moments.ts";

export interface WeightedInput {
  readonly x: Float64Array;
  readonly probability: number;
}

interface Node {
  readonly value: number;
  readonly weight: number;
}

const gauss = [0.5 - 1 / Math.sqrt(12), 0.5 + 1 / Math.sqrt(12)];
const nodesOf: Readonly<Record<ValueKind, readonly Node[]>> = {
  symmetric: gauss.flatMap((value) => [value, -value]).map((value) => ({ value, weight: 0.25 })),
  positive: gauss.map((value) => ({ value, weight: 0.5 })),
  sign: [-1, 1].map((value) => ({ value, weight: 0.5 })),
  binary: [{ value: 1, weight: 1 }],
};

/** Every input of the distribution; probabilities sum to 1. At most 5^features of them: keep features ≤ 5. */
export function everyInput(distribution: InputDistribution, features: number): WeightedInput[] {
  return everySupport(distribution, features).flatMap(({ active, probability }) =>
    everyValue(active, nodesOf[distribution.values]).map(({ x, probability: given }) => ({
      x,
      probability: probability * given,
    })),
  );
}

/** Σ probability · f(x), one number or a list added entry by entry. */
export function expectation(inputs: readonly WeightedInput[], f: (x: Float64Array) => number): number {
  return inputs.reduce((total, { x, probability }) => total + probability * f(x), 0);
}

function everySupport(distribution: InputDistribution, features: number) {
  const supports: { active: boolean[]; probability: number }[] = [];
  for (let bits = 0; bits < 2 ** features; bits++) {
    const active = Array.from({ length: features }, (_, i) => ((bits >> i) & 1) === 1);
    supports.push({ active, probability: supportProbability(distribution, active) });
  }
  return supports.filter(({ probability }) => probability > 0);
}

function supportProbability(distribution: InputDistribution, active: readonly boolean[]): number {
  if (distribution.kind === "bernoulli") {
    const { p } = distribution;
    const chance = (i: number) => (typeof p === "number" ? p : p[i]!);
    return active.reduce((product, on, i) => product * (on ? chance(i) : 1 - chance(i)), 1);
  }
  if (distribution.kind !== "exactly") return groupedProbability(distribution, active);
  const count = active.filter(Boolean).length;
  return count === distribution.k ? 1 / binomial(active.length, distribution.k) : 0;
}

/** Groups, and every other feature as a group of one, are independent. */
function groupedProbability({ kind, groups, p }: GroupedInputs, active: readonly boolean[]): number {
  const alone = active.flatMap((_, i) => (groups.flat().includes(i) ? [] : [[i]]));
  return [...groups, ...alone].reduce((product, group) => {
    const count = group.filter((i) => active[i]).length;
    if (kind === "anticorrelated") {
      const chances = [1 - p, p / group.length];
      return product * (chances[count] ?? 0);
    }
    const whole = kind === "synced" ? 1 - (1 - p) ** group.length : p;
    return product * (count === 0 ? 1 - whole : count === group.length ? whole : 0);
  }, 1);
}

function everyValue(active: readonly boolean[], nodes: readonly Node[]): WeightedInput[] {
  let inputs: WeightedInput[] = [{ x: new Float64Array(active.length), probability: 1 }];
  active.forEach((on, i) => {
    if (!on) return;
    inputs = inputs.flatMap(({ x, probability }) =>
      nodes.map(({ value, weight }) => ({ x: x.with(i, value), probability: probability * weight })),
    );
  });
  return inputs;
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < k; i++) result = (result * (n - i)) / (i + 1);
  return result;
}
