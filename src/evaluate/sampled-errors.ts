/** Sums of squared errors over inputs drawn from a distribution, by an engine's kernels. */
import { samplerOf } from "../data/sampler.ts";
import type { Engine, ErrorPart } from "../engine/engine.ts";
import { wasmEngine } from "../engine/wasm/engine.ts";
import { randomStream } from "../numeric/random.ts";
import { density, type InputDistribution } from "./moments.ts";
import { type Network, requireReluLabels, sizesOf } from "./network.ts";

/** What a sampled loss is made from. */
export interface SampleOptions {
  readonly distribution: InputDistribution;
  /** Inputs drawn, rounded up to whole batches of 2048 when there are more; a million unless told. */
  readonly samples?: number;
  /** Seed of the inputs; the stream is not the training's, whatever its seed. 0 unless told. */
  readonly seed?: number;
  /** WebAssembly unless told. */
  readonly engine?: Engine;
}

/** Sums over all inputs drawn, in float64. */
export interface SampledErrors {
  readonly samples: number;
  /** Σ ‖e‖² */
  readonly sum: number;
  /** Σ ‖e‖⁴ */
  readonly sumOfSquares: number;
  /** Σ e_i² for every output i, [features] */
  readonly perOutput: Float64Array;
}

const largestBatch = 2048;
/** Inputs drawn unless told. */
export const defaultSamples = 1_000_000;

/** Draws inputs and sums the squares of the whole error or of its even part. The same seed, the same inputs. */
export async function sampleErrors(
  network: Network,
  { distribution, samples = defaultSamples, seed = 0, engine = wasmEngine }: SampleOptions,
  part: ErrorPart,
): Promise<SampledErrors> {
  const { features, neurons } = sizesOf(network);
  requireReluLabels("sampleErrors", network);
  const sampler = samplerOf(distribution, features);
  const batch = batchSize(samples);
  const shape = { features, neurons, batch, mixing: network.M, density: density(distribution, features) };
  const program = engine.createProgram(shape);
  program.write("parameters", network);
  const stream = randomStream(seed, "evaluate");
  const perOutput = new Float64Array(features);
  const total = { sum: 0, sumOfSquares: 0 };
  const batches = Math.ceil(samples / batch);
  for (let step = 0; step < batches; step++) {
    program.sample(sampler, stream, step);
    const errors = await program.errors(part);
    total.sum += errors.sum;
    total.sumOfSquares += errors.sumOfSquares;
    for (let i = 0; i < features; i++) perOutput[i]! += errors.perOutput[i]!;
  }
  return { ...total, samples: batches * batch, perOutput };
}

/** Inputs a batch; the last batch is as large as the others. @throws unless `samples` is a whole number ≥ 2. */
export function batchSize(samples: number): number {
  if (Number.isSafeInteger(samples) && samples >= 2) return Math.min(samples, largestBatch);
  throw new Error(
    `evaluate: need a whole number of samples ≥ 2, got ${samples}. A standard error takes two.`,
  );
}
