/** The activation functions and their slopes, in float64. At a kink the slope is 0, as PyTorch has it. */
import { normalDensity, normalDistribution } from "../numeric/normal.ts";
import type { Activation } from "./shape.ts";

/** σ and σ′, for one number. */
export interface ActivationFunction {
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
}

/** Every activation function by its name. */
export const activations: Readonly<Record<Activation, ActivationFunction>> = {
  identity: { value: (z) => z, slope: () => 1 },
  relu: { value: (z) => Math.max(0, z), slope: (z) => (z > 0 ? 1 : 0) },
  gelu: {
    value: (z) => z * normalDistribution(z),
    slope: (z) => normalDistribution(z) + z * normalDensity(z),
  },
  abs: { value: Math.abs, slope: Math.sign },
  square: { value: (z) => z * z, slope: (z) => 2 * z },
};
