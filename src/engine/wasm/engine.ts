/**
 * The fast engine: WebAssembly with 128-bit SIMD, float32, one instance a program. Standard SIMD rounds alike
 * everywhere, so a program has the same bits in Node, in every browser and on every machine.
 */
import { log } from "../../numeric/elementary.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import type { RandomStream } from "../../numeric/random.ts";
import { ensureMemory } from "../../wasm/load.ts";
import { checkBatch, checkPair, checkShape, inputsOf } from "../check.ts";
import type {
  Batch,
  BufferName,
  Engine,
  ErrorPart,
  ErrorSums,
  Program,
  Sampler,
  Update,
  ValueKind,
  WeightPair,
} from "../engine.ts";
import type { Embedding, ProgramShape } from "../shape.ts";
import { adamScalars, type UpdateState, updateInto } from "../update.ts";
import { instantiateTraining, type TrainingKernels } from "./kernels.ts";

/** Above this share of active features dense panels beat walking the entries (measured at n=100, h=50). */
const denseFrom = 0.3;

const valueCodes: Readonly<Record<ValueKind, number>> = { symmetric: 0, positive: 1, sign: 2, binary: 3 };

const emptyScale = (): UpdateState => ({
  parameters: new Float64Array(1),
  gradients: new Float64Array(1),
  firstMoments: new Float64Array(1),
  secondMoments: new Float64Array(1),
});

class WasmProgram implements Program {
  readonly path: "gram-sparse" | "gram-dense";
  readonly #shape: ProgramShape;
  readonly #kernels: TrainingKernels;
  /** h' and n': rows are padded to whole vectors. */
  readonly #paddedNeurons: number;
  readonly #paddedFeatures: number;
  /** σ, its gradient and its moments; null without one. */
  readonly #scale: UpdateState | null;

  constructor(shape: ProgramShape) {
    checkShape(shape);
    const { features, neurons, batch, mixing, scaled, embedding, labels } = shape;
    if (typeof labels === "function") {
      throw new Error(
        "wasm engine: need labels relu(x) + M x, got a label function. Use referenceEngine, which calls it.",
      );
    }
    if (shape.architecture !== undefined || shape.loss !== undefined) throw new Error("not yet");
    this.#shape = shape;
    this.path = shape.density > denseFrom ? "gram-dense" : "gram-sparse";
    this.#paddedNeurons = Math.ceil(neurons / 4) * 4;
    this.#paddedFeatures = Math.ceil(features / 4) * 4;
    this.#kernels = instantiateTraining();
    const hasScale = scaled !== undefined;
    const bytes = this.#kernels.configure(
      features,
      neurons,
      batch,
      mixing !== null || hasScale,
      hasScale,
      embedding?.E.shape[0] ?? 0,
      embedding !== undefined && embedding.U !== null,
    );
    ensureMemory(this.#kernels.memory, bytes);
    if (embedding !== undefined) this.#writeEmbedding(embedding);
    this.#scale = hasScale ? emptyScale() : null;
    if (hasScale) this.#writeScaled(mixing, scaled);
    else if (mixing !== null) {
      this.#writeMixing(mixing, this.#kernels.addressOfM(), this.#kernels.addressOfMt());
    }
  }

  sample(sampler: Sampler, stream: RandomStream, step: number): void {
    const values = valueCodes[sampler.values];
    const [low, high] = stream.key;
    if (sampler.kind === "units") throw new Error("not yet");
    if (sampler.kind === "exactly") {
      this.#kernels.sampleExactly(sampler.k, values, step, stream.id, low, high);
    } else {
      this.#kernels.sampleBernoulli(1 / log(1 - sampler.p), values, step, stream.id, low, high);
    }
  }

