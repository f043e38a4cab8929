/**
 * The fast engine: WebAssembly with 128-bit SIMD, float32, one instance a program. Standard SIMD rounds alike
 * everywhere, so a program has the same bits in Node, in every browser and on every machine.
 */
import { log } from "../../numeric/elementary.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import { absolutePower } from "../../numeric/power.ts";
import type { RandomStream } from "../../numeric/random.ts";
import { ensureMemory } from "../../wasm/load.ts";
import { checkBatch, checkPair, checkSampler, checkShape, inputsOf, readOutsOf } from "../check.ts";
import type {
  Batch,
  BufferName,
  Engine,
  ErrorPart,
  ErrorSums,
  Program,
  Sampler,
  Unit,
  Update,
  WeightPair,
} from "../engine.ts";
import { type Embedding, outputsOf, type ProgramShape, plainArchitecture, squaredError } from "../shape.ts";
import { mostProbable, unitThreshold } from "../units.ts";
import { adamScalars, keptShare, type UpdateState, updateInto } from "../update.ts";
import { activationCodes, biasCodes, labelCodes, valueCodes } from "./codes.ts";
import { instantiateTraining, type TrainingKernels } from "./kernels.ts";
import { readRows, readTransposed, writeRows, writeTransposed } from "./padded.ts";
import { isRectified, type KernelPath, pathOf, rowsOf } from "./path.ts";

const emptyScale = (): UpdateState => ({
  parameters: new Float64Array(1),
  gradients: new Float64Array(1),
  firstMoments: new Float64Array(1),
  secondMoments: new Float64Array(1),
});

class WasmProgram implements Program {
  readonly path: KernelPath;
  readonly #shape: ProgramShape;
  readonly #kernels: TrainingKernels;
  /** h' and n': rows are padded to whole vectors. */
  readonly #paddedNeurons: number;
  readonly #paddedFeatures: number;
  /** σ, its gradient and its moments; null without one. */
  readonly #scale: UpdateState | null;
  /** The units that are written for the sampler. */
  #units: readonly Unit[] | null = null;

