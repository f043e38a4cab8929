/**
 * The readable oracle: plain TypeScript, float64, one dense row at a time. Every other engine is tested against it.
 */
import { type Matrix, matrix } from "../../numeric/matrix.ts";
import type { RandomStream } from "../../numeric/random.ts";
import { adamScalars } from "../adam.ts";
import { checkBatch, checkPair, checkShape } from "../check.ts";
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

type Pair = { readonly W_in: Matrix<Float64Array>; readonly W_out: Matrix<Float64Array> };
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

const relu = (z: number): number => Math.max(0, z);

class ReferenceProgram implements Program {
  readonly path = "dense";
  readonly #shape: ProgramShape;
  readonly #buffers: Record<BufferName, Pair>;
  #batch: Batch;

  constructor(shape: ProgramShape) {
    checkShape(shape);
    this.#shape = shape;
    const { features, neurons, batch } = shape;
    const pair = (): Pair => ({ W_in: matrix(neurons, features), W_out: matrix(features, neurons) });
    this.#buffers = { parameters: pair(), gradients: pair(), firstMoments: pair(), secondMoments: pair() };
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
    const { W_out } = this.#buffers.parameters;
    const { W_in: dW_in, W_out: dW_out } = this.#buffers.gradients;
    dW_in.data.fill(0);
    dW_out.data.fill(0);
    const [features, neurons] = W_out.shape;
    for (const x of this.#rows()) {
      const { z, a, e } = this.#forward(x);
      // L = ‖e‖² / (B n):  dW_out = 2/(Bn) e aᵀ,  dz = 2/(Bn) W_outᵀ e ⊙ [z > 0],  dW_in = dz xᵀ
      const scale = 2 / (this.#shape.batch * features);
      addOuter(dW_out, scale, e, a);
      const dz = new Float64Array(neurons);
      for (let i = 0; i < features; i++) {
        for (let j = 0; j < neurons; j++) if (z[j]! > 0) dz[j]! += W_out.data[i * neurons + j]! * e[i]!;
      }
      addOuter(dW_in, scale, dz, x);
    }
  }

  update(update: AdamUpdate): void {
    for (const name of ["W_in", "W_out"] as const) this.#updateOne(name, update);
  }

  async errors(part: ErrorPart): Promise<ErrorSums> {
    const perOutput = new Float64Array(this.#shape.features);
    let sum = 0;
    let sumOfSquares = 0;
    for (const x of this.#rows()) {
      const e = part === "even" ? this.#evenError(x) : this.#forward(x).e;
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
  }

  async read(name: BufferName): Promise<WeightPair> {
    return structuredClone(this.#buffers[name]);
  }

  *#rows(): Generator<Row> {
    const { rowStarts, columns, values } = this.#batch;
    for (let r = 0; r < this.#shape.batch; r++) {
      const x = new Float64Array(this.#shape.features);
      for (let k = rowStarts[r]!; k < rowStarts[r + 1]!; k++) x[columns[k]!] = values[k]!;
      yield x;
    }
  }

  /** z = W_in x, a = relu(z), e = W_out a − relu(x) − M x */
  #forward(x: Row): { z: Row; a: Row; e: Row } {
    const { W_in, W_out } = this.#buffers.parameters;
    const z = apply(W_in, x);
    const a = z.map(relu);
    const output = apply(W_out, a);
    const mixed = this.#shape.mixing === null ? null : apply(this.#shape.mixing, x);
    return { z, a, e: output.map((u, i) => u - relu(x[i]!) - (mixed === null ? 0 : mixed[i]!)) };
  }

  /** e = ½ (W_out |W_in x| − |x|) */
  #evenError(x: Row): Row {
    const { W_in, W_out } = this.#buffers.parameters;
    return apply(W_out, apply(W_in, x).map(Math.abs)).map((u, i) => (u - Math.abs(x[i]!)) / 2);
  }

  #updateOne(name: "W_in" | "W_out", update: AdamUpdate): void {
    const { rate, root, keep } = adamScalars(update);
    const { beta1, beta2, epsilon } = update;
    const w = this.#buffers.parameters[name].data;
    const m = this.#buffers.firstMoments[name].data;
    const v = this.#buffers.secondMoments[name].data;
    const gradient = this.#buffers.gradients[name].data;
    for (let i = 0; i < w.length; i++) {
      const g = gradient[i]!;
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      w[i] = keep * w[i]! - (rate * m[i]!) / (Math.sqrt(v[i]!) * root + epsilon);
    }
  }
}

/** The reference engine. */
export const referenceEngine: Engine = {
  name: "reference",
  createProgram: (shape) => new ReferenceProgram(shape),
};
