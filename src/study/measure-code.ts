/**
 * What a study takes from networks of other losses than the squared one: how evenly features are answered, losses
 * |ŷ − y|^q, codes, and certificates. Plain records with lists; q is the exponent of the task's own loss.
 */
import { type Audit, type AuditOptions, audit } from "../analyse/audit/audit.ts";
import { codewords } from "../analyse/codewords.ts";
import { coherence } from "../analyse/coherence.ts";
import { type CodeComparison, compareCodes } from "../analyse/compare-codes.ts";
import { type NoiseSensitivity, noiseSensitivity } from "../analyse/noise-sensitivity.ts";
import { type PowerLossOverP, powerLossOverP } from "../analyse/power-loss-over-p.ts";
import { compareReadOut, type ReadOutComparison } from "../analyse/read-out.ts";
import { swapTest } from "../analyse/swap-test.ts";
import { powerBound } from "../baseline/power-bound.ts";
import { readOutBound } from "../baseline/read-out-bound.ts";
import { density, type InputDistribution } from "../evaluate/moments.ts";
import { sizesOf } from "../evaluate/network.ts";
import {
  type PositiveErrorOptions,
  type PositiveErrors,
  positiveErrors,
} from "../evaluate/positive-error.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import type { Model } from "../model/model.ts";
import type { TrainTask } from "./task.ts";

/** An audit's verdict and its reasons. */
export type AuditRecord = Pick<Audit, "verdict" | "confidence" | "summary">;

/** `PositiveErrors` as lists. */
export interface PositiveRecord extends Pick<PositiveErrors, "mean" | "variation"> {
  readonly perFeature: readonly number[];
  readonly stderr: readonly number[];
}

/** A network's code in numbers, codewords at the threshold .05. */
export interface CodeRecord extends ReadOutComparison {
  /** Neurons in each feature's codeword, [features] */
  readonly sizes: readonly number[];
  /** Largest |cos| between two columns of W_in */
  readonly coherence: number;
  /** Share of pairs whose outputs swap with their columns of W_in, and with the weights in which codewords differ alone. */
  readonly columnSwaps: number;
  readonly codewordSwaps: number;
}

/** What is proved of Σ_k |e_k|^q for one feature at 1, mean over features. */
export interface CertificateRecord {
  /** The network's own. */
  readonly unit: number;
  /** The least for its read-out: proved by the solver, and by the projector's formula. */
  readonly readOut: number;
  readonly projector: number;
  /** The least for any network of its size. */
  readonly universal: number;
}

/** What was measured of a task's network, as far as the task wants it. */
export interface CodeMeasurement {
  readonly audit?: AuditRecord;
  readonly positive?: PositiveRecord;
  /** |ŷ − y|^q per p at the data's p and at the task's, ascending. */
  readonly power?: PowerLossOverP;
  readonly code?: CodeRecord;
  readonly certificate?: CertificateRecord;
  readonly comparison?: CodeComparison;
  /** |ŷ − y|^q for exactly one active feature under noise on hidden activations. */
  readonly noise?: NoiseSensitivity;
}

/** The publication's code has five neurons a feature. */
const codeSize = 5;
/** Samples are as many as the task says, and no more than these. */
const most = { positive: 20_000, power: 32_768, comparison: 16_384 } as const;
/** Of the noise on neurons, in their own units. */
const noiseScales = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3] as const;

/** Measures what a task wants. @throws for networks other than bias-free ReLU nets on clean labels. */
export async function measureCode(
  { spec, wants, p, samples }: TrainTask,
  model: Model,
  distribution: InputDistribution,
): Promise<CodeMeasurement> {
  const { exponent } = spec.loss;
  const { seed } = spec;
  const atMost = (limit: number) => Math.min(limit, samples);
  const has = (want: TrainTask["wants"][number]) => wants.includes(want);
  const grid = [...new Set([density(distribution, sizesOf(model).features), ...p])].sort((a, b) => a - b);
  return {
    ...(has("positive-errors")
      ? { positive: positiveOf(model, { distribution, seed, samples: atMost(most.positive) }) }
      : {}),
    ...(has("power")
      ? { power: await powerLossOverP(model, exponent, { p: grid, samples: atMost(most.power), seed }) }
      : {}),
    ...(has("audit") ? { audit: await auditOf(model, { distribution, exponent, seed }) } : {}),
    ...(has("code") ? { code: codeOf(model) } : {}),
    ...(has("certificate") ? { certificate: certificateOf(model, exponent) } : {}),
    ...(has("code-comparison")
      ? {
          comparison: compareCodes(model, {
            exponent,
            distribution,
            size: codeSize,
            seed,
            inputs: atMost(most.comparison),
          }),
        }
      : {}),
    ...(has("noise") ? { noise: await noiseOf(model, exponent) } : {}),
  };
}

async function auditOf(model: Model, options: AuditOptions): Promise<AuditRecord> {
  const { verdict, confidence, summary } = await audit(model, options);
  return { verdict, confidence, summary };
}

function positiveOf(model: Model, options: PositiveErrorOptions): PositiveRecord {
  const { mean, variation, perFeature, stderr } = positiveErrors(model, options);
  return { mean, variation, perFeature: [...perFeature], stderr: [...stderr] };
}

function codeOf(model: Model): CodeRecord {
  return {
    ...compareReadOut(model),
    sizes: [...codewords(model.W_in).sizes],
    coherence: coherence(model.W_in).coherence,
    columnSwaps: swapTest(model).share,
    codewordSwaps: swapTest(model, { exchange: "codeword" }).share,
  };
}

function certificateOf(model: Model, exponent: number): CertificateRecord {
  const distribution = { kind: "exactly", k: 1, values: "binary" } as const;
  const problem = { ...sizesOf(model), mixing: null, distribution };
  const { lossPerP, projectorBound } = readOutBound(model.W_out, exponent, "binary");
  return {
    unit: powerLoss(model, exponent, "binary").lossPerP,
    readOut: lossPerP,
    projector: projectorBound,
    universal: powerBound(problem, { exponent }).exactlyOne.lossPerP,
  };
}

const noiseOf = (model: Model, exponent: number): Promise<NoiseSensitivity> =>
  noiseSensitivity(model, {
    exponent,
    scales: noiseScales,
    distribution: { kind: "exactly", k: 1, values: "symmetric" },
  });
