/**
 * One feature more than there are dimensions: n features, n − 1 linear neurons, tied weights, ReLU outputs with biases,
 * ŷ = relu(WᵀW x + b). Something must give: a feature is ignored, or two share a dimension from opposite sides.
 *
 * The hand-built networks behind the phase diagrams of Elhage et al. 2022 (arXiv 2209.10652), with their exact losses:
 * docs/theory/one-feature-too-many.md. Every feature has importance 1 but the last, the extra one, which has r; values are
 * U[0, 1], and s is their density. Limit: trained networks do better than these where features collide often.
 */

import type { Network } from "../evaluate/network.ts";
import { type Matrix, matrix, transpose } from "../numeric/matrix.ts";

/** What is given up: a feature's answer, or a dimension of its own for two of them. */
export type Placement = "ignore-extra" | "ignore-unit" | "share-extra" | "share-units";

/** How many features, how often, and how much the last one counts. */
export interface SparseFeatures {
  /** n ≥ 2; neurons are one fewer. */
  readonly features: number;
  /** s, in (0, 1] */
  readonly density: number;
  /** r > 0, of the extra feature relative to the others. */
  readonly importance: number;
}

/**
 * The loss of every placement, Σ_i I_i E(ŷ_i − x_i)², summed over outputs; two units can share only from 3 features on.
 *
 * @returns placements with their losses, the least loss first
 * @throws when there are fewer than 2 features, or density or importance are out of range
 */
export function placementLosses(
  problem: SparseFeatures,
): readonly { readonly placement: Placement; readonly loss: number }[] {
  checkProblem(problem);
  const { features, density: s, importance: r } = problem;
  // The variance of a feature, which its best constant s/2 leaves; and E min(x_i, x_j)², what an antipodal pair loses twice.
  const ignored = s / 3 - (s * s) / 4;
  const collision = (s * s) / 6;
  const losses = [
    { placement: "ignore-extra", loss: r * ignored },
    { placement: "ignore-unit", loss: ignored },
    { placement: "share-extra", loss: (1 + r) * collision },
    ...(features > 2 ? [{ placement: "share-units", loss: 2 * collision } as const] : []),
  ] as const;
  return losses.toSorted((a, b) => a.loss - b.loss);
}

/**
 * The density s* = 4r/(2 + 5r) below which the extra feature shares a dimension, above which it is ignored.
 * @param importance r, in (0, 1]
 * @throws when r is out of range: then the extra feature is not the one to give up
 * @example sharingDensity(1) // 4/7
 */
export function sharingDensity(importance: number): number {
  if (!(importance > 0 && importance <= 1)) {
    throw new Error(
      `sharingDensity: need an importance in (0, 1], got ${importance}. Divide by the larger importance.`,
    );
  }
  return (4 * importance) / (2 + 5 * importance);
}

/** The network of a placement, float64. @throws as {@link placementLosses} does, and for two units where there is one */
export function placedNetwork(problem: SparseFeatures, placement: Placement): Network {
  checkProblem(problem);
  const { features, density } = problem;
  if (placement === "share-units" && features < 3) {
    throw new Error(
      `placedNetwork: need 3 features for two units to share, got ${features}. Use share-extra.`,
    );
  }
  const W_in = placedWeights(features, placement);
  const b_out = new Float64Array(features);
  if (placement === "ignore-extra") b_out[features - 1] = density / 2;
  if (placement === "ignore-unit") b_out[0] = density / 2;
  const bias = { hidden: "none", output: "learned" } as const;
  return {
    ...{ W_in, W_out: transpose(W_in), b_out, M: null, labels: "identity" },
    architecture: { activation: "identity", output: "relu", bias, tied: true, layers: 1 },
  };
}

/** Columns ± of the unit vectors; feature 0 is the unit that is ignored or shared. */
function placedWeights(features: number, placement: Placement): Matrix<Float64Array> {
  const neurons = features - 1;
  const W = matrix(neurons, features);
  const put = (feature: number, neuron: number, weight: number) => {
    W.data[neuron * features + feature] = weight;
  };
  const extra = features - 1;
  // Without the extra feature, every unit has a neuron of its own number.
  for (let unit = 0; unit < neurons; unit++) put(unit, unit, 1);
  if (placement === "share-extra") put(extra, 0, -1);
  if (placement === "ignore-unit" || placement === "share-units") {
    put(0, 0, 0);
    put(extra, 0, 1);
  }
  if (placement === "share-units") put(0, 1, -1);
  return W;
}

function checkProblem({ features, density, importance }: SparseFeatures): void {
  if (!(Number.isInteger(features) && features >= 2)) {
    throw new Error(`placementLosses: need 2 features or more, got ${features}. Try 2.`);
  }
  if (!(density > 0 && density <= 1 && importance > 0)) {
    throw new Error(
      `placementLosses: need a density in (0, 1] and an importance above 0, got ${density} and ${importance}. Try 0.1 and 1.`,
    );
  }
}
