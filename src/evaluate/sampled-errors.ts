/** Sums of powers of errors over inputs drawn from a distribution, by an engine's kernels. */
import { samplerOf } from "../data/sampler.ts";
import type { Engine, ErrorPart, WeightPair } from "../engine/engine.ts";
import { type ProgramShape, plainArchitecture } from "../engine/shape.ts";
import { wasmEngine } from "../engine/wasm/engine.ts";
import { randomStream } from "../numeric/random.ts";
import { density, type InputDistribution } from "./moments.ts";
import { type Network, shapeOf, sizesOf } from "./network.ts";

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
  /** Σ over inputs of s = Σ_i |e_i|^q, ‖e‖² for q = 2 */
  readonly sum: number;
  /** Σ s² */
  readonly sumOfSquares: number;
  /** Σ |e_i|^q for every output i, [outputs] */
  readonly perOutput: Float64Array;
}

const largestBatch = 2048;
/** Inputs drawn unless told. */
export const defaultSamples = 1_000_000;

/**
 * Draws inputs and sums |e|^q of the whole error or of its even part, every output weighted alike whatever the training
 * weighted. The same seed, the same inputs.
 *
 * @param exponent q; 2 unless told
 * @throws on labels that are a function, which kernels cannot call, unless `engine` is the reference engine
 */
export async function sampleErrors(
  network: Network,
  { distribution, samples = defaultSamples, seed = 0, engine = wasmEngine }: SampleOptions,
  part: ErrorPart,
  exponent = 2,
): Promise<SampledErrors> {
  const { features, outputs } = sizesOf(network);
  const sampler = samplerOf(distribution, features);
  const batch = batchSize(samples);
  const shape = shapeOf(network, batch, density(distribution, features));
  const program = engine.createProgram(shape);
  program.write("parameters", weightsFor(shape, network));
  const stream = randomStream(seed, "evaluate");
  const perOutput = new Float64Array(outputs);
  const total = { sum: 0, sumOfSquares: 0 };
  const batches = Math.ceil(samples / batch);
  for (let step = 0; step < batches; step++) {
    program.sample(sampler, stream, step);
    const errors = await program.errors(part, exponent);
    total.sum += errors.sum;
    total.sumOfSquares += errors.sumOfSquares;
    for (let i = 0; i < outputs; i++) perOutput[i]! += errors.perOutput[i]!;
  }
  return { ...total, samples: batches * batch, perOutput };
}

/** What a program of the shape takes: no biases where it has none. */
function weightsFor({ architecture = plainArchitecture }: ProgramShape, network: Network): WeightPair {
  const { W_in, W_out, b_in, b_out } = network;
  const { hidden, output } = architecture.bias;
  return {
    ...{ W_in, W_out },
    ...(hidden === "none" || b_in === undefined ? {} : { b_in }),
    ...(output === "none" || b_out === undefined ? {} : { b_out }),
  };
}

/** Inputs a batch; the last batch is as large as the others. @throws unless `samples` is a whole number ≥ 2. */
export function batchSize(samples: number): number {
  if (Number.isSafeInteger(samples) && samples >= 2) return Math.min(samples, largestBatch);
  throw new Error(
    `evaluate: need a whole number of samples ≥ 2, got ${samples}. A standard error takes two.`,
  );
}
