/**
 * The rank bound for labels of the caller's own, from a sampled Σ_y = E[y yᵀ]: an estimate, where `rankBound` is a
 * certificate. The sum of the smallest eigenvalues is concave in Σ_y, so on average the estimate lies below the bound.
 */
import type { FunctionModel } from "../evaluate/function-model.ts";
import { labelsOf } from "../evaluate/function-model.ts";
import { density } from "../evaluate/moments.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import { eachInput } from "../evaluate/sampled-inputs.ts";
import { symmetricEigen } from "../numeric/eigen.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";

/** An estimate of the least L/p that `neurons` neurons can have. */
export interface SampledRankBound {
  readonly lossPerP: number;
  /** Standard error of `lossPerP` from the inputs drawn, at the directions found. */
  readonly stderr: number;
  readonly samples: number;
}

/** The labels that are asked about: y = f(x) + M x. */
export type OwnLabels = Omit<FunctionModel, "forward">;

/**
 * Estimates the rank bound from sampled labels; what the bound assumes is in `rankBoundConditions`.
 * @throws when the label function answers with anything but `features` finite numbers.
 * @example await sampledRankBound({ features: 100, labels: (x) => x.map(Math.abs) }, 50, { distribution, samples: 1e5 })
 */
export async function sampledRankBound(
  own: OwnLabels,
  neurons: number,
  options: SampleOptions,
): Promise<SampledRankBound> {
  const { features } = own;
  const moment = matrix(features, features);
  const samples = await eachInput(features, options, (x, row) => addOuter(moment, labelsOf(own, x, row)));
  const dropped = smallestDirections(moment, neurons);
  let [sum, sumOfSquares] = [0, 0];
  // The same inputs again: Σ over the dropped directions v of (v · y)², whose mean is the sum of their eigenvalues.
  await eachInput(features, options, (x, row) => {
    const y = labelsOf(own, x, row);
    const square = dropped.reduce((total, v) => total + dot(v, y) ** 2, 0);
    sum += square;
    sumOfSquares += square * square;
  });
  const scale = features * density(options.distribution, features);
  const mean = sum / samples;
  const variance = Math.max(0, sumOfSquares - sum * mean) / (samples - 1);
  return { lossPerP: mean / scale, stderr: Math.sqrt(variance / samples) / scale, samples };
}

/** A += y yᵀ; labels are mostly 0. */
function addOuter(a: Matrix<Float64Array>, y: Float64Array): void {
  const n = y.length;
  for (let i = 0; i < n; i++) {
    if (y[i] === 0) continue;
    for (let j = 0; j < n; j++) a.data[i * n + j]! += y[i]! * y[j]!;
  }
}

/** The eigenvectors of all but the `kept` largest eigenvalues. */
function smallestDirections(moment: Matrix, kept: number): readonly Float64Array[] {
  const n = moment.shape[0];
  const { vectors } = symmetricEigen(moment);
  return Array.from({ length: Math.max(0, n - kept) }, (_, k) =>
    Float64Array.from({ length: n }, (_, i) => vectors.data[i * n + kept + k]!),
  );
}

function dot(u: Float64Array, v: Float64Array): number {
  let total = 0;
  for (let i = 0; i < u.length; i++) total += u[i]! * v[i]!;
  return total;
}
