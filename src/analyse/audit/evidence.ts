/** Evidence: one observation each, with the rule it is read by, and the verdict it speaks for. */
import { mean, standardError } from "../../numeric/statistics.ts";
import type { NoiseSensitivity } from "../noise-sensitivity.ts";
import type { CanonicalNetwork } from "./canonical-network.ts";
import type { Factorisations } from "./factorisations.ts";
import type { ExactMeasures, SampledMeasures } from "./measure.ts";
import type { Verdict } from "./verdict.ts";

/** A number of an observation. */
export interface EvidenceValue {
  readonly name: string;
  /** null where it is not known, such as a bound without a proof */
  readonly value: number | null;
  /** From sample set to sample set; left out where the number is exact. */
  readonly stderr?: number;
}

/** One observation. */
export interface Evidence {
  /** Stable, such as `coherence`. */
  readonly id: string;
  readonly title: string;
  /** What is read from the numbers, in words. */
  readonly rule: string;
  /** The line that the rule draws; null where it draws none. */
  readonly threshold: number | null;
  readonly values: readonly EvidenceValue[];
  /** What was found, for people. */
  readonly sentence: string;
  /** null: it speaks for none of the verdicts. */
  readonly speaksFor: Verdict | null;
}

/** All that was measured of a network. */
export interface Findings {
  readonly canonical: CanonicalNetwork;
  readonly exact: ExactMeasures;
  /** One a sample set, at least two. */
  readonly samples: readonly SampledMeasures[];
  /** Untrained factorisations of the labels; null where they say nothing. */
  readonly factorisations: Factorisations | null;
  /** Losses with noise on the hidden activations. */
  readonly noise: NoiseSensitivity;
}

/** A number that does not depend on drawn inputs. */
export const exactly = (name: string, value: number | null): EvidenceValue => ({ name, value });

/** The mean of a number over the sample sets, with its standard error. */
export function sampled(
  name: string,
  samples: readonly SampledMeasures[],
  of: (sample: SampledMeasures) => number,
): EvidenceValue & { readonly value: number } {
  const values = samples.map(of);
  const value = mean(values);
  const stderr = standardError(values);
  // Alike but for rounding is exact.
  return stderr <= 1e-12 * Math.abs(value) ? { name, value } : { name, value, stderr };
}

/** A number in a sentence: three significant digits. */
export function say(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2);
  return String(Number(value.toPrecision(3)));
}

/** A share in a sentence. */
export const percent = (share: number): string =>
  `${Number((100 * share).toPrecision(share > 0.985 && share < 1 ? 3 : 2))} %`;
