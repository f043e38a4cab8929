/** The coefficients c of labels y = c ⊙ f(x) + M x. */
import { randomStream, uniforms } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";

/**
 * The coefficients of a spec's labels, in float64; uniform ones come from the stream `coefficients` of their own seed.
 * @returns [features]; null where there are none, all being 1
 */
export function labelCoefficients({ coefficients }: Spec["labels"], features: number): Float64Array | null {
  switch (coefficients.kind) {
    case "none":
      return null;
    case "uniform": {
      const { low, high, seed } = coefficients;
      return uniforms(randomStream(seed, "coefficients"), features).map((u) => low + (high - low) * u);
    }
    case "list":
      return Float64Array.from(coefficients.values);
  }
}
