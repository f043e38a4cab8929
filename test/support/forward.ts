/** The error of a network written out from its definition, the slow way: e = W_out relu(W_in x) − relu(x) − M x. */
import type { Network } from "../../src/evaluate/network.ts";
import { type Matrix, matrix } from "../../src/numeric/matrix.ts";
import { randomMatrix } from "./random-matrix.ts";

/** A x. */
export function apply(a: Matrix, x: ArrayLike<number>): number[] {
  const [rows, columns] = a.shape;
  return Array.from({ length: rows }, (_, i) => {
    let value = 0;
    for (let j = 0; j < columns; j++) value += a.data[i * columns + j]! * x[j]!;
    return value;
  });
}

/** e = ŷ − y. */
export function errorOf({ W_in, W_out, M }: Network, x: Float64Array): number[] {
  const output = apply(
    W_out,
    apply(W_in, x).map((z) => Math.max(z, 0)),
  );
  const mixed = apply(M ?? matrix(x.length, x.length), x);
  return output.map((value, i) => value - Math.max(x[i]!, 0) - mixed[i]!);
}

/** ½ (W_out |W_in x| − |x|). */
export function evenErrorOf({ W_in, W_out }: Network, x: Float64Array): number[] {
  return apply(W_out, apply(W_in, x).map(Math.abs)).map((value, i) => (value - Math.abs(x[i]!)) / 2);
}

/** Σ x_i². */
export function squaredLength(x: ArrayLike<number>): number {
  return Array.from(x).reduce((total, value) => total + value * value, 0);
}

/** A network with entries uniform in ±1 and an asymmetric M with entries in ±½. */
export function randomNetwork(seed: number, features: number, neurons: number): Network {
  return {
    W_in: randomMatrix(seed, neurons, features),
    W_out: randomMatrix(seed + 1_000_003, features, neurons),
    M: randomMatrix(seed + 2_000_003, features, features, 0.5),
  };
}
