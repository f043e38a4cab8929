/**
 * Programs drawn from the whole space of shapes: small and odd sizes, weights and a batch for each. Every number is a
 * float32, so that all engines and the oracle are asked about the same program.
 */
import type { Batch, Sampler, Unit, ValueKind, WeightPair } from "../../src/engine/engine.ts";
import { sampleBatch } from "../../src/engine/reference/sample.ts";
import {
  type Architecture,
  type LossShape,
  outputsOf,
  type ProgramShape,
  plainArchitecture,
  squaredError,
} from "../../src/engine/shape.ts";
import { type Matrix, matrix, transpose } from "../../src/numeric/matrix.ts";
import { randomStream } from "../../src/numeric/random.ts";
import { uniformsOf } from "./random-matrix.ts";
import { type Parameters, type Table, tableOf, type UnfoldedNetwork } from "./unfolded-network.ts";

/** A shape, where it stands, and what it is fed. */
export interface RandomProgram {
  readonly shape: ProgramShape;
  readonly weights: WeightPair;
  readonly batch: Batch;
}

/** Draws from a generator of uniforms. */
export interface Dice {
  readonly uniform: () => number;
  readonly whole: (least: number, most: number) => number;
  readonly oneOf: <Value>(values: readonly Value[]) => Value;
  readonly chance: (p: number) => boolean;
  /** Float32 numbers uniform in ±scale. */
  readonly numbers: (count: number, scale?: number) => Float64Array;
}

/** The dice of a seed. */
export function diceOf(seed: number): Dice {
  const uniform = uniformsOf(seed);
  const whole = (least: number, most: number) => least + Math.floor(uniform() * (most - least + 1));
  return {
    uniform,
    whole,
    oneOf: (values) => values[whole(0, values.length - 1)]!,
    chance: (p) => uniform() < p,
    numbers: (count, scale = 1) =>
      Float64Array.from({ length: count }, () => Math.fround(scale * (2 * uniform() - 1))),
  };
}

export const activationNames = ["identity", "relu", "gelu", "abs", "square"] as const;
export const exponents = [1, 1.5, 2, 2, 2.5, 3, 4, 6, 8] as const;
const elementwise = ["relu", "relu", "abs", "identity", "square"] as const;
/** Neither odd nor even, nor positively homogeneous. */
const ownLabels = (x: Float64Array) => x.map((value) => value ** 3 - 0.3);

const randomTable = (dice: Dice, rows: number, columns: number, scale: number): Matrix<Float64Array> =>
  matrix(rows, columns, dice.numbers(rows * columns, scale));

/** A program of any kind. */
export function randomProgram(dice: Dice): RandomProgram {
  const shape = randomShape(dice);
  return { shape, weights: randomWeights(dice, shape), batch: randomBatch(dice, shape) };
}

function randomShape(dice: Dice): ProgramShape {
  const isOfPairs = dice.chance(0.15);
  const layers = isOfPairs ? 1 : dice.oneOf([1, 1, 2, 3]);
  const features = dice.whole(isOfPairs ? 2 : 1, 7);
  const neurons = layers * dice.whole(1, layers === 1 ? 9 : 3);
  const base = { features, neurons, batch: dice.whole(1, 9), density: dice.oneOf([0.05, 1]) };
  const architecture = randomArchitecture(dice, layers);
  if (isOfPairs) {
    const shape = { ...base, labels: dice.oneOf(["and", "xor"] as const), mixing: null };
    return { ...shape, architecture: { ...architecture, tied: false }, loss: randomLoss(dice, shape) };
  }
  const square = () => randomTable(dice, features, features, 0.3);
  const loss = randomLoss(dice, base);
  const shape: ProgramShape = {
    ...base,
    labels: dice.chance(0.05) ? ownLabels : dice.oneOf(elementwise),
    mixing: dice.chance(0.5) ? square() : null,
    ...(dice.chance(0.3) ? { scaled: square() } : {}),
    ...(dice.chance(0.3) ? { coefficients: dice.numbers(features, 2) } : {}),
    ...(dice.chance(0.8) ? { loss } : {}),
  };
  if (dice.chance(0.6)) return dice.chance(0.2) && layers === 1 ? shape : { ...shape, architecture };
  return {
    ...shape,
    architecture: { ...architecture, output: "identity" },
    embedding: randomEmbedding(dice, shape),
  };
}

function randomArchitecture(dice: Dice, layers: number): Architecture {
  const bias = () => dice.oneOf(["none", "fixed", "learned"] as const);
  return {
    activation: dice.oneOf(activationNames),
    output: dice.chance(0.5) ? "identity" : dice.oneOf(activationNames),
    bias: { hidden: bias(), output: bias() },
    tied: dice.chance(0.3),
    layers,
  };
}

