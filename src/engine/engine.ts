/**
 * What an engine is: it makes programs, and a program owns the buffers of one model in training or evaluation.
 *
 * The model is ŷ = W_out relu(W_in x) with labels y = relu(x) + M x, or of the caller's, and squared error. Calls enqueue work in order;
 * only `read…` and `errors` wait for it, so an engine may run elsewhere (a worker, a GPU).
 */
import type { Matrix } from "../numeric/matrix.ts";
import type { RandomStream } from "../numeric/random.ts";

/**
 * Labels of the caller's own, y = f(x). Called for every row, on a copy of it: it must be a pure function, of the same
 * numbers for the same x. A number that is not finite, or too few or many of them, stop what is under way.
 *
 * @param x [features]
 * @returns y, [features]
 */
export type LabelFunction = (x: Float64Array) => ArrayLike<number>;

/** Shape of a program. n features, h neurons, B rows a batch. */
export interface ProgramShape {
  readonly features: number;
  readonly neurons: number;
  readonly batch: number;
  /** M, [n, n], or null for labels relu(x). */
  readonly mixing: Matrix | null;
  /** T, [n, n]: the labels are relu(x) + (M + σ T) x with a scale σ that is a parameter like the weights. */
  readonly scaled?: Matrix;
  /** f: the labels are f(x) + (M + σ T) x, with f in place of relu. The reference engine's alone. */
  readonly labels?: LabelFunction;
  /** What stands around the layer; with it, parameters, gradients and moments are W_in [h, d] and W_out [d, h]. */
  readonly embedding?: Embedding;
  /** Expected share of active features; decides between paths, never what is computed. */
  readonly density: number;
}

/** The layer reads E x and its output is read by U: ŷ = U W_out relu(W_in E x). */
export interface Embedding {
  /** E, [d, n] */
  readonly E: Matrix;
  /** U, [n, d]; null: Eᵀ */
  readonly U: Matrix | null;
}

/** How values of active features are drawn: U[-1, 1], U[0, 1] or ±1. */
export type ValueKind = "symmetric" | "positive" | "sign";

/** How batches are drawn: every feature active with probability p, or exactly k of them. */
export type Sampler =
  | { readonly kind: "bernoulli"; readonly p: number; readonly values: ValueKind }
  | { readonly kind: "exactly"; readonly k: number; readonly values: ValueKind };

/** A batch as compressed rows: row r holds entries rowStarts[r] … rowStarts[r + 1] − 1. */
export interface Batch {
  /** [B + 1] */
  readonly rowStarts: Uint32Array;
  /** [entries], the active feature. */
  readonly columns: Uint32Array;
  /** [entries], its value. */
  readonly values: Float32Array;
}

/** A pair of weight-shaped matrices. W_in [h, n], W_out [n, h]; d in place of n for shapes with `embedding`. */
export interface WeightPair {
  readonly W_in: Matrix;
  readonly W_out: Matrix;
  /** σ, float64; there for shapes with `scaled`, and for no others. */
  readonly scale?: number;
}

/** The weight-shaped buffers of a program. */
export type BufferName = "parameters" | "gradients" | "firstMoments" | "secondMoments";

/** One update of AdamW; with weightDecay 0, of Adam. */
export interface AdamUpdate {
  /** t of the paper: 1 for the first update. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** λ: weights shrink by lr·λ a step, apart from the gradient. */
  readonly weightDecay: number;
}

/**
 * `full`: e(x) = ŷ − y. `even`: ½(e(x) + e(−x)), the part that x and −x share; ½(W_out |W_in x| − |x|) for the labels
 * relu(x) + M x.
 */
export type ErrorPart = "full" | "even";

/** Sums over the rows of a batch, accumulated in float64. */
export interface ErrorSums {
  /** Σ ‖e‖² */
  readonly sum: number;
  /** Σ ‖e‖⁴ */
  readonly sumOfSquares: number;
  /** [n], Σ e_i² */
  readonly perOutput: Float64Array;
}

/** Buffers for one shape and the kernels that run on them. Work is enqueued; reading numbers back is async. */
export interface Program {
  /** Which kernels compute the gradient, e.g. `gram-sparse`. */
  readonly path: string;
  /** Draws the batch of `step` from `stream`; it depends on nothing else. */
  sample(sampler: Sampler, stream: RandomStream, step: number): void;
  /** Uses a batch of the caller's. */
  setBatch(batch: Batch): void;
  readBatch(): Promise<Batch>;
  /** Gradient of the mean squared error of the current batch. */
  gradient(): void;
  update(update: AdamUpdate): void;
  /** Error sums of the current batch under the current parameters. */
  errors(part: ErrorPart): Promise<ErrorSums>;
  write(name: BufferName, pair: WeightPair): void;
  read(name: BufferName): Promise<WeightPair>;
}

/** Makes programs. Every engine passes the same conformance suite. */
export interface Engine {
  readonly name: "reference" | "wasm";
  /** @throws when the host has no memory for the shape, or the engine no kernels for its labels. */
  createProgram(shape: ProgramShape): Program;
}
