/**
 * A network with the code and the weights of those that fourth-power loss trains (da Silva & Heimersheim, arXiv
 * 2607.04800): codewords of five or six neurons, hardly two of which share more than one, and W_out = 1.77 pinv(code).
 */
import { biregularCode } from "../../src/baseline/codes.ts";
import { edgeSwaps } from "../../src/baseline/edge-swaps.ts";
import { naiveWeights } from "../../src/baseline/naive.ts";
import { threeScalarNetwork } from "../../src/baseline/three-scalars.ts";
import type { Network } from "../../src/evaluate/network.ts";
import { uniformsOf } from "./random-matrix.ts";

/** 100 features, 50 neurons: a biregular code of size 5 with edge swaps, and the published scalars. */
export function superposedNetwork() {
  const { code } = edgeSwaps(biregularCode({ features: 100, neurons: 50, size: 5 }), { sweeps: 500 });
  return threeScalarNetwork(code, { on: 0.9, off: -0.041, scale: 1.77 });
}

/** The same as training leaves it: two features in five have a sixth neuron, and weights differ by a tenth or so. */
export function unevenNetwork() {
  const network = superposedNetwork();
  const [neurons, features] = network.W_in.shape;
  const uniform = uniformsOf(1);
  for (let i = 0; i < features; i++) {
    if (uniform() < 0.4) network.W_in.data[Math.floor(neurons * uniform()) * features + i] = 0.9;
  }
  for (const { data } of [network.W_in, network.W_out]) {
    for (let at = 0; at < data.length; at++) data[at]! *= 0.85 + 0.3 * uniform();
  }
  return network;
}

/** 100 features, 50 neurons, the first half of the features answered exactly and the others not at all. */
export function naiveNetwork(): Network {
  const distribution = { kind: "bernoulli", p: 0.02, values: "symmetric" } as const;
  return { ...naiveWeights({ features: 100, neurons: 50, mixing: null, distribution }), M: null };
}
