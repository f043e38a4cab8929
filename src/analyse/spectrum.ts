/** The singular values of everything that a net is compared with, in one record ready to be drawn. */
import type { Network } from "../evaluate/network.ts";
import { linearMap, oddTarget } from "../evaluate/odd-even-split.ts";
import { combine, identity } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";
import { effectiveRankOf } from "./effective-rank.ts";

/** Singular values, each descending, and effective ranks. */
export interface Spectra {
  readonly W_in: Spectrum;
  readonly W_out: Spectrum;
  /** W_out W_in: at most `neurons` values above rounding */
  readonly linearMap: Spectrum;
  /** M; null on clean labels */
  readonly mixing: Spectrum | null;
  readonly identityPlusMixing: Spectrum;
  /** I + 2M */
  readonly oddTarget: Spectrum;
}

/** One matrix's singular values, descending, and the effective rank that goes with them. */
export interface Spectrum {
  readonly singularValues: Float64Array;
  readonly effectiveRank: number;
}

/** The spectra of a net and its labels. */
export function spectra(network: Network): Spectra {
  const { W_in, W_out, M } = network;
  const unit = identity(W_in.shape[1]);
  return {
    W_in: spectrum(W_in),
    W_out: spectrum(W_out),
    linearMap: spectrum(linearMap(network)),
    mixing: M === null ? null : spectrum(M),
    identityPlusMixing: spectrum(M === null ? unit : combine(1, unit, 1, M)),
    oddTarget: spectrum(oddTarget(M, W_in.shape[1])),
  };
}

function spectrum(a: Parameters<typeof svd>[0]): Spectrum {
  const { s } = svd(a);
  return { singularValues: s, effectiveRank: effectiveRankOf(s) };
}
