/**
 * Whether the odd part of a network's output is linear, as the odd/even split of one ReLU layer has it.
 *
 * o(x) = ½ (ŷ(x) − ŷ(−x)). One bias-free ReLU layer has o(x) = ½ W_out W_in x, so o(e_i + t e_j) = o(e_i) + t o(e_j);
 * several layers need not (docs/theory/odd-even-split.md). Measured on all pairs of features at ±1: nothing is sampled.
 * Limit: n(n − 1) pairs of forward passes, a few seconds at 100 features.
 */
import { forwardOf } from "../evaluate/function-model.ts";
import { type Network, sizesOf } from "../evaluate/network.ts";
import { oneHot } from "../evaluate/response-heatmap.ts";

/** The odd part beside the sum of its answers to single features, over all pairs and signs. */
export interface OddInteraction {
  /** Σ ‖o(e_i + t e_j) − o(e_i) − t o(e_j)‖² / Σ ‖o(e_i + t e_j)‖²; 0 when there is no odd part. */
  readonly share: number;
  /** Σ over pairs and signs of the numerator, divided by their number and the outputs. */
  readonly meanSquare: number;
}

/**
 * How far the odd part is from linear.
 * @throws when the network's matrices do not fit together.
 * @example oddInteraction(naive).share // 0
 */
export function oddInteraction(network: Network): OddInteraction {
  const { features, outputs } = sizesOf(network);
  const odd = oddPartOf(forwardOf(network));
  const singles = Array.from({ length: features }, (_, i) => odd(oneHot(features, i, 1)));
  let [apart, all] = [0, 0];
  for (let i = 0; i < features; i++) {
    for (let j = i + 1; j < features; j++) {
      for (const t of [1, -1]) {
        const together = odd(oneHot(features, i, 1).fill(t, j, j + 1));
        for (let k = 0; k < outputs; k++) {
          apart += (together[k]! - singles[i]![k]! - t * singles[j]![k]!) ** 2;
          all += together[k]! ** 2;
        }
      }
    }
  }
  const count = Math.max(1, features * (features - 1) * outputs);
  return { share: all === 0 ? 0 : apart / all, meanSquare: apart / count };
}

function oddPartOf(forward: (x: Float64Array) => Float64Array) {
  return (x: Float64Array): Float64Array => {
    const opposite = forward(x.map((value) => -value));
    return forward(x).map((value, k) => (value - opposite[k]!) / 2);
  };
}
