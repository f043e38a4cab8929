/**
 * The readable oracle: plain TypeScript, float64, one dense row at a time. Every other engine is tested against it.
 */
import { type Matrix, matrix, transpose } from "../../numeric/matrix.ts";
import { absolutePower } from "../../numeric/power.ts";
import type { RandomStream } from "../../numeric/random.ts";
import { checkBatch, checkPair, checkSampler, checkShape, inputsOf, readOutsOf } from "../check.ts";
import type {
  Batch,
  BufferName,
  Engine,
  ErrorPart,
  ErrorSums,
  Program,
  Sampler,
  Update,
  WeightPair,
} from "../engine.ts";
import { labelsOfRow } from "../labels.ts";
import { apply } from "../row.ts";
import { outputsOf, type ProgramShape } from "../shape.ts";
import { updateInto } from "../update.ts";
import {
  architectureOf,
  backward,
  emptyFolded,
  type Folded,
  foldWeights,
  forward,
  lossOfRow,
  outputGradient,
  unfoldGradients,
} from "./network.ts";
import { sampleBatch } from "./sample.ts";

type Row = Float64Array;

/** All numbers of one buffer; `scale` holds σ. Without biases theirs stay 0. */
interface Buffer {
  readonly W_in: Matrix<Float64Array>;
  readonly W_out: Matrix<Float64Array>;
  readonly b_in: Row;
  readonly b_out: Row;
  readonly scale: Row;
}

