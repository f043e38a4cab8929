/** Weights before the first step, drawn in float64 and rounded to float32. */
import { normals, type RandomStream, randomStream, uniforms } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";
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

/** Columns of W_in: the embedding's width or, without one, the features. */
const inputsOf = ({ features, embedding }: Spec["model"]): number =>
  embedding.kind === "none" ? features : embedding.width;

/** How each matrix is drawn. */
function drawsOf(model: Spec["model"]): { W_in: Draw; W_out: Draw } {
  const { neurons, init } = model;
  const inputs = inputsOf(model);
  switch (init.kind) {
    case "kaiming-uniform":
      // Bhagat et al. 2026 store W_in as [features, neurons] and W_out as [neurons, features]; PyTorch takes the
      // second dimension for the fan-in. With an embedding its width d takes the place of features: [d, neurons] and
      // [neurons, d].
      return { W_in: uniform(Math.sqrt(6 / neurons)), W_out: uniform(Math.sqrt(6 / inputs)) };
    case "xavier-normal": {
      const draw = normal(Math.sqrt(2 / (inputs + neurons)));
      return { W_in: draw, W_out: draw };
    }
    case "uniform":
      return { W_in: uniform(init.a.W_in), W_out: uniform(init.a.W_out) };
    case "normal":
      return { W_in: normal(init.std.W_in), W_out: normal(init.std.W_out) };
  }
}

/**
 * The weights that training starts from, from the streams `init/W_in` and `init/W_out` of the spec's seed.
 *
 * @returns W_in [neurons, features], W_out [features, neurons]; with an embedding, its width takes the place of features
 * @example initialise(preset("cc-clean")).W_in.shape // [50, 100]
 */
export function initialise({ seed, model }: Spec): Weights {
  const { neurons } = model;
  const inputs = inputsOf(model);
  const draws = drawsOf(model);
  const drawn = (name: "W_in" | "W_out") =>
    Float32Array.from(draws[name](randomStream(seed, `init/${name}`), inputs * neurons));
  return {
    W_in: { data: drawn("W_in"), shape: [neurons, inputs] },
    W_out: { data: drawn("W_out"), shape: [inputs, neurons] },
  };
}