  constructor(shape: ProgramShape) {
    checkShape(shape);
    const { features, neurons, batch, mixing, scaled, embedding, labels = "relu" } = shape;
    const { architecture = plainArchitecture, loss = squaredError, coefficients } = shape;
    if (typeof labels === "function") {
      throw new Error(
        "wasm engine: need labels relu(x) + M x, got a label function. Use referenceEngine, which calls it.",
      );
    }
    this.#shape = shape;
    this.path = pathOf(shape);
    this.#paddedNeurons = Math.ceil(neurons / 4) * 4;
    this.#paddedFeatures = Math.ceil(features / 4) * 4;
    this.#kernels = instantiateTraining();
    const { activation, output, bias, tied, layers } = architecture;
    this.#kernels.setNetwork(
      outputsOf(shape),
      activationCodes[activation],
      activationCodes[output],
      biasCodes[bias.hidden],
      biasCodes[bias.output],
      tied,
      layers,
      labelCodes[labels],
    );
    const { exponent, onesWeight, l1, importance } = loss;
    this.#kernels.setLoss(exponent, onesWeight, l1, importance !== null, coefficients !== undefined);
    const hasScale = scaled !== undefined;
    const bytes = this.#kernels.configure(
      features,
      neurons,
      batch,
      mixing !== null || hasScale,
      hasScale,
      embedding?.E.shape[0] ?? 0,
      embedding !== undefined && embedding.U !== null,
      this.path === "general",
    );
    ensureMemory(this.#kernels.memory, bytes);
    if (coefficients !== undefined) {
      this.#float32(this.#kernels.addressOfCoefficients(), features).set(coefficients);
    }
    if (importance !== null)
      this.#float32(this.#kernels.addressOfImportance(), importance.length).set(importance);
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
    const draw = [values, step, stream.id, low, high] as const;
    switch (sampler.kind) {
      case "exactly":
        this.#kernels.sampleExactly(sampler.k, ...draw);
        break;
      case "bernoulli":
        this.#kernels.sampleBernoulli(1 / log(1 - sampler.p), ...draw);
        break;
      case "units":
        this.#writeUnits(sampler);
        this.#kernels.sampleUnits(1 / log(1 - mostProbable(sampler.units)), ...draw, sampler.units.length);
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
    switch (this.path) {
      case "gram-dense":
        this.#kernels.gradientOfDenseRows();
        break;
      case "gram-sparse":
        this.#kernels.collapseRows();
        this.#kernels.gradientOfRows();
        break;
      case "general":
        this.#walkRows(true);
        this.#kernels.gradientOfGeneralRows(this.#scale !== null);
    }
    if (this.#shape.embedding !== undefined) this.#kernels.unfold();
    if (this.path === "general") this.#kernels.addLayers();
    if (this.#scale !== null) this.#scale.gradients[0] = this.#gradientOfScale(this.#scale.parameters[0]!);
  }

  #gradientOfScale(sigma: number): number {
    if (this.path === "general") return -this.#kernels.ofScale.value;
    return this.#kernels.gradientOfScale(sigma, this.path === "gram-dense");
  }

  /** The rows that general kernels and error sums walk. @param collapse whether rows may stand for several, of equal loss */
  #walkRows(collapse: boolean): void {
    const rows = rowsOf(this.#shape);
    if (collapse && rows === "collapsed") {
      this.#kernels.collapseRows();
      return;
    }
    this.#kernels.keepRows();
    if (rows === "with-empty") this.#kernels.addEmptyRow();
  }

  update(update: Update): void {
    if (update.optimizer === "adam") {
      const { rate, root, keep } = adamScalars(update);
      this.#kernels.adam(rate, root, update.beta1, update.beta2, update.epsilon, keep);
    } else {
      this.#kernels.sgd(update.learningRate, update.momentum, keptShare(update));
    }
    if (this.#scale === null) return;
    updateInto(this.#scale, update);
    this.#kernels.mix(this.#scale.parameters[0]!);
  }

  async loss(): Promise<number> {
    const { importance, exponent, l1 } = this.#shape.loss ?? squaredError;
    this.#sumErrors("full", exponent, true);
    const outputs = outputsOf(this.#shape);
    const perOutput = this.#float64(this.#kernels.addressOfOutputSums(), outputs);
    const [total, , activations] = this.#float64(this.#kernels.addressOfRowSums(), 3);
    const sum =
      importance === null ? total! : perOutput.reduce((all, own, i) => all + importance[i]! * own, 0);
    return sum / (this.#shape.batch * outputs) + (l1 * activations!) / this.#shape.batch;
  }

  async errors(part: ErrorPart, exponent = 2): Promise<ErrorSums> {
    this.#sumErrors(part, exponent, false);
    // The kernel takes twice the even part.
    const scale = part === "even" ? 1 / absolutePower(exponent)(2) : 1;
    const rowSums = this.#float64(this.#kernels.addressOfRowSums(), 2);
    const perOutput = this.#float64(this.#kernels.addressOfOutputSums(), outputsOf(this.#shape));
    return {
      sum: rowSums[0]! * scale,
      sumOfSquares: rowSums[1]! * scale * scale,
      perOutput: perOutput.map((sum) => sum * scale),
    };
  }

  #sumErrors(part: ErrorPart, exponent: number, isWeighted: boolean): void {
    if (this.#shape.embedding !== undefined) this.#kernels.fold();
    this.#walkRows(false);
    this.#kernels.sumErrors(part === "even", exponent, isRectified(this.#shape), isWeighted);
  }

  write(name: BufferName, pair: WeightPair): void {
    checkPair(this.#shape, pair);
    const { W_in, W_out, b_in, b_out } = this.#views(name);
    writeTransposed(W_in, pair.W_in, this.#paddedNeurons);
    if (!this.#shape.architecture?.tied) writeRows(W_out, pair.W_out, this.#paddedNeurons);
    if (pair.b_in !== undefined) b_in.set(pair.b_in);
    if (pair.b_out !== undefined) b_out.set(pair.b_out);
    if (this.#scale === null) return;
    this.#scale[name][0] = pair.scale!;
    if (name === "parameters") this.#kernels.mix(pair.scale!);
  }

  async read(name: BufferName): Promise<WeightPair> {
    const { neurons, architecture = plainArchitecture } = this.#shape;
    const [inputs, outputs] = [inputsOf(this.#shape), readOutsOf(this.#shape)];
    const { W_in, W_out, b_in, b_out } = this.#views(name);
    return {
      W_in: readTransposed(W_in, neurons, inputs, this.#paddedNeurons),
      W_out: readRows(W_out, outputs, neurons, this.#paddedNeurons),
      ...(architecture.bias.hidden === "none" ? {} : { b_in: b_in.slice() }),
      ...(architecture.bias.output === "none" ? {} : { b_out: b_out.slice() }),
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

  #writeUnits(sampler: Extract<Sampler, { kind: "units" }>): void {
    const { units } = sampler;
    if (this.#units === units) return;
    checkSampler(this.#shape, sampler);
    const most = mostProbable(units);
    const words = this.#uint32(this.#kernels.addressOfUnits(), 4 * (units.length + 1));
    const members = this.#uint32(this.#kernels.addressOfMembers(), this.#shape.features);
    let first = 0;
    units.forEach(({ features, p, draws }, u) => {
      const threshold = unitThreshold(p, most);
      words.set([first, draws === "one" ? 1 : 0, threshold >>> 0, Math.floor(threshold / 2 ** 32)], 4 * u);
      members.set(features, first);
      first += features.length;
    });
    words[4 * units.length] = first;
    this.#units = units;
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

  /** Views on the parts of a buffer: W_in transposed and W_out, [n, h'] and [m, h'] (d with an embedding), and the biases. */
  #views(name: BufferName): Record<"W_in" | "W_out" | "b_in" | "b_out", Float32Array> {
    const { neurons } = this.#shape;
    const [inputs, outputs] = [inputsOf(this.#shape), readOutsOf(this.#shape)];
    const address = this.#addressOf(name);
    const { ofW_out, ofB_in, ofB_out } = this.#kernels;
    return {
      W_in: this.#float32(address, inputs * this.#paddedNeurons),
      W_out: this.#float32(address + ofW_out.value, outputs * this.#paddedNeurons),
      b_in: this.#float32(address + ofB_in.value, neurons),
      b_out: this.#float32(address + ofB_out.value, outputs),
    };
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
