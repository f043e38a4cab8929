/** A run between two steps: what it takes to go on to the same bits. Plain data, ready for a file. */
import type { BufferName, WeightPair } from "../engine/engine.ts";
import type { Tensor } from "../formats/tensor.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** What training reports while it goes. */
export interface MetricRecord {
  /** Updates made so far. */
  readonly step: number;
  /** Mean squared error per output on the batch that the next update uses. */
  readonly loss: number;
  /** Of the next update; 0 after the last. */
  readonly learningRate: number;
  /** The learned scale, of the labels' mixing or of the bypass's noise; there when one is learned. */
  readonly mixingScale?: number;
}

/** The state of a run between two updates, from which it goes on to the same bits as one that never stopped. */
export interface Checkpoint {
  /** Updates made so far. */
  readonly step: number;
  /** Parameters and moments by name, e.g. `parameters.W_in` [neurons, features], in the engine's precision; a learned scale is float64. */
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Everything reported up to here. */
  readonly records: readonly MetricRecord[];
}

/** The buffers that a checkpoint holds. Gradients are made anew at every step. */
export const keptBuffers = ["parameters", "firstMoments", "secondMoments"] as const satisfies BufferName[];

const toTensor = ({ data, shape }: Matrix): Tensor =>
  data instanceof Float64Array
    ? { dtype: "F64", shape, data: data.slice() }
    : { dtype: "F32", shape, data: data.slice() };

/** The tensors of a buffer, by their names in a checkpoint. */
export function tensorsOf(name: BufferName, pair: WeightPair): Record<string, Tensor> {
  const matrices = { [`${name}.W_in`]: toTensor(pair.W_in), [`${name}.W_out`]: toTensor(pair.W_out) };
  if (pair.scale === undefined) return matrices;
  return { ...matrices, [`${name}.scale`]: { dtype: "F64", shape: [1], data: Float64Array.of(pair.scale) } };
}

/** The buffer of that name in a checkpoint. @throws when it is missing or not a matrix of floats. */
export function pairOf(name: BufferName, { tensors }: Checkpoint): WeightPair {
  const read = (which: "W_in" | "W_out"): Matrix => {
    const { data, shape } = tensors[`${name}.${which}`] ?? { data: null, shape: [] };
    if (!(data instanceof Float32Array || data instanceof Float64Array) || shape.length !== 2) {
      throw new Error(
        `checkpoint: need a matrix ${name}.${which} of floats, got none. Delete the checkpoint and train anew.`,
      );
    }
    return { data, shape: [shape[0]!, shape[1]!] };
  };
  const scale = tensors[`${name}.scale`]?.data[0];
  const matrices = { W_in: read("W_in"), W_out: read("W_out") };
  return scale === undefined ? matrices : { ...matrices, scale: Number(scale) };
}
