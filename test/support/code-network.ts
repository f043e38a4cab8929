/** A network of the kind that fourth-power loss trains (da Silva & Heimersheim, arXiv 2607.04800): codewords, read by a pseudoinverse. */
import type { Network } from "../../src/evaluate/network.ts";
import { combine, matrix } from "../../src/numeric/matrix.ts";
import { pseudoinverse } from "../../src/numeric/pseudoinverse.ts";
import { uniformsOf } from "./random-matrix.ts";

/** Each feature drives `size` neurons by about .9 and the others by about −.04; W_out = 1.77 pinv(W_in). */
export function codeNetwork({ seed = 1, features = 100, neurons = 50, size = 5 } = {}): Network {
  const uniform = uniformsOf(seed);
  const W_in = matrix(neurons, features);
  for (let i = 0; i < features; i++) {
    const keys = Array.from({ length: neurons }, () => uniform());
    const order = Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
    order.forEach((k, place) => {
      W_in.data[k * features + i] = (place < size ? 0.9 : -0.04) * (0.9 + 0.2 * uniform());
    });
  }
  const inverse = pseudoinverse(W_in);
  return { W_in, W_out: combine(1.77, inverse, 0, inverse), M: null };
}
