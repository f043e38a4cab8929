/**
 * The numbers that a study takes from a trained model: plain records, so that claims, figures and tables are made from
 * files alone. Losses are L/p.
 */
import { type Alignment, alignments } from "../analyse/alignment.ts";
import { compareLinearMap, type LinearMapComparison } from "../analyse/linear-map.ts";
import { spectra } from "../analyse/spectrum.ts";
import { rankBound } from "../baseline/rank-bound.ts";
import { exactlyOneLoss } from "../evaluate/exactly-one.ts";
import { type EvaluatedLoss, evaluateLoss } from "../evaluate/loss.ts";
import type { InputDistribution } from "../evaluate/moments.ts";
import { responseHeatmap } from "../evaluate/response-heatmap.ts";
import type { Model } from "../model/model.ts";
import type { Spec } from "../spec/schema.ts";
import type { MetricRecord } from "../train/checkpoint.ts";
import { type CodeMeasurement, measureCode } from "./measure-code.ts";
import type { TrainTask } from "./task.ts";
import { type WeightsRecord, weightsOf } from "./weights-record.ts";

/** A loss and its two parts. */
export interface Parts {
  readonly lossPerP: number;
  readonly linear: number;
  readonly even: number;
}

/** Singular values, descending, and their effective rank. */
export interface SpectrumRecord {
  readonly singularValues: readonly number[];
  readonly effectiveRank: number;
}

/** What was measured on the model of a {@link TrainTask}. */
export interface Measurement extends CodeMeasurement {
  readonly id: string;
  /** On the spec's own data, with the standard error of the sampled inputs. */
  readonly loss: Parts & { readonly stderr: number };
  /** On independent features at each p that the task asks for. */
  readonly overP: readonly Pick<EvaluatedLoss, "p" | "mean" | "stderr">[];
  readonly exactlyOne: Parts;
  /** The rank bound and the bounds of the two parts, on the spec's own data and for exactly one active feature. */
  readonly bound: Parts & { readonly exactlyOne: Parts };
  /** Output i for x = e_i, [features] */
  readonly ownResponses: readonly number[];
  /** ‖min(W_in, 0)‖² / ‖W_in‖² */
  readonly negativeShare: number;
  /** Root mean square of the entries of M; 0 for clean labels. */
  readonly mixingStd: number;
  /** The trained scale of M or of the bypass noise; null when it is fixed. */
  readonly mixingScale: number | null;
  readonly linearMap?: LinearMapComparison;
  /** The linear map along the eigenvectors of Σ_y and, with a mixing matrix, along those of its symmetric part. */
  readonly alignment?: { readonly labels: AlignmentRecord; readonly mixing: AlignmentRecord | null };
  readonly spectra?: Readonly<Record<string, SpectrumRecord>>;
  readonly curve?: readonly MetricRecord[];
  readonly weights?: WeightsRecord;
}

/** An {@link Alignment} as lists. */
export interface AlignmentRecord {
  readonly values: readonly number[];
  readonly cosines: readonly number[];
}

/** What a run leaves behind, from wherever it was read. */
export interface TrainedRun {
  readonly id: string;
  readonly model: Model;
  readonly records: readonly MetricRecord[];
  /** As evaluated when it was trained: on the spec's data, with `evaluate.samples` samples. */
  readonly loss: LossOfRun;
  readonly mixingScale: number | null;
}

/** A loss with its parts, null where values are not sign-symmetric. */
export interface LossOfRun {
  readonly lossPerP: number;
  readonly stderr: number;
  readonly linear: number | null;
  readonly even: number | null;
}

/** Measures the model that a task has trained. @throws for data that no closed form is known for. */
export async function measure(task: TrainTask, run: TrainedRun): Promise<Measurement> {
  const { spec } = task;
  const { model, loss } = run;
  return {
    id: run.id,
    loss: { ...partsOf(loss), stderr: loss.stderr },
    overP: await lossesOverP(task, model),
    exactlyOne: partsOf(exactlyOneLoss(model)),
    bound: boundOf(spec, model),
    ownResponses: diagonal(model),
    negativeShare: negativeShare(model.W_in.data),
    mixingStd: rootMeanSquare(model.M?.data ?? []),
    mixingScale: run.mixingScale,
    ...wanted(task, run, distributionOf(spec.data)),
    ...(await measureCode(task, model, distributionOf(spec.data))),
  };
}

