/** The one factor on all outputs that serves a network best on clean labels, so that taking M away is no straw man. */
import type { ValueKind } from "../../engine/engine.ts";
import type { Network } from "../../evaluate/network.ts";
import { powerLoss } from "../../evaluate/power-loss.ts";
import { goldenSection } from "../../numeric/golden-section.ts";
import type { Matrix } from "../../numeric/matrix.ts";

const range = { low: 0, high: 4, tolerance: 1e-4 } as const;

/**
 * The factor s in [0, 4] that makes the loss of s ŷ least on clean labels, one feature active. The loss is convex in s for
 * q ≥ 1, so it has one valley.
 */
export function bestCleanScale(network: Network, exponent: number, values: ValueKind): number {
  const loss = (s: number) => powerLoss({ ...scaleOutput(network, s), M: null }, exponent, values).lossPerP;
  return goldenSection(loss, range);
}

/** s ŷ. */
export function scaleOutput(network: Network, s: number): Network {
  const { data, shape } = network.W_out;
  const W_out: Matrix<Float64Array> = { data: Float64Array.from(data, (value) => s * value), shape };
  return { ...network, W_out };
}
