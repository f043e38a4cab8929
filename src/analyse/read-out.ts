/**
 * Whether the decoder inverts the encoder: W_out against pinv(W_in), and R = W_out W_in against α P, P the projector on
 * W_in's row space. If W_out = α pinv(W_in) then R = α P (da Silva & Heimersheim, arXiv 2607.04800: cosine ≥ .99).
 */

import { type Network, sizesOf } from "../evaluate/network.ts";
import { linearMap } from "../evaluate/odd-even-split.ts";
import { multiply, squaredNorm } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { compareMatrices } from "./linear-map.ts";

/** A decoder beside its encoder's pseudoinverse, and R beside P and I. */
export interface ReadOutComparison {
  /** Cosine of W_out and pinv(W_in); 0 when either is zero */
  readonly pseudoinverseCosine: number;
  /** α that makes ‖R − α P‖ least */
  readonly projectorScale: number;
  /** ‖R − α P‖² / ‖R‖² at that α; 0 when R is zero */
  readonly projectorResidual: number;
  /** Least ‖s R − I‖² / (n − h) over s, at least 1 since R has rank h or less; null when h ≥ n */
  readonly identityResidual: number | null;
}

/** Compares a network's decoder with its encoder. */
export function compareReadOut(network: Network): ReadOutComparison {
  const { features, neurons } = sizesOf(network);
  const inverse = pseudoinverse(network.W_in);
  const R = linearMap(network);
  const { bestScale, cosine } = compareMatrices(R, multiply(inverse, network.W_in));
  const square = squaredNorm(R);
  let trace = 0;
  for (let i = 0; i < features; i++) trace += R.data[i * (features + 1)]!;
  // min over s of ‖s R − I‖² = n − (tr R)² / ‖R‖²
  const least = features - (square === 0 ? 0 : (trace * trace) / square);
  return {
    pseudoinverseCosine: compareMatrices(network.W_out, inverse).cosine,
    projectorScale: bestScale,
    projectorResidual: square === 0 ? 0 : Math.max(0, 1 - cosine * cosine),
    identityResidual: neurons >= features ? null : least / (features - neurons),
  };
}
