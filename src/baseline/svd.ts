/**
 * The SVD net: neurons along the singular vectors of I + 2M, so that the linear part of the loss meets its bound.
 *
 * With D = diag E x_i² and (I + 2M) D^½ = Σ_k σ_k u_k v_kᵀ, the net has W_out's columns s_k √σ_k u_k and W_in's rows
 * s_k √σ_k v_kᵀ D^−½ for k ≤ h. W_out W_in is then the best map of rank h, whatever the signs s_k = ±1. The signs
 * act on the even part alone, and since the u_k are orthonormal each acts by itself:
 * E‖Σ_k s_k σ_k u_k |v_k·x| − |x|‖² falls most with s_k = sign E[|v_k·x| (u_k·|x|)], taken for exactly one active
 * feature, where it is sign Σ_i E x_i² |W_in,ki| u_ki. Not trained, and not the best net: it shows what the linear
 * bound costs when the even part is left to chance.
 */
import { checkMixing } from "../evaluate/label-moment.ts";
import { activity, valueMoments } from "../evaluate/moments.ts";
import type { Network } from "../evaluate/network.ts";
import { oddTarget, requireSignSymmetry } from "../evaluate/odd-even-split.ts";
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";
import { type Problem, requireNets } from "./problem.ts";
import { type SampledBaseline, type Sampling, sampledBaseline } from "./sampled.ts";

/**
 * The losses of the SVD net. Its even part has no closed form beyond one active feature, and is sampled.
 * @throws on `positive` values, where the loss has no linear part.
 */
export async function svdBaseline(problem: Problem, sampling: Sampling = {}): Promise<SampledBaseline> {
  return sampledBaseline(svdNetwork(problem), problem.distribution, sampling);
}

/** The SVD net of a problem. @throws on `positive` values, where the loss has no linear part. */
export function svdNetwork(problem: Problem): Network {
  requireNets("svdNetwork", problem);
  const { features, neurons, mixing, distribution } = problem;
  requireSignSymmetry(distribution);
  if (mixing !== null) checkMixing(mixing, features);
  const { square } = valueMoments(distribution.values);
  const D = activity(distribution, features).map((p) => p * square);
  const { u, s, v } = svd(scaleColumnsByRoot(oddTarget(mixing, features), D));
  const W_in = matrix(neurons, features);
  const W_out = matrix(features, neurons);
  for (let k = 0; k < Math.min(neurons, features); k++) {
    const sign = bestSign(u, v, D, k);
    for (let i = 0; i < features; i++) {
      W_in.data[k * features + i] = (sign * Math.sqrt(s[k]!) * v.data[i * features + k]!) / Math.sqrt(D[i]!);
      W_out.data[i * neurons + k] = sign * Math.sqrt(s[k]!) * u.data[i * features + k]!;
    }
  }
  return { W_in, W_out, M: mixing };
}

/** sign Σ_i E x_i² |W_in,ki| u_ki, up to the positive factor √σ_k. */
function bestSign(u: Matrix, v: Matrix, D: Float64Array, k: number): 1 | -1 {
  const features = D.length;
  let agreement = 0;
  for (let i = 0; i < features; i++) {
    agreement += Math.sqrt(D[i]!) * Math.abs(v.data[i * features + k]!) * u.data[i * features + k]!;
  }
  return agreement < 0 ? -1 : 1;
}

/** A D^½. */
function scaleColumnsByRoot(a: Matrix, D: Float64Array): Matrix<Float64Array> {
  const scaled = matrix(a.shape[0], a.shape[1], a.data);
  for (let i = 0; i < scaled.data.length; i++) scaled.data[i]! *= Math.sqrt(D[i % D.length]!);
  return scaled;
}
