/**
 * What an engine is: it makes programs, and a program owns the buffers of one model in training or evaluation.
 *
 * What a program computes is said in shape.ts. Calls enqueue work in order; only `read…`, `errors` and `loss` wait for it,
 * so an engine may run elsewhere (a worker, a GPU).
 */
import type { Matrix } from "../numeric/matrix.ts";
import type { RandomStream } from "../numeric/random.ts";
import type { ProgramShape } from "./shape.ts";

/** How values of active features are drawn: U[-1, 1], U[0, 1], ±1, or always 1. */
export type ValueKind = "symmetric" | "positive" | "sign" | "binary";

/** How batches are drawn: every feature active with probability p, exactly k of them, or units of features. */
export type Sampler =
  | { readonly kind: "bernoulli"; readonly p: number; readonly values: ValueKind }
  | { readonly kind: "exactly"; readonly k: number; readonly values: ValueKind }
  | { readonly kind: "units"; readonly units: readonly Unit[]; readonly values: ValueKind };

/** Features that are drawn together, independently of all other units. No feature is in two units. */
export interface Unit {
  readonly features: readonly number[];
  /** Probability that the unit is active. */
  readonly p: number;
  /** When it is: all of its features are, each with a value of its own, or one of them, each as likely. */
  readonly draws: "all" | "one";
}

/** A batch as compressed rows: row r holds entries rowStarts[r] … rowStarts[r + 1] − 1. */
export interface Batch {
  /** [B + 1] */
  readonly rowStarts: Uint32Array;
  /** [entries], the active feature. */
  readonly columns: Uint32Array;
  /** [entries], its value. */
  readonly values: Float32Array;
}

/**
 * Weight-shaped numbers. W_in [h, n], W_out [m, h]; d in place of n and m for shapes with `embedding`. Where W_out is tied
 * it is the transpose of W_in in what is read, and passed over in what is written; the gradient of W_in holds both's.
 */
export interface WeightPair {
  readonly W_in: Matrix;
  readonly W_out: Matrix;
  /** [h]; there for architectures with hidden biases, and for no others. Gradients of fixed ones are 0. */
  readonly b_in?: Float32Array | Float64Array;
  /** [m], d with an embedding; there for architectures with output biases, and for no others. */
  readonly b_out?: Float32Array | Float64Array;
  /** σ, float64; there for shapes with `scaled`, and for no others. */
  readonly scale?: number;
}

/** The weight-shaped buffers of a program. */
export type BufferName = "parameters" | "gradients" | "firstMoments" | "secondMoments";

/** One update of AdamW; with weightDecay 0, of Adam. */
export interface AdamUpdate {
  readonly optimizer: "adam";
  /** t of the paper: 1 for the first update. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** λ: weights shrink by lr·λ a step, apart from the gradient. */
  readonly weightDecay: number;
}

/** One update of gradient descent: v ← μ v + g, w ← (1 − lr·λ) w − lr v. v is held in the first moments. */
export interface SgdUpdate {
  readonly optimizer: "sgd";
  readonly learningRate: number;
  /** μ */
  readonly momentum: number;
  /** λ: weights shrink by lr·λ a step, apart from the gradient. */
  readonly weightDecay: number;
}

/** One update of either optimiser. */
export type Update = AdamUpdate | SgdUpdate;

/**
 * `full`: e(x) = ŷ − y. `even`: ½(e(x) + e(−x)), the part that x and −x share; ½(W_out |W_in x| − |x|) for the labels
 * relu(x) + M x.
 */
export type ErrorPart = "full" | "even";

/** Sums over the rows of a batch, accumulated in float64; q is 2 unless told. */
export interface ErrorSums {
  /** Σ over rows of s = Σ_i |e_i|^q */
  readonly sum: number;
  /** Σ over rows of s² */
  readonly sumOfSquares: number;
  /** [m], Σ over rows of |e_i|^q */
  readonly perOutput: Float64Array;
}

/** Buffers for one shape and the kernels that run on them. Work is enqueued; reading numbers back is async. */
export interface Program {
  /** Which kernels compute the gradient: `gram-sparse`, `gram-dense`, `general`; `dense` in the reference engine. */
  readonly path: string;
  /** Draws the batch of `step` from `stream`; it depends on nothing else. */
  sample(sampler: Sampler, stream: RandomStream, step: number): void;
  /** Uses a batch of the caller's. */
  setBatch(batch: Batch): void;
  readBatch(): Promise<Batch>;
  /** Gradient of the loss of the current batch. */
  gradient(): void;
  update(update: Update): void;
  /** The loss of the current batch under the current parameters: what `gradient` is the gradient of. */
  loss(): Promise<number>;
  /** Sums of |e|^exponent, unweighted, over the current batch under the current parameters. @param exponent 2 unless told */
  errors(part: ErrorPart, exponent?: number): Promise<ErrorSums>;
  write(name: BufferName, pair: WeightPair): void;
  read(name: BufferName): Promise<WeightPair>;
}

/** Makes programs. Every engine passes the same conformance suite. */
export interface Engine {
  readonly name: "reference" | "wasm";
  /** @throws when the host has no memory for the shape, or the engine no kernels for its labels. */
  createProgram(shape: ProgramShape): Program;
}
