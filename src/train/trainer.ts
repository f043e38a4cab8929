/**
 * The stepper: a model in training, a few steps a call. Node, browser and tests share it; it has no clock and no files.
 *
 * Step t draws batch t of the stream `batches` of the spec's seed, so a run is a pure function of its spec, however
 * it is cut into calls and checkpoints.
 */
import { samplerOf } from "../data/sampler.ts";
import type { Engine, Update, WeightPair } from "../engine/engine.ts";
import { referenceEngine } from "../engine/reference/engine.ts";
import type { LabelFunction } from "../engine/shape.ts";
import { wasmEngine } from "../engine/wasm/engine.ts";
import { initialise } from "../model/initialise.ts";
import type { UnfoldedModel, Weights } from "../model/model.ts";
import { objectiveOf, unfoldedModel } from "../model/objective.ts";
import { programShapeOf } from "../model/program-shape.ts";
import type { Matrix } from "../numeric/matrix.ts";
import { randomStream } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";
import { trainingSteps } from "../spec/training-steps.ts";
import { type Checkpoint, keptBuffers, type MetricRecord, pairOf, tensorsOf } from "./checkpoint.ts";
import { learningRateAt } from "./schedule.ts";

/** What a trainer needs beside its spec. */
export interface TrainerOptions {
  /** Unless another is given, the compiled engine; with a label function, the reference engine. */
  readonly engine?: Engine;
  /** Labels of the caller's own in place of the spec's. */
  readonly labels?: LabelFunction;
  /** M of the labels, [features, features], at the scale that training starts from; null for clean labels. */
  readonly mixing: Matrix | null;
  /** Weights to start from instead of the spec's initialisation, which biases they lack keep: fine-tuning. */
  readonly from?: Weights;
  /** Goes on from here. */
  readonly checkpoint?: Checkpoint;
}

/** A run in the caller's hands: advance it, measure it, read its weights, keep its state. */
export interface Trainer {
  /** Updates made so far. */
  readonly step: number;
  /** Updates in all. */
  readonly steps: number;
  /** Which kernels run, e.g. `wasm/gram-sparse`. */
  readonly kernelPath: string;
  /** Makes up to `count` updates, none beyond `steps`. */
  advance(count: number): void;
  /** The loss on the batch of the next update. */
  measure(): Promise<MetricRecord>;
  /** The parameters now; [neurons, width] and [width, neurons] for a network with an embedding. */
  weights(): Promise<Weights>;
  /** The whole network now: the parameters, and what its spec puts around them. */
  unfolded(): Promise<UnfoldedModel>;
  /** The learned scale now; null when none is learned. */
  mixingScale(): Promise<number | null>;
  /** The state between two steps; `records` are carried along. */
  checkpoint(records: readonly MetricRecord[]): Promise<Checkpoint>;
}

// Defaults of Kingma & Ba 2015, and PyTorch's.
const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

const float32 = (m: Matrix): Matrix<Float32Array> => ({ data: Float32Array.from(m.data), shape: m.shape });

/** Parameters as they are stored, in float32; a learned scale stays float64. */
function storedParameters({ W_in, W_out, b_in, b_out, scale }: WeightPair): Weights & { scale?: number } {
  return {
    W_in: float32(W_in),
    W_out: float32(W_out),
    ...(b_in === undefined ? {} : { b_in: Float32Array.from(b_in) }),
    ...(b_out === undefined ? {} : { b_out: Float32Array.from(b_out) }),
    ...(scale === undefined ? {} : { scale }),
  };
}

/** @throws when a label function comes beside labels of the spec. */
function requireOneKindOfLabels({ labels }: Spec, { labels: own, mixing }: TrainerOptions): void {
  const isScaled = labels.coefficients.kind !== "none";
  if (own === undefined || (labels.function === "relu" && mixing === null && !isScaled)) return;
  const mixed = mixing === null ? "" : " with a mixing matrix";
  const scaled = isScaled ? " with coefficients" : "";
  throw new Error(
    `labels: need a label function alone, which gives the whole label, got one beside labels.function ${labels.function}${mixed}${scaled}. Set labels.function=relu, and labels.mixing.kind and labels.coefficients.kind to none; what they do is for the label function.`,
  );
}

/** One update of the spec's optimiser. @param step t of the paper, from 1 */
function updateOf(training: Spec["training"], step: number, learningRate: number): Update {
  const { weightDecay } = training;
  if (training.optimizer === "sgd") {
    return { optimizer: "sgd", learningRate, momentum: training.momentum, weightDecay };
  }
  return { optimizer: "adam", ...adam, step, learningRate, weightDecay };
}

/**
 * A model of the spec, ready for its first step or for the one after its checkpoint.
 * @throws when weights, mixing or checkpoint do not fit the spec's shapes, or a label function the spec's labels.
 */
export function createTrainer(spec: Spec, options: TrainerOptions): Trainer {
  requireOneKindOfLabels(spec, options);
  const { labels } = options;
  const engine = options.engine ?? (labels === undefined ? wasmEngine : referenceEngine);
  const steps = trainingSteps(spec);
  const batches = randomStream(spec.seed, "batches");
  const sampler = samplerOf(spec.data, spec.model.features);
  const objective = objectiveOf(spec, options.mixing);
  const program = engine.createProgram(programShapeOf(spec, objective, labels));

  let step = options.checkpoint?.step ?? 0;
  if (options.checkpoint === undefined) {
    const scale = objective.learned === null ? {} : { scale: objective.learned.start };
    program.write("parameters", { ...initialise(spec), ...options.from, ...scale });
  } else {
    for (const name of keptBuffers) program.write(name, pairOf(name, options.checkpoint));
  }
  const parameters = async () => storedParameters(await program.read("parameters"));

  return {
    get step() {
      return step;
    },
    steps,
    kernelPath: `${engine.name}/${program.path}`,
    advance(count) {
      for (const last = Math.min(steps, step + count); step < last; step++) {
        program.sample(sampler, batches, step);
        program.gradient();
        const learningRate = learningRateAt(spec.training, step, steps);
        program.update(updateOf(spec.training, step + 1, learningRate));
      }
    },
    async measure() {
      program.sample(sampler, batches, step);
      const learningRate = step < steps ? learningRateAt(spec.training, step, steps) : 0;
      const record = { step, loss: await program.loss(), learningRate };
      const mixingScale = await this.mixingScale();
      return mixingScale === null ? record : { ...record, mixingScale };
    },
    async weights() {
      const { scale: _, ...weights } = await parameters();
      return weights;
    },
    mixingScale: async () => (objective.learned === null ? null : (await parameters()).scale!),
    unfolded: async () => unfoldedModel(spec, objective, options.mixing, await parameters()),
    async checkpoint(records) {
      const pairs = await Promise.all(keptBuffers.map((name) => program.read(name)));
      const tensors = keptBuffers.map((name, i) => tensorsOf(name, pairs[i]!));
      return { step, tensors: Object.assign({}, ...tensors), records };
    },
  };
}
