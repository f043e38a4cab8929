/**
 * The readable oracle: plain TypeScript, float64, one dense row at a time. Every other engine is tested against it.
 */
import { type Matrix, matrix, multiply, transpose } from "../../numeric/matrix.ts";
import type { RandomStream } from "../../numeric/random.ts";
import { updateInto } from "../adam.ts";
import { callInto } from "../call.ts";
import { checkBatch, checkPair, checkShape, inputsOf } from "../check.ts";
import type {
  AdamUpdate,
  Batch,
  BufferName,
  Engine,
  ErrorPart,
  ErrorSums,
  Program,
  ProgramShape,
  Sampler,
  WeightPair,
} from "../engine.ts";
import { sampleBatch } from "./sample.ts";

/** `scale` holds σ. */
type Buffer = {
  readonly W_in: Matrix<Float64Array>;
  readonly W_out: Matrix<Float64Array>;
  readonly scale: Matrix<Float64Array>;
};
type Weights = Pick<Buffer, "W_in" | "W_out">;
type Row = Float64Array;

// Inputs and activations are mostly zero, so both products below walk the columns whose factor is not.

/** A v, for A [m, n] and v [n]. */
function apply(a: Matrix, v: Row): Row {
  const [rows, columns] = a.shape;
  const result = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    if (v[j] === 0) continue;
    for (let i = 0; i < rows; i++) result[i]! += a.data[i * columns + j]! * v[j]!;
  }
  return result;
}

/** A += s u vᵀ, for A [m, n], u [m], v [n]. */
function addOuter(a: Matrix, s: number, u: Row, v: Row): void {
  const [rows, columns] = a.shape;
  for (let j = 0; j < columns; j++) {
    if (v[j] === 0) continue;
    for (let i = 0; i < rows; i++) a.data[i * columns + j]! += s * u[i]! * v[j]!;
  }
}

/** a_jᵀ v for column j of A [m, n] and v [m]. */
function columnProduct(a: Matrix, j: number, v: Row): number {
  const [rows, columns] = a.shape;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += a.data[i * columns + j]! * v[i]!;
  return sum;
}

const dot = (u: Row, v: Row): number => u.reduce((sum, value, i) => sum + value * v[i]!, 0);

const relu = (z: number): number => Math.max(0, z);

/** −x, without negative zeros: what is not active is 0 in both. */
const negated = (x: Row): Row => x.map((value) => 0 - value);

class ReferenceProgram implements Program {
  readonly path = "dense";
  readonly #shape: ProgramShape;
  readonly #buffers: Record<BufferName, Buffer>;
  #batch: Batch;

