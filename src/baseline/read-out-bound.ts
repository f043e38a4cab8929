/**
 * How small mean |ŷ − y|^q can be for a given read-out W_out, clean labels and one active feature, q ≥ 2.
 *
 * For x = v e_i, v > 0, the output lies in V, the span of W_out's columns, so the loss is at least v^q dist_q(e_i, V)^q.
 * That distance is a convex problem, solved here with a proof beside it, and with Q the projector on V's complement it
 * is at least Q_ii / ‖Q e_i‖_q', 1/q + 1/q' = 1. Proofs: docs/theory/lq-certificates.md.
 */
import type { ValueKind } from "../engine/engine.ts";
import { powerMoments } from "../evaluate/power-loss.ts";
import { pow } from "../numeric/elementary.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { distanceToSpan, orthonormalBasis } from "../numeric/nearest-point.ts";
import { absolutePower } from "../numeric/power.ts";
import { mean } from "../numeric/statistics.ts";

/** The least loss of a read-out. The activations that attain it need not be those of a ReLU layer. */
export interface ReadOutBound {
  /** q */
  readonly exponent: number;
  /** L/p from the distances that the solver proves, a lower bound up to rounding. */
  readonly lossPerP: number;
  /** L/p from the points that the solver found; the least loss lies between the two. */
  readonly found: number;
  /** L/p from the projector's formula: no more than `lossPerP`. */
  readonly projectorBound: number;
  /** dist_q(e_i, V)^q that is proved, [features]; for a unit input of one feature. */
  readonly perFeature: Float64Array;
}

/**
 * The least L^q loss per p of any network with this read-out, for exactly one active feature and clean labels.
 *
 * @param W_out [features, neurons]
 * @param exponent q ≥ 2
 * @throws RangeError when q < 2, or W_out is not finite.
 */
export function readOutBound(W_out: Matrix, exponent: number, values: ValueKind = "symmetric"): ReadOutBound {
  const basis = orthonormalBasis(W_out);
  const power = absolutePower(exponent);
  const { positive } = powerMoments(exponent, values);
  const features = Array.from({ length: W_out.shape[0] }, (_, i) => i);
  const distances = features.map((i) => {
    const unit = Float64Array.from(features, (k) => (k === i ? 1 : 0));
    return distanceToSpan(basis, unit, exponent);
  });
  const perFeature = Float64Array.from(distances, ({ lowerBound }) => power(lowerBound));
  return {
    exponent,
    lossPerP: positive * mean(perFeature),
    found: positive * mean(distances.map(({ distance }) => power(distance))),
    projectorBound: positive * mean(features.map((i) => power(projectorDistance(basis, i, exponent)))),
    perFeature,
  };
}

/** Q_ii / ‖Q e_i‖_q' with Q = I − B Bᵀ; 0 where e_i lies in the span, but for rounding. */
function projectorDistance({ data, shape: [rows, columns] }: Matrix, i: number, exponent: number): number {
  const dual = exponent / (exponent - 1);
  const power = absolutePower(dual);
  let total = 0;
  let own = 0;
  for (let k = 0; k < rows; k++) {
    let value = k === i ? 1 : 0;
    for (let j = 0; j < columns; j++) value -= data[k * columns + j]! * data[i * columns + j]!;
    if (k === i) own = value;
    total += power(value);
  }
  return own > rows * 2 ** -52 ? own / pow(total, 1 / dual) : 0;
}