function wanted({ wants }: TrainTask, { model, records }: TrainedRun, distribution: InputDistribution) {
  const has = (want: TrainTask["wants"][number]) => wants.includes(want);
  return {
    ...(has("linear-map") ? { linearMap: compareLinearMap(model) } : {}),
    ...(has("alignment") ? { alignment: alignmentOf(model, distribution) } : {}),
    ...(has("spectra") ? { spectra: spectraOf(model) } : {}),
    ...(has("curve") ? { curve: records } : {}),
    ...(has("weights") ? { weights: weightsOf(model) } : {}),
  };
}

async function lossesOverP({ p, samples, spec }: TrainTask, model: Model): Promise<Measurement["overP"]> {
  const losses: Measurement["overP"][number][] = [];
  for (const activity of p) {
    const distribution = { kind: "bernoulli", p: activity, values: spec.data.values } as const;
    // The spread of a sampled loss falls with the number of active features, the time grows with it.
    const fewer = Math.ceil(samples * Math.min(1, 0.02 / activity));
    const { mean, stderr } = await evaluateLoss(model, { distribution, samples: fewer, seed: spec.seed });
    losses.push({ p: activity, mean, stderr });
  }
  return losses;
}

function boundOf({ model: { neurons }, data }: Spec, { W_in, M }: Model): Measurement["bound"] {
  const features = W_in.shape[1];
  const problem = { features, neurons, mixing: M, distribution: distributionOf(data) };
  const { lossPerP, linear, even, exactlyOne } = rankBound(problem);
  return { ...partsOf({ lossPerP, linear, even }), exactlyOne: partsOf(exactlyOne) };
}

/** The loss and its parts alone. @throws where values are not sign-symmetric, so that there are none. */
export function partsOf({
  lossPerP,
  linear,
  even,
}: {
  lossPerP: number;
  linear: number | null;
  even: number | null;
}): Parts {
  if (linear !== null && even !== null) return { lossPerP, linear, even };
  throw new Error("measure: need sign-symmetric values, got positive ones. Set data.values to symmetric.");
}

function distributionOf(data: Spec["data"]): InputDistribution {
  if (data.kind === "bernoulli" || data.kind === "exactly") return data;
  throw new Error(`measure: need data.kind bernoulli or exactly, got ${data.kind}. Change the study's plan.`);
}

function diagonal(model: Model): readonly number[] {
  const { positive } = responseHeatmap(model);
  return Array.from({ length: positive.shape[0] }, (_, i) => positive.data[i * (positive.shape[0] + 1)]!);
}

function negativeShare(weights: Float32Array): number {
  let negative = 0;
  let all = 0;
  for (const w of weights) {
    all += w * w;
    if (w < 0) negative += w * w;
  }
  return all === 0 ? 0 : negative / all;
}

function rootMeanSquare(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]! * values[i]!;
  return values.length === 0 ? 0 : Math.sqrt(total / values.length);
}

const listOf = ({ values, cosines }: Alignment): AlignmentRecord => ({
  values: [...values],
  cosines: [...cosines],
});

function alignmentOf(model: Model, distribution: InputDistribution): NonNullable<Measurement["alignment"]> {
  const { labels, mixing } = alignments(model, distribution);
  return { labels: listOf(labels), mixing: mixing === null ? null : listOf(mixing) };
}

function spectraOf(model: Model): NonNullable<Measurement["spectra"]> {
  const named = Object.entries(spectra(model)).flatMap(([name, spectrum]) => {
    if (spectrum === null) return [];
    const { singularValues, effectiveRank } = spectrum;
    return [[name, { singularValues: [...singularValues], effectiveRank }] as const];
  });
  return Object.fromEntries(named);
}
