/** What a bypass with noise adds to the output besides the hidden layer's: (I + s N) x. */
import { type Matrix, matrix } from "../numeric/matrix.ts";
import { normals, randomStream } from "../numeric/random.ts";
import type { Spec } from "../spec/schema.ts";

type NoiseBypass = Extract<Spec["model"]["bypass"], { kind: "noise" }>;

/** N [features, features]: independent normal entries of variance 1, from the stream `bypass` of the noise's own seed. */
export function bypassNoise({ seed }: NoiseBypass, features: number): Matrix<Float64Array> {
  return matrix(features, features, normals(randomStream(seed, "bypass"), features * features));
}
