/**
 * The audit: is a network computing in superposition, or what else explains its loss?
 *
 * The network is brought to a canonical form, measured, and judged by rules on every one of several sample sets drawn
 * afresh; the verdict is what most of them give. Rules: ./verdict.ts; how to read it: docs/guides/audit.md.
 */

import { withExactlyOne } from "../../baseline/problem.ts";
import type { InputDistribution } from "../../evaluate/moments.ts";
import type { Network } from "../../evaluate/network.ts";
import { noiseSensitivity } from "../noise-sensitivity.ts";
import { type AuditProblem, requireAuditable } from "./audit-problem.ts";
import { type CanonicalNetwork, canonicalNetwork } from "./canonical-network.ts";
import { agreement, type Confidence } from "./confidence.ts";
import type { Evidence, Findings } from "./evidence.ts";
import { factorisationsOf } from "./factorisations.ts";
import {
  certificateEvidence,
  lossEvidence,
  mixingEvidence,
  splitEvidence,
  squaredEvidence,
} from "./loss-evidence.ts";
import {
  type ExactMeasures,
  exactMeasures,
  type SampledMeasures,
  sampledMeasures,
  verdictNumbers,
} from "./measure.ts";
import { changesOf, summaryOf } from "./narrative.ts";
import {
  alignmentEvidence,
  codeEvidence,
  coherenceEvidence,
  computationEvidence,
  noiseEvidence,
  noiseScale,
  ownNeuronEvidence,
  spreadEvidence,
  swapEvidence,
} from "./structure-evidence.ts";
import { type Verdict, type VerdictNumbers, verdictOf } from "./verdict.ts";

/** A verdict with its reasons; plain data but for the canonical network. */
export interface Audit {
  readonly verdict: Verdict;
  readonly confidence: Confidence;
  /** Why, in one sentence or two. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly whatWouldChangeIt: readonly string[];
  readonly exponent: number;
  readonly distribution: InputDistribution;
  readonly canonical: CanonicalNetwork;
}

/** What a network was trained for, and how it is audited. */
export interface AuditOptions extends AuditProblem {
  /** Sample sets, at least 2; 20 unless told. */
  readonly resamplings?: number;
  /** Seed of the first sample set, the others follow; 0 unless told. */
  readonly seed?: number;
  /** Called with the share that is done. */
  readonly onProgress?: (done: number) => void;
}

const usualResamplings = 20;
/** Of noise, where it has no closed form. */
const noiseSamples = 2000;
/** Where a code shows (da Silva & Heimersheim, arXiv 2607.04800): what squared error leaves open is asked here too. */
const codeExponent = 4;

/**
 * Audits a network; two to ten seconds for 100 features and 50 neurons.
 *
 * @throws on networks other than bias-free ReLU nets with labels relu(x) + M x, on numbers that are not finite, on inputs
 *   that are never negative or not alike, and on fewer than two sample sets
 * @example (await audit(model, { distribution: spec.data, exponent: 2 })).verdict // "explained by label mixing"
 */
export async function audit(network: Network, options: AuditOptions): Promise<Audit> {
  const { distribution, exponent, resamplings = usualResamplings, seed = 0, onProgress } = options;
  requireAuditable(options);
  if (!Number.isSafeInteger(resamplings) || resamplings < 2) {
    throw new Error(
      `audit: need a whole number of resamplings ≥ 2, got ${resamplings}. Leave it out for ${usualResamplings}.`,
    );
  }
  const canonical = canonicalNetwork(network);
  const exact = exactMeasures(canonical.network, options);
  const factorisations = await factorisationsOf(exact.problem, exponent);
  const samples: SampledMeasures[] = [];
  for (let set = 0; set < resamplings; set++) {
    onProgress?.((set + 1) / (resamplings + 1));
    samples.push(await sampledMeasures(exact, seed + set));
  }
  const noise = await noiseSensitivity(canonical.network, {
    ...{ scales: [noiseScale], exponent, samples: noiseSamples },
    distribution: withExactlyOne(exact.problem).distribution,
  });
  const findings: Findings = { canonical, exact, samples, factorisations, noise };
  const { verdict, confidence } = agreement(
    samples.map((sample) => verdictOf(verdictNumbers(exact, sample))),
  );
  const numbers = meanNumbers(exact, samples);
  const other = verdict === "inconclusive" ? await verdictElsewhere(canonical.network, options) : null;
  return {
    verdict,
    confidence,
    summary: summaryOf(verdict, numbers),
    evidence: evidenceOf(findings),
    whatWouldChangeIt: changesOf(verdict, numbers, other),
    exponent,
    distribution,
    canonical,
  };
}

function evidenceOf(findings: Findings): readonly Evidence[] {
  const all = [
    computationEvidence(findings),
    lossEvidence(findings),
    certificateEvidence(findings),
    splitEvidence(findings),
    mixingEvidence(findings),
    alignmentEvidence(findings),
    spreadEvidence(findings),
    ownNeuronEvidence(findings),
    coherenceEvidence(findings),
    codeEvidence(findings),
    swapEvidence(findings),
    noiseEvidence(findings),
    squaredEvidence(findings),
  ];
  return all.filter((evidence) => evidence !== null);
}

/** The rules' numbers in the mean over sample sets, for sentences. */
function meanNumbers(exact: ExactMeasures, samples: readonly SampledMeasures[]): VerdictNumbers {
  const all = samples.map((sample) => verdictNumbers(exact, sample));
  const over = (of: (numbers: VerdictNumbers) => number): number =>
    all.reduce((total, numbers) => total + of(numbers) / all.length, 0);
  return {
    ...all[0]!,
    loss: over(({ loss }) => loss),
    zero: over(({ zero }) => zero),
    naive: over(({ naive }) => naive),
    baseline: over(({ baseline }) => baseline),
    clean: { loss: over(({ clean }) => clean.loss), baseline: over(({ clean }) => clean.baseline) },
    even: over(({ even }) => even),
    naiveEven: over(({ naiveEven }) => naiveEven),
    variation: over(({ variation }) => variation),
  };
}

/** What one sample set says of the same weights at the exponent where codes show; null when that is the one asked. */
async function verdictElsewhere(
  network: Network,
  { distribution, exponent, seed = 0 }: AuditOptions,
): Promise<{ exponent: number; verdict: Verdict } | null> {
  if (exponent === codeExponent) return null;
  const exact = exactMeasures(network, { distribution, exponent: codeExponent });
  const sample = await sampledMeasures(exact, seed);
  return { exponent: codeExponent, verdict: verdictOf(verdictNumbers(exact, sample)) };
}
