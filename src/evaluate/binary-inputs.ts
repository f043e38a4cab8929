/** Inputs of 0 and 1 with exactly s features on: all of them where they are few enough, else a sample whose share is told. */
import { randomStream, uniforms } from "../numeric/random.ts";

/** Which inputs are looked at. */
export interface BinaryInputs {
  readonly features: number;
  /** s */
  readonly active: number;
  /** The features that are on, ascending, an input each. */
  readonly inputs: readonly (readonly number[])[];
  /** Whether these are all C(n, s) inputs, each once. */
  readonly exhaustive: boolean;
  /** Share of all inputs that is among these. */
  readonly coverage: number;
}

/** How many inputs, and of which draw. */
export interface BinaryInputOptions {
  /** Beyond this many inputs a sample of this size is drawn, with replacement; 20,000 unless told. */
  readonly most?: number;
  /** 0 unless told. */
  readonly seed?: number;
}

/**
 * The inputs with exactly `active` features on.
 * @throws unless features, active and most are whole numbers, 0 ≤ active ≤ features and most ≥ 1.
 * @example binaryInputs(4, 2).inputs // [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]
 */
export function binaryInputs(
  features: number,
  active: number,
  { most = 20_000, seed = 0 }: BinaryInputOptions = {},
): BinaryInputs {
  const whole = [features, active, most].every((value) => Number.isSafeInteger(value));
  if (!whole || active < 0 || active > features || most < 1) {
    throw new Error(
      `binaryInputs: need whole numbers with 0 ≤ active ≤ features and most ≥ 1, got ${active} of ${features} features and most ${most}. Try 3 of 100.`,
    );
  }
  const total = choose(features, active);
  if (total <= most) {
    return { features, active, inputs: allSubsets(features, active), exhaustive: true, coverage: 1 };
  }
  const inputs = sampledSubsets(features, active, most, seed);
  const distinct = new Set(inputs.map((on) => on.join())).size;
  return { features, active, inputs, exhaustive: false, coverage: distinct / total };
}

/** C(n, k) for 0 ≤ k ≤ n as a float64, exact below 2^53. */
export function choose(n: number, k: number): number {
  let result = 1;
  // Each product is a binomial coefficient times t, so every division is exact while numbers are.
  for (let t = 1; t <= k; t++) result = (result * (n - k + t)) / t;
  return result;
}

function allSubsets(features: number, active: number): number[][] {
  const on = Array.from({ length: active }, (_, t) => t);
  const all: number[][] = [];
  for (;;) {
    all.push([...on]);
    let t = active - 1;
    while (t >= 0 && on[t] === features - active + t) t--;
    if (t < 0) return all;
    on[t]!++;
    for (let later = t + 1; later < active; later++) on[later] = on[later - 1]! + 1;
  }
}

/** Floyd's sampling (Bentley & Floyd 1987): every subset as likely, s draws an input. */
function sampledSubsets(features: number, active: number, count: number, seed: number): number[][] {
  const u = uniforms(randomStream(seed, "binary inputs"), count * active);
  return Array.from({ length: count }, (_, input) => {
    const on = new Set<number>();
    for (let t = 0; t < active; t++) {
      const last = features - active + t;
      const drawn = Math.floor(u[input * active + t]! * (last + 1));
      on.add(on.has(drawn) ? last : drawn);
    }
    return [...on].sort((a, b) => a - b);
  });
}
