/**
 * Σ_y = E[y yᵀ], the second moment of the labels y = relu(x) + M x, in closed form for every input distribution.
 *
 * Σ_y = E[r rᵀ] + E[r xᵀ] Mᵀ + M E[x rᵀ] + M E[x xᵀ] Mᵀ with r = relu(x): docs/theory/rank-bound.md.
 */
import { combine, type Matrix, multiply, transpose } from "../numeric/matrix.ts";
import { denseMoment, timesMoment } from "./moment.ts";
import { type InputDistribution, inputMoments } from "./moments.ts";

/**
 * The second moment of the labels (not centred, not divided by p).
 *
 * @param mixing M, [features, features], or null for clean labels
 * @returns Σ_y, [features, features], symmetric
 */
export function labelSecondMoment(
  mixing: Matrix | null,
  distribution: InputDistribution,
  features: number,
): Matrix<Float64Array> {
  const { inputs, reluInputs, relus } = inputMoments(distribution, features);
  const clean = denseMoment(relus);
  if (mixing === null) return clean;
  checkMixing(mixing, features);
  const cross = timesMoment(mixing, reluInputs); // M E[x rᵀ], whose moment is symmetric
  const linear = multiply(timesMoment(mixing, inputs), transpose(mixing));
  return symmetrised(combine(1, combine(1, clean, 2, cross), 1, linear));
}

/** ½ (A + Aᵀ): turns `clean + 2 cross + linear` into the sum with cross + crossᵀ, symmetric to the last bit. */
function symmetrised(a: Matrix): Matrix<Float64Array> {
  return combine(0.5, a, 0.5, transpose(a));
}

/** @throws unless M is [features, features]. */
export function checkMixing(mixing: Matrix, features: number): void {
  if (mixing.shape[0] === features && mixing.shape[1] === features) return;
  throw new Error(
    `labels: need a mixing matrix of [${features}, ${features}], got [${mixing.shape.join(", ")}]. Use one row and one column a feature.`,
  );
}