  setBatch(batch: Batch): void {
    checkBatch(this.#shape, batch);
    const entries = batch.values.length;
    this.#uint32(this.#kernels.addressOfColumns(), entries).set(batch.columns);
    this.#float32(this.#kernels.addressOfValues(), entries).set(batch.values);
    const rows = this.#uint32(this.#kernels.addressOfRows(), entries);
    for (let r = 0; r < this.#shape.batch; r++) rows.fill(r, batch.rowStarts[r], batch.rowStarts[r + 1]);
    this.#kernels.setCount(entries);
  }

  async readBatch(): Promise<Batch> {
    const entries = this.#kernels.entryCount();
    const rowStarts = new Uint32Array(this.#shape.batch + 1);
    for (const row of this.#uint32(this.#kernels.addressOfRows(), entries)) rowStarts[row + 1]!++;
    for (let r = 0; r < this.#shape.batch; r++) rowStarts[r + 1]! += rowStarts[r]!;
    return {
      rowStarts,
      columns: this.#uint32(this.#kernels.addressOfColumns(), entries).slice(),
      values: this.#float32(this.#kernels.addressOfValues(), entries).slice(),
    };
  }

  gradient(): void {
    if (this.#shape.embedding !== undefined) this.#kernels.fold();
    if (this.path === "gram-dense") {
      this.#kernels.gradientOfDenseRows();
    } else {
      this.#kernels.collapseRows();
      this.#kernels.gradientOfRows();
    }
    if (this.#shape.embedding !== undefined) this.#kernels.unfold();
    if (this.#scale === null) return;
    const { parameters, gradients } = this.#scale;
    gradients[0] = this.#kernels.gradientOfScale(parameters[0]!, this.path === "gram-dense");
  }

  update(update: Update): void {
    if (update.optimizer !== "adam") throw new Error("not yet");
    const { rate, root, keep } = adamScalars(update);
    this.#kernels.adam(rate, root, update.beta1, update.beta2, update.epsilon, keep);
    if (this.#scale === null) return;
    updateInto(this.#scale, update);
    this.#kernels.mix(this.#scale.parameters[0]!);
  }

  async loss(): Promise<number> {
    const { sum } = await this.errors("full");
    return sum / (this.#shape.batch * this.#shape.features);
  }

  async errors(part: ErrorPart): Promise<ErrorSums> {
    if (this.#shape.embedding !== undefined) this.#kernels.fold();
    this.#kernels.keepRows();
    this.#kernels.sumErrors(part === "even");
    // The even kernel sums the squares of twice the even part.
    const scale = part === "even" ? 1 / 4 : 1;
    const rowSums = this.#float64(this.#kernels.addressOfRowSums(), 2);
    const perOutput = this.#float64(this.#kernels.addressOfOutputSums(), this.#shape.features);
    return {
      sum: rowSums[0]! * scale,
      sumOfSquares: rowSums[1]! * scale * scale,
      perOutput: perOutput.map((sum) => sum * scale),
    };
  }

  write(name: BufferName, pair: WeightPair): void {
    checkPair(this.#shape, pair);
    const { neurons } = this.#shape;
    const inputs = inputsOf(this.#shape);
    const [W_in, W_out] = this.#views(name);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < neurons; j++) {
        W_in[i * this.#paddedNeurons + j] = pair.W_in.data[j * inputs + i]!;
        W_out[i * this.#paddedNeurons + j] = pair.W_out.data[i * neurons + j]!;
      }
    }
    if (this.#scale === null) return;
    this.#scale[name][0] = pair.scale!;
    if (name === "parameters") this.#kernels.mix(pair.scale!);
  }

  async read(name: BufferName): Promise<WeightPair> {
    const { neurons } = this.#shape;
    const inputs = inputsOf(this.#shape);
    const [W_inView, W_outView] = this.#views(name);
    const W_in = new Float32Array(neurons * inputs);
    const W_out = new Float32Array(inputs * neurons);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j < neurons; j++) {
        W_in[j * inputs + i] = W_inView[i * this.#paddedNeurons + j]!;
        W_out[i * neurons + j] = W_outView[i * this.#paddedNeurons + j]!;
      }
    }
    return {
      W_in: { data: W_in, shape: [neurons, inputs] },
      W_out: { data: W_out, shape: [inputs, neurons] },
      ...(this.#scale === null ? {} : { scale: this.#scale[name][0]! }),
    };
  }

  #writeEmbedding({ E, U }: Embedding): void {
    const [width, n] = E.shape;
    const size = width * this.#paddedFeatures;
    const embedding = this.#float32(this.#kernels.addressOfEmbedding(), size);
    const unembedding = this.#float32(this.#kernels.addressOfUnembedding(), size);
    for (let k = 0; k < width; k++) {
      for (let i = 0; i < n; i++) {
        embedding[k * this.#paddedFeatures + i] = E.data[k * n + i]!;
        if (U !== null) unembedding[k * this.#paddedFeatures + i] = U.data[i * width + k]!;
      }
    }
  }

  #writeScaled(fixed: Matrix | null, scaled: Matrix): void {
    const kernels = this.#kernels;
    if (fixed !== null) this.#writeMixing(fixed, kernels.addressOfF(), kernels.addressOfFt());
    this.#writeMixing(scaled, kernels.addressOfT(), kernels.addressOfTt());
    kernels.prepareScale();
    kernels.mix(0);
  }

  /** A matrix [n, n] and its transpose. */
  #writeMixing(mixing: Matrix, address: number, transposed: number): void {
    const n = this.#shape.features;
    const M = this.#float32(address, n * this.#paddedFeatures);
    const Mt = this.#float32(transposed, n * this.#paddedFeatures);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        M[i * this.#paddedFeatures + j] = mixing.data[i * n + j]!;
        Mt[j * this.#paddedFeatures + i] = mixing.data[i * n + j]!;
      }
    }
  }

  /** Views on the transposed W_in and W_out, [n, h'] or [d, h'], of a buffer. */
  #views(name: BufferName): readonly [Float32Array, Float32Array] {
    const size = inputsOf(this.#shape) * this.#paddedNeurons;
    const address = this.#addressOf(name);
    return [this.#float32(address, size), this.#float32(address + 4 * size, size)];
  }

  #addressOf(name: BufferName): number {
    const kernels = this.#kernels;
    switch (name) {
      case "parameters":
        return kernels.addressOfParameters();
      case "gradients":
        return kernels.addressOfGradients();
      case "firstMoments":
        return kernels.addressOfFirstMoment();
      case "secondMoments":
        return kernels.addressOfSecondMoment();
    }
  }

  #float32(address: number, length: number): Float32Array {
    return new Float32Array(this.#kernels.memory.buffer, address, length);
  }

  #float64(address: number, length: number): Float64Array {
    return new Float64Array(this.#kernels.memory.buffer, address, length);
  }

  #uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#kernels.memory.buffer, address, length);
  }
}

/** The default engine. */
export const wasmEngine: Engine = { name: "wasm", createProgram: (shape) => new WasmProgram(shape) };