  constructor(shape: ProgramShape) {
    checkShape(shape);
    this.#shape = shape;
    const { neurons, batch } = shape;
    const inputs = inputsOf(shape);
    const buffer = (): Buffer => ({
      W_in: matrix(neurons, inputs),
      W_out: matrix(inputs, neurons),
      scale: matrix(1, 1),
    });
    this.#buffers = {
      parameters: buffer(),
      gradients: buffer(),
      firstMoments: buffer(),
      secondMoments: buffer(),
    };
    this.#batch = {
      rowStarts: new Uint32Array(batch + 1),
      columns: new Uint32Array(0),
      values: new Float32Array(0),
    };
  }

  sample(sampler: Sampler, stream: RandomStream, step: number): void {
    this.#batch = sampleBatch(sampler, stream, step, this.#shape);
  }

  setBatch(batch: Batch): void {
    checkBatch(this.#shape, batch);
    this.#batch = batch;
  }

  async readBatch(): Promise<Batch> {
    return this.#batch;
  }

  gradient(): void {
    const { features, neurons } = this.#shape;
    const weights = this.#folded();
    const { W_out } = weights;
    const dW_in = matrix(neurons, features);
    const dW_out = matrix(features, neurons);
    const dScale = this.#buffers.gradients.scale;
    dScale.data.fill(0);
    for (let r = 0; r < this.#shape.batch; r++) {
      // Whatever its label, an empty row has x = a = 0 without biases, and with them every gradient below.
      if (this.#isEmpty(r)) continue;
      const x = this.#row(r);
      const { a, e } = this.#forward(weights, x, r);
      // L = ‖e‖² / (B n):  dW_out = 2/(Bn) e aᵀ,  dz = 2/(Bn) W_outᵀ e ⊙ [z > 0],  dW_in = dz xᵀ
      const scale = 2 / (this.#shape.batch * features);
      addOuter(dW_out, scale, e, a);
      const dz = a.map((value, j) => (value > 0 ? columnProduct(W_out, j, e) : 0));
      addOuter(dW_in, scale, dz, x);
      // M = F + σ T:  dσ = −2/(Bn) eᵀ T x
      if (this.#shape.scaled !== undefined) dScale.data[0]! -= scale * dot(e, apply(this.#shape.scaled, x));
    }
    this.#writeUnfolded(dW_in, dW_out);
  }

  update(update: AdamUpdate): void {
    const { parameters, gradients, firstMoments, secondMoments } = this.#buffers;
    for (const name of ["W_in", "W_out", "scale"] as const) {
      const state = {
        parameters: parameters[name].data,
        gradients: gradients[name].data,
        firstMoments: firstMoments[name].data,
        secondMoments: secondMoments[name].data,
      };
      updateInto(state, update);
    }
  }

  async errors(part: ErrorPart): Promise<ErrorSums> {
    const perOutput = new Float64Array(this.#shape.features);
    let sum = 0;
    let sumOfSquares = 0;
    const weights = this.#folded();
    for (let r = 0; r < this.#shape.batch; r++) {
      const e = this.#errorOf(part, weights, this.#row(r), r);
      let ofRow = 0;
      for (let i = 0; i < e.length; i++) {
        ofRow += e[i]! * e[i]!;
        perOutput[i]! += e[i]! * e[i]!;
      }
      sum += ofRow;
      sumOfSquares += ofRow * ofRow;
    }
    return { sum, sumOfSquares, perOutput };
  }

  write(name: BufferName, pair: WeightPair): void {
    checkPair(this.#shape, pair);
    this.#buffers[name].W_in.data.set(pair.W_in.data);
    this.#buffers[name].W_out.data.set(pair.W_out.data);
    this.#buffers[name].scale.data[0] = pair.scale ?? 0;
  }

  async read(name: BufferName): Promise<WeightPair> {
    const { W_in, W_out, scale } = structuredClone(this.#buffers[name]);
    return this.#shape.scaled === undefined ? { W_in, W_out } : { W_in, W_out, scale: scale.data[0]! };
  }

  /** A_in = W_in E [h, n] and A_out = U W_out [n, h]; the parameters themselves without an embedding. */
  #folded(): Weights {
    const { W_in, W_out } = this.#buffers.parameters;
    const { embedding } = this.#shape;
    if (embedding === undefined) return { W_in, W_out };
    const { E, U } = embedding;
    return { W_in: multiply(W_in, E), W_out: multiply(U ?? transpose(E), W_out) };
  }

  /** dW_in = dA_in Eᵀ, dW_out = Uᵀ dA_out */
  #writeUnfolded(dA_in: Matrix, dA_out: Matrix): void {
    const { W_in, W_out } = this.#buffers.gradients;
    const { embedding } = this.#shape;
    if (embedding === undefined) {
      W_in.data.set(dA_in.data);
      W_out.data.set(dA_out.data);
      return;
    }
    const { E, U } = embedding;
    W_in.data.set(multiply(dA_in, transpose(E)).data);
    W_out.data.set(multiply(U === null ? E : transpose(U), dA_out).data);
  }

  #isEmpty(r: number): boolean {
    return this.#batch.rowStarts[r] === this.#batch.rowStarts[r + 1];
  }

  /** Row r of the batch, written out. */
  #row(r: number): Row {
    const { rowStarts, columns, values } = this.#batch;
    const x = new Float64Array(this.#shape.features);
    for (let k = rowStarts[r]!; k < rowStarts[r + 1]!; k++) x[columns[k]!] = values[k]!;
    return x;
  }

  /** e(x), or its even part ½ (e(x) + e(−x)). */
  #errorOf(part: ErrorPart, weights: Weights, x: Row, r: number): Row {
    const { e } = this.#forward(weights, x, r);
    if (part === "full") return e;
    const opposite = this.#forward(weights, negated(x), r).e;
    return e.map((value, i) => (value + opposite[i]!) / 2);
  }

  /** a = relu(W_in x), e = W_out a − y */
  #forward({ W_in, W_out }: Weights, x: Row, r: number): { a: Row; e: Row } {
    const a = apply(W_in, x).map(relu);
    const output = apply(W_out, a);
    const y = this.#labels(x, r);
    return { a, e: output.map((u, i) => u - y[i]!) };
  }

  /** y = relu(x) + (M + σ T) x, with the caller's function in place of relu where there is one. */
  #labels(x: Row, r: number): Row {
    const { labels } = this.#shape;
    const mixed = this.#mixed(x);
    const own =
      labels === undefined ? x.map(relu) : callInto(new Float64Array(x.length), "label", labels, x, r);
    return own.map((value, i) => value + mixed[i]!);
  }

  /** (M + σ T) x */
  #mixed(x: Row): Row {
    const { mixing, scaled } = this.#shape;
    const result = mixing === null ? new Float64Array(x.length) : apply(mixing, x);
    if (scaled === undefined) return result;
    const sigma = this.#buffers.parameters.scale.data[0]!;
    const learned = apply(scaled, x);
    return result.map((value, i) => value + sigma * learned[i]!);
  }
}

/** The reference engine. */
export const referenceEngine: Engine = {
  name: "reference",
  createProgram: (shape) => new ReferenceProgram(shape),
};
