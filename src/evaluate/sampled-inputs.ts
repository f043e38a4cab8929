/** Inputs of a distribution one by one, for what kernels cannot evaluate: the same inputs as `sampleErrors` draws. */
import { samplerOf } from "../data/sampler.ts";
import { wasmEngine } from "../engine/wasm/engine.ts";
import { randomStream } from "../numeric/random.ts";
import { density } from "./moments.ts";
import { batchSize, defaultSamples, type SampleOptions } from "./sampled-errors.ts";

/**
 * Calls `visit` with every input drawn, [features], and its number from 0; the array is the next input's too.
 *
 * @returns how many inputs were drawn: `samples` in whole batches
 */
export async function eachInput(
  features: number,
  { distribution, samples = defaultSamples, seed = 0, engine = wasmEngine }: SampleOptions,
  visit: (x: Float64Array, row: number) => void,
): Promise<number> {
  const sampler = samplerOf(distribution, features);
  const batch = batchSize(samples);
  // The program only draws, so one neuron will do.
  const shape = { features, neurons: 1, batch, mixing: null, density: density(distribution, features) };
  const program = engine.createProgram(shape);
  const stream = randomStream(seed, "evaluate");
  const batches = Math.ceil(samples / batch);
  const x = new Float64Array(features);
  for (let step = 0; step < batches; step++) {
    program.sample(sampler, stream, step);
    const { rowStarts, columns, values } = await program.readBatch();
    for (let r = 0; r < batch; r++) {
      x.fill(0);
      for (let k = rowStarts[r]!; k < rowStarts[r + 1]!; k++) x[columns[k]!] = values[k]!;
      visit(x, step * batch + r);
    }
  }
  return batches * batch;
}
