/**
 * Σ_y = E[y yᵀ], the second moment of the labels y = c ⊙ f(x) + M x, in closed form for independent features and for
 * exactly k active ones.
 *
 * Σ_y = E[r rᵀ] + E[r xᵀ] Mᵀ + M E[x rᵀ] + M E[x xᵀ] Mᵀ with r = c ⊙ f(x): docs/theory/rank-bound.md.
 */
import type { LabelName } from "../engine/shape.ts";
import { combine, type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { type ElementwiseLabels, functionMoments } from "./function-moments.ts";
import { apply, denseMoment, timesMoment } from "./moment.ts";
import { activity, type InputDistribution, inputMoments, valueMoments } from "./moments.ts";

/** Labels beside relu(x) + M x, and which moment of them. */
export interface LabelMomentOptions {
  /** f; relu unless told. */
  readonly labels?: LabelName;
  /** c, [features]; all 1 unless told. */
  readonly coefficients?: Float64Array;
  /** Cov(y) = Σ_y − E y E yᵀ in place of Σ_y. */
  readonly centred?: boolean;
}

/**
 * The second moment of the labels (not centred unless told, not divided by p).
 *
 * @param mixing M, [features, features], or null for 0
 * @returns Σ_y, [features, features], symmetric
 * @throws on labels of pairs and on groups of features, whose moments have to be sampled
 */
export function labelSecondMoment(
  mixing: Matrix | null,
  distribution: InputDistribution,
  features: number,
  { labels = "relu", coefficients, centred = false }: LabelMomentOptions = {},
): Matrix<Float64Array> {
  if (mixing !== null) checkMixing(mixing, features);
  const f = functionMoments(elementwise(labels), distribution, features);
  const c = coefficients ?? new Float64Array(features).fill(1);
  const own = scaled(denseMoment(f.squares), c, c);
  const sigma = mixing === null ? own : withMixing(own, mixing, distribution, f, c);
  if (!centred) return sigma;
  const inputMean = activity(distribution, features).map((p) => p * valueMoments(distribution.values).mean);
  const mixed = mixing === null ? null : apply(mixing, inputMean);
  const mean = f.mean.map((value, i) => c[i]! * value + (mixed?.[i] ?? 0));
  return combine(1, sigma, -1, outer(mean));
}

function withMixing(
  own: Matrix,
  mixing: Matrix,
  distribution: InputDistribution,
  { timesInputs }: ReturnType<typeof functionMoments>,
  c: Float64Array,
): Matrix<Float64Array> {
  const { inputs } = inputMoments(distribution, c.length);
  // M E[x rᵀ]; E[f xᵀ] is symmetric.
  const cross = scaled(timesMoment(mixing, timesInputs), null, c);
  const linear = multiply(timesMoment(mixing, inputs), transpose(mixing));
  return symmetrised(combine(1, combine(1, own, 2, cross), 1, linear));
}

/** @throws on labels of pairs. */
function elementwise(labels: LabelName): ElementwiseLabels {
  if (labels !== "and" && labels !== "xor") return labels;
  throw new Error(
    `labelSecondMoment: need labels of single features, got ${labels}, of pairs. Use sampledRankBound, which samples them.`,
  );
}

/** diag(left) A diag(right); null: the identity. */
function scaled(a: Matrix, left: Float64Array | null, right: Float64Array): Matrix<Float64Array> {
  const [rows, columns] = a.shape;
  return matrix(
    rows,
    columns,
    Float64Array.from(a.data, (value, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      return value * (left?.[i] ?? 1) * right[j]!;
    }),
  );
}

/** u uᵀ */
function outer(u: Float64Array): Matrix<Float64Array> {
  const n = u.length;
  return matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => u[Math.floor(at / n)]! * u[at % n]!),
  );
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