function randomLoss(dice: Dice, shape: Pick<ProgramShape, "features" | "labels">): LossShape {
  const outputs = outputsOf(shape);
  return {
    exponent: dice.oneOf(exponents),
    importance: dice.chance(0.4) ? dice.numbers(outputs).map(Math.abs) : null,
    onesWeight: dice.chance(0.5) ? 1 : 10,
    l1: dice.chance(0.3) ? 0.25 : 0,
  };
}

function randomEmbedding(dice: Dice, { features }: ProgramShape) {
  const width = dice.whole(1, 9);
  const E = randomTable(dice, width, features, 1);
  return { E, U: dice.chance(0.5) ? null : randomTable(dice, features, width, 1) };
}

/** Of a size that lets activations be near one, whatever the shape. */
export function randomWeights(dice: Dice, shape: ProgramShape): WeightPair {
  const { features, neurons, embedding, scaled, architecture = plainArchitecture } = shape;
  const inputs = embedding?.E.shape[0] ?? features;
  const outputs = embedding === undefined ? outputsOf(shape) : inputs;
  const { bias } = architecture;
  return {
    W_in: randomTable(dice, neurons, inputs, 1.5 / Math.sqrt(inputs)),
    W_out: randomTable(dice, outputs, neurons, 1.5 / Math.sqrt(neurons)),
    ...(bias.hidden === "none" ? {} : { b_in: dice.numbers(neurons, 0.5) }),
    ...(bias.output === "none" ? {} : { b_out: dice.numbers(outputs, 0.5) }),
    ...(scaled === undefined ? {} : { scale: Math.fround(dice.uniform()) }),
  };
}

function randomBatch(dice: Dice, shape: ProgramShape): Batch {
  const sampler = randomSampler(dice, shape.features);
  return sampleBatch(sampler, randomStream(dice.whole(0, 2 ** 31), "batch"), 0, shape);
}

function randomSampler(dice: Dice, features: number): Sampler {
  const values = dice.oneOf<ValueKind>(["symmetric", "symmetric", "positive", "sign", "binary"]);
  const kind = dice.oneOf(["bernoulli", "exactly", "units"] as const);
  if (kind === "bernoulli") return { kind, p: dice.oneOf([0.2, 0.5, 1]), values };
  if (kind === "exactly") return { kind, k: dice.whole(1, features), values };
  const cut = dice.whole(0, features - 1);
  const members = Array.from({ length: features }, (_, i) => i);
  const unit = (own: readonly number[]): Unit => ({
    features: own,
    p: dice.oneOf([0.3, 0.8]),
    draws: dice.oneOf(["all", "one"]),
  });
  return {
    kind,
    units: [members.slice(0, cut), members.slice(cut)].filter((own) => own.length > 0).map(unit),
    values,
  };
}

const tableOfMatrix = ({ data, shape: [rows] }: Matrix): Table => tableOf(data, rows);

/** A shape as the oracle takes it. */
export function unfoldedShape(shape: ProgramShape): UnfoldedNetwork {
  const { features, neurons, architecture = plainArchitecture, embedding } = shape;
  return {
    ...{ features, neurons },
    ...architecture,
    embedding: embedding
      ? { E: tableOfMatrix(embedding.E), U: tableOfMatrix(embedding.U ?? transpose(embedding.E)) }
      : null,
    bypass: "none",
    labels: shape.labels ?? "relu",
    coefficients: shape.coefficients ? Array.from(shape.coefficients) : null,
    mixing: shape.mixing && tableOfMatrix(shape.mixing),
    scaled: shape.scaled ? tableOfMatrix(shape.scaled) : null,
    loss: shape.loss ?? squaredError,
  };
}

/** Weights as the oracle takes them; biases that are not there are 0. */
export function parametersOf({ W_in, W_out, b_in, b_out, scale = 0 }: WeightPair): Parameters {
  return {
    W_in: Float64Array.from(W_in.data),
    W_out: Float64Array.from(W_out.data),
    b_in: Float64Array.from(b_in ?? new Float64Array(W_in.shape[0])),
    b_out: Float64Array.from(b_out ?? new Float64Array(W_out.shape[0])),
    scale: Float64Array.of(scale),
  };
}

/** The rows of a batch, written out. */
export function rowsOf({ rowStarts, columns, values }: Batch, features: number): Table {
  return Array.from(rowStarts.subarray(1), (end, r) => {
    const row = new Array<number>(features).fill(0);
    for (let k = rowStarts[r]!; k < end; k++) row[columns[k]!] = values[k]!;
    return row;
  });
}
