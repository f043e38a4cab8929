/** Weights before the first step, drawn in float64 and rounded to float32. */
import { type Matrix, transpose } from "../numeric/matrix.ts";
import { normals, type RandomStream, randomStream, uniforms } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";
import { hiddenNeurons, inputWidth, outputWidth } from "../spec/sizes.ts";
import type { Weights } from "./model.ts";

type Draw = (stream: RandomStream, count: number) => Float64Array;

const uniform =
  (a: number): Draw =>
  (stream, count) =>
    uniforms(stream, count).map((u) => a * (2 * u - 1));

const normal =
  (std: number): Draw =>
  (stream, count) =>
    normals(stream, count).map((z) => std * z);

/** How each matrix is drawn. */
function drawsOf(spec: Pick<Spec, "model" | "labels">): { W_in: Draw; W_out: Draw } {
  const { neurons, init } = spec.model;
  const [inputs, outputs] = [inputWidth(spec.model), outputWidth(spec)];
  switch (init.kind) {
    case "kaiming-uniform":
      // Bhagat et al. 2026 store W_in as [features, neurons] and W_out as [neurons, features]; PyTorch takes the
      // second dimension for the fan-in. With an embedding its width d takes the place of features: [d, neurons] and
      // [neurons, d].
      return { W_in: uniform(Math.sqrt(6 / neurons)), W_out: uniform(Math.sqrt(6 / outputs)) };
    case "xavier-normal": {
      const draw = (size: number) => normal(Math.sqrt(2 / (size + neurons)));
      return { W_in: draw(inputs), W_out: draw(outputs) };
    }
    case "uniform":
      return { W_in: uniform(init.a.W_in), W_out: uniform(init.a.W_out) };
    case "normal":
      return { W_in: normal(init.std.W_in), W_out: normal(init.std.W_out) };
  }
}

/**
 * The weights that training starts from: matrices from the streams `init/W_in` and `init/W_out` of the spec's seed, where
 * a tied W_out is the transpose of W_in; biases, if there are any, at their start.
 *
 * @returns W_in [neurons, features], W_out [outputs, neurons], neurons of all layers together; with an embedding, its width
 *   takes the place of features and outputs
 * @example initialise(preset("cc-clean")).W_in.shape // [50, 100]
 */
export function initialise(spec: Pick<Spec, "seed" | "model" | "labels">): Weights {
  const { seed, model } = spec;
  const h = hiddenNeurons(model);
  const draws = drawsOf(spec);
  const drawn = (name: "W_in" | "W_out", rows: number, columns: number): Matrix<Float32Array> => {
    const values = draws[name](randomStream(seed, `init/${name}`), rows * columns);
    return { data: Float32Array.from(values), shape: [rows, columns] };
  };
  const W_in = drawn("W_in", h, inputWidth(model));
  const W_out = model.tied ? transposed(W_in) : drawn("W_out", outputWidth(spec), h);
  return { W_in, W_out, ...startingBiases(spec) };
}

const transposed = (a: Matrix<Float32Array>): Matrix<Float32Array> => {
  const { data, shape } = transpose(a);
  return { data: Float32Array.from(data), shape };
};

/** b_in [neurons] and b_out [outputs or width], each where the spec has it. */
function startingBiases(spec: Pick<Spec, "model" | "labels">): Pick<Weights, "b_in" | "b_out"> {
  const { bias, biasStart } = spec.model;
  const filled = (size: number, value: number) => new Float32Array(size).fill(value);
  return {
    ...(bias.hidden === "none" ? {} : { b_in: filled(hiddenNeurons(spec.model), biasStart.hidden) }),
    ...(bias.output === "none" ? {} : { b_out: filled(outputWidth(spec), biasStart.output) }),
  };
}
