/** Writes small runs whose every number follows from their seed, so that a reader can tell whole ones from others. */

import type { Model, UnfoldedModel } from "../../src/model/model.ts";
import { parseSpec } from "../../src/spec/parse.ts";
import type { Spec } from "../../src/spec/schema.ts";
import { closeRun, finishRun, openRun, saveCheckpoint } from "../../src/store/index.ts";
import type { Checkpoint, MetricRecord } from "../../src/train/checkpoint.ts";

const features = 5;
const neurons = 3;

/** The spec of the run with a seed. */
export const specOf = (seed: number): Spec => parseSpec({ seed, model: { features, neurons } });

/** The weights that the run with a seed must end with. */
export function modelOf(seed: number): Model {
  const filled = (rows: number, columns: number, from: number) => {
    const data = Float32Array.from({ length: rows * columns }, (_, i) => seed + (from + i) / 64);
    return { data, shape: [rows, columns] } as const;
  };
  return {
    W_in: filled(neurons, features, 1),
    W_out: filled(features, neurons, 2),
    M: filled(features, features, 3),
  };
}

/** The same as a run keeps it. */
export const unfoldedOf = (seed: number): UnfoldedModel => ({ ...modelOf(seed), W_E: null, bypass: null });

/** The metrics that it must end with. */
export const recordsOf = (seed: number): readonly MetricRecord[] =>
  Array.from({ length: 40 }, (_, i) => ({ step: i * 10, loss: seed + 1 / (i + 1), learningRate: 0.003 }));

/** A checkpoint after some steps. */
export const checkpointOf = (seed: number, step: number): Checkpoint => ({
  step,
  tensors: { W_in: { dtype: "F32", shape: [neurons, features], data: modelOf(seed).W_in.data } },
  records: recordsOf(seed).slice(0, step),
});

/** Opens, checkpoints and finishes a run. */
export async function writeRun(out: string, seed: number): Promise<void> {
  const clock = () => new Date(0);
  const run = openRun(out, { spec: specOf(seed), version: "0.0.0", clock });
  try {
    for (const step of [10, 20, 30]) saveCheckpoint(run, checkpointOf(seed, step));
    await finishRun(run, { model: unfoldedOf(seed), records: recordsOf(seed), result: { loss: seed } });
  } finally {
    closeRun(run);
  }
}
