/**
 * The rank bound for labels without a closed form, of pairs or of the caller's own, from a sampled Σ_y = E[y yᵀ]: an estimate, where `rankBound` is a
 * certificate. The sum of the smallest eigenvalues is concave in Σ_y, so on average the estimate lies below the bound;
 * directions found on other inputs err the other way. docs/theory/rank-bound.md, "Sampled labels".
 */
import { outputsOf } from "../engine/shape.ts";
import type { FunctionModel } from "../evaluate/function-model.ts";
import { labelsOf } from "../evaluate/function-model.ts";
import { density } from "../evaluate/moments.ts";
import type { SampleOptions } from "../evaluate/sampled-errors.ts";
import { eachInput } from "../evaluate/sampled-inputs.ts";
import { symmetricEigen } from "../numeric/eigen.ts";
import { combine, type Matrix, matrix } from "../numeric/matrix.ts";

/** An estimate of the least L/p that `neurons` neurons can have. */
export interface SampledRankBound {
  /** Too low on average, by its bias: with many features alike, many times `stderr`. */
  readonly lossPerP: number;
  /** Standard error of `lossPerP` from the inputs drawn, at the directions found; the bias comes on top. */
  readonly stderr: number;
  /** The same with the directions that the other half of the inputs gave: on average not too low. */
  readonly heldOut: number;
  readonly samples: number;
}

/** The labels that are asked about: y = c ⊙ f(x) + M x, those of pairs too. */
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
  const outputs = outputsOf(own);
  const halves = [matrix(outputs, outputs), matrix(outputs, outputs)] as const;
  const samples = await eachInput(features, options, (x, row) =>
    addOuter(halves[row % 2]!, labelsOf(own, x, row)),
  );
  const dropped = smallestDirections(combine(1, halves[0], 1, halves[1]), neurons);
  const droppedByHalf = halves.map((half) => smallestDirections(half, neurons));
  let [sum, sumOfSquares, heldOut] = [0, 0, 0];
  // The same inputs again: Σ over the dropped directions v of (v · y)², whose mean is the sum of their eigenvalues.
  await eachInput(features, options, (x, row) => {
    const y = labelsOf(own, x, row);
    const square = squareAlong(dropped, y);
    heldOut += squareAlong(droppedByHalf[1 - (row % 2)]!, y);
    sum += square;
    sumOfSquares += square * square;
  });
  const scale = outputs * density(options.distribution, features);
  const mean = sum / samples;
  const variance = Math.max(0, sumOfSquares - sum * mean) / (samples - 1);
  return {
    lossPerP: mean / scale,
    stderr: Math.sqrt(variance / samples) / scale,
    heldOut: heldOut / samples / scale,
    samples,
  };
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

/** Σ (v · y)² over directions v. */
function squareAlong(directions: readonly Float64Array[], y: Float64Array): number {
  return directions.reduce((total, v) => total + dot(v, y) ** 2, 0);
}

function dot(u: Float64Array, v: Float64Array): number {
  let total = 0;
  for (let i = 0; i < u.length; i++) total += u[i]! * v[i]!;
  return total;
}
