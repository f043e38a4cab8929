/** A run between two steps: what it takes to go on to the same bits. Plain data, ready for a file. */
import type { BufferName, WeightPair } from "../engine/engine.ts";
import type { Tensor } from "../formats/tensor.ts";
import type { Matrix } from "../numeric/matrix.ts";

/** What training reports while it goes. */
export interface MetricRecord {
  /** Updates made so far. */
  readonly step: number;
  /** What is minimised, on the batch that the next update uses; the mean squared error per output unless the spec says otherwise. */
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
  /**
   * Parameters and moments by name, e.g. `parameters.W_in` [neurons, features] or `parameters.b_out` [outputs], in the
   * engine's precision; a learned scale is float64.
   */
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Everything reported up to here. */
  readonly records: readonly MetricRecord[];
}

/** The buffers that a checkpoint holds. Gradients are made anew at every step. */
export const keptBuffers = ["parameters", "firstMoments", "secondMoments"] as const satisfies BufferName[];

type Floats = Float32Array | Float64Array;

const toTensor = (data: Floats, shape: readonly number[]): Tensor =>
  data instanceof Float64Array
    ? { dtype: "F64", shape, data: data.slice() }
    : { dtype: "F32", shape, data: data.slice() };

/** The tensors of a buffer, by their names in a checkpoint. */
export function tensorsOf(name: BufferName, pair: WeightPair): Record<string, Tensor> {
  const { W_in, W_out, b_in, b_out, scale } = pair;
  const vectors = { b_in, b_out, scale: scale === undefined ? undefined : Float64Array.of(scale) };
  const given = Object.entries(vectors).flatMap(([which, data]) =>
    data === undefined ? [] : [[`${name}.${which}`, toTensor(data, [data.length])] as const],
  );
  return {
    [`${name}.W_in`]: toTensor(W_in.data, W_in.shape),
    [`${name}.W_out`]: toTensor(W_out.data, W_out.shape),
    ...Object.fromEntries(given),
  };
}

/** The buffer of that name in a checkpoint. @throws when it is missing or not made of floats. */
export function pairOf(name: BufferName, { tensors }: Checkpoint): WeightPair {
  const matrix = (which: "W_in" | "W_out"): Matrix => {
    const { data, shape } = floatsOf(tensors, `${name}.${which}`, 2, "matrix");
    return { data, shape: [shape[0]!, shape[1]!] };
  };
  const vector = (which: "b_in" | "b_out" | "scale"): Floats | undefined =>
    Object.hasOwn(tensors, `${name}.${which}`)
      ? floatsOf(tensors, `${name}.${which}`, 1, "vector").data
      : undefined;
  const [b_in, b_out, scale] = [vector("b_in"), vector("b_out"), vector("scale")?.[0]];
  return {
    W_in: matrix("W_in"),
    W_out: matrix("W_out"),
    ...(b_in === undefined ? {} : { b_in }),
    ...(b_out === undefined ? {} : { b_out }),
    ...(scale === undefined ? {} : { scale }),
  };
}

function floatsOf(
  tensors: Checkpoint["tensors"],
  name: string,
  dimensions: number,
  what: string,
): { data: Floats; shape: readonly number[] } {
  const { data, shape } = tensors[name] ?? { data: null, shape: [] };
  if ((data instanceof Float32Array || data instanceof Float64Array) && shape.length === dimensions) {
    return { data, shape };
  }
  throw new Error(
    `checkpoint: need a ${what} ${name} of floats, got none. Delete the checkpoint and train anew.`,
  );
}