const dot = (u: Row, v: Row): number => u.reduce((sum, value, i) => sum + value * v[i]!, 0);

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
    const [inputs, outputs] = [inputsOf(shape), readOutsOf(shape)];
    const buffer = (): Buffer => ({
      W_in: matrix(neurons, inputs),
      W_out: matrix(outputs, neurons),
      b_in: new Float64Array(neurons),
      b_out: new Float64Array(outputs),
      scale: new Float64Array(1),
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
    checkSampler(this.#shape, sampler);
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
    const shape = this.#shape;
    const weights = this.#folded();
    const into = emptyFolded(shape);
    const { gradients } = this.#buffers;
    gradients.scale.fill(0);
    const share = 1 / shape.batch;
    const { bias } = architectureOf(shape);
    const hasBias = bias.hidden !== "none" || bias.output !== "none";
    for (let r = 0; r < shape.batch; r++) {
      // Whatever its label, an empty row has x = a = 0 without biases, and with them every gradient below.
      if (this.#isEmpty(r) && !hasBias) continue;
      const x = this.#row(r);
      const passed = forward(shape, weights, x);
      const dOutput = outputGradient(shape, passed, this.#labels(x, r), share);
      backward(shape, weights, passed, x, dOutput, share, into);
      // y has σ T x:  dσ = −dL/dŷ · T x
      if (shape.scaled !== undefined) gradients.scale[0]! -= dot(dOutput, apply(shape.scaled, x));
    }
    const unfolded = unfoldGradients(shape, this.#weights(), into);
    gradients.W_in.data.set(unfolded.W_in.data);
    gradients.W_out.data.set(unfolded.W_out.data);
    if (bias.hidden === "learned") gradients.b_in.set(unfolded.b_in);
    if (bias.output === "learned") gradients.b_out.set(unfolded.b_out);
    if (architectureOf(shape).tied) addTransposed(gradients.W_in, unfolded.W_out);
  }

  update(update: Update): void {
    const { bias, tied } = architectureOf(this.#shape);
    const isTrained = {
      ...{ W_in: true, W_out: !tied, scale: true },
      ...{ b_in: bias.hidden === "learned", b_out: bias.output === "learned" },
    };
    for (const name of ["W_in", "W_out", "b_in", "b_out", "scale"] as const) {
      if (!isTrained[name]) continue;
      const numbers = (buffer: BufferName) => {
        const held = this.#buffers[buffer][name];
        return "data" in held ? held.data : held;
      };
      const state = {
        parameters: numbers("parameters"),
        gradients: numbers("gradients"),
        firstMoments: numbers("firstMoments"),
        secondMoments: numbers("secondMoments"),
      };
      updateInto(state, update);
    }
  }

  async loss(): Promise<number> {
    const weights = this.#folded();
    let sum = 0;
    for (let r = 0; r < this.#shape.batch; r++) {
      const x = this.#row(r);
      sum += lossOfRow(this.#shape, forward(this.#shape, weights, x), this.#labels(x, r));
    }
    return sum / this.#shape.batch;
  }

  async errors(part: ErrorPart, exponent = 2): Promise<ErrorSums> {
    const perOutput = new Float64Array(outputsOf(this.#shape));
    const power = absolutePower(exponent);
    let sum = 0;
    let sumOfSquares = 0;
    const weights = this.#folded();
    for (let r = 0; r < this.#shape.batch; r++) {
      const e = this.#errorOf(part, weights, this.#row(r), r);
      let ofRow = 0;
      for (let i = 0; i < e.length; i++) {
        const term = power(e[i]!);
        ofRow += term;
        perOutput[i]! += term;
      }
      sum += ofRow;
      sumOfSquares += ofRow * ofRow;
    }
    return { sum, sumOfSquares, perOutput };
  }

  write(name: BufferName, pair: WeightPair): void {
    checkPair(this.#shape, pair);
    const { W_in, W_out, b_in, b_out, scale } = this.#buffers[name];
    W_in.data.set(pair.W_in.data);
    if (!architectureOf(this.#shape).tied) W_out.data.set(pair.W_out.data);
    if (pair.b_in !== undefined) b_in.set(pair.b_in);
    if (pair.b_out !== undefined) b_out.set(pair.b_out);
    scale[0] = pair.scale ?? 0;
  }

  async read(name: BufferName): Promise<WeightPair> {
    const { W_in, W_out, b_in, b_out, scale } = structuredClone(this.#buffers[name]);
    const { bias, tied } = architectureOf(this.#shape);
    return {
      W_in,
      W_out: tied ? transpose(W_in) : W_out,
      ...(bias.hidden === "none" ? {} : { b_in }),
      ...(bias.output === "none" ? {} : { b_out }),
      ...(this.#shape.scaled === undefined ? {} : { scale: scale[0]! }),
    };
  }

  /** Both matrices at their full width, W_out also where it is tied. */
  #weights(): Pick<Buffer, "W_in" | "W_out"> {
    const { W_in, W_out } = this.#buffers.parameters;
    return { W_in, W_out: architectureOf(this.#shape).tied ? transpose(W_in) : W_out };
  }

  /** The parameters with an embedding folded in. */
  #folded(): Folded {
    const { b_in, b_out } = this.#buffers.parameters;
    return foldWeights(this.#shape, { ...this.#weights(), b_in, b_out });
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

  #labels(x: Row, r: number): Row {
    return labelsOfRow(this.#shape, this.#buffers.parameters.scale[0]!, x, r);
  }

  /** e(x), or its even part ½ (e(x) + e(−x)). */
  #errorOf(part: ErrorPart, weights: Folded, x: Row, r: number): Row {
    const e = this.#error(weights, x, r);
    if (part === "full") return e;
    const opposite = this.#error(weights, negated(x), r);
    return e.map((value, i) => (value + opposite[i]!) / 2);
  }

  /** ŷ − y */
  #error(weights: Folded, x: Row, r: number): Row {
    const y = this.#labels(x, r);
    return forward(this.#shape, weights, x).output.map((value, i) => value - y[i]!);
  }
}

/** A += Bᵀ */
function addTransposed(a: Matrix, b: Matrix): void {
  const other = transpose(b).data;
  for (let i = 0; i < a.data.length; i++) a.data[i]! += other[i]!;
}

/** The reference engine. */
export const referenceEngine: Engine = {
  name: "reference",
  createProgram: (shape) => new ReferenceProgram(shape),
};
