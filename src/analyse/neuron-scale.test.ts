import { expect, it } from "vitest";
import { codeNetwork } from "../../test/support/code-network.ts";
import { randomNetwork } from "../../test/support/forward.ts";
import { rescaled } from "../../test/support/rescaled.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { neuronScales } from "./neuron-scale.ts";

const once = (values: "symmetric" | "positive" | "sign") => ({ kind: "exactly", k: 1, values }) as const;
const reading = (...weights: number[]) => ({
  W_in: matrix(1, weights.length, weights),
  W_out: matrix(weights.length, 1),
  M: null,
});

it("one feature: the weight times the values' own scale, whatever the sign", () => {
  // E v⁴ / E v² is (1/5)/(1/3) for U[0, 1] and 1 for ±1.
  expect(neuronScales(reading(2, 0), once("symmetric"))[0]).toBeCloseTo(2 * Math.sqrt(0.6), 14);
  expect(neuronScales(reading(-2, 0), once("symmetric"))[0]).toBeCloseTo(2 * Math.sqrt(0.6), 14);
  expect([...neuronScales(identity3(), once("sign"))]).toEqual([1, 1, 1]);
});
const identity3 = () => ({ W_in: identity(3), W_out: identity(3), M: null });

it("positive values never drive negative weights; a dead neuron has no scale", () => {
  expect(neuronScales(reading(1, -5), once("positive"))[0]).toBeCloseTo(Math.sqrt(0.6), 14);
  expect([...neuronScales(reading(0, -5), once("positive"))]).toEqual([0]);
  expect([...neuronScales(reading(0, 0), once("sign"))]).toEqual([0]);
});

it("features count by their p", () => {
  const seldom = { kind: "bernoulli", p: [0.5, 0.1], values: "sign" } as const;
  // (.5 + .1 · 16) / (.5 + .1 · 4)
  expect(neuronScales(reading(1, 2), seldom)[0]).toBeCloseTo(Math.sqrt(2.1 / 0.9), 14);
});

it("leaks beside large weights hardly count", () => {
  const [scale] = neuronScales(reading(1, 1, ...Array(48).fill(-0.04)), once("sign"));
  // 48 leaks of .0016 add 4 % to the energy of 2.
  expect(scale).toBeCloseTo(0.98, 2);
  for (const r of neuronScales(codeNetwork(), once("sign"))) expect(Math.abs(r - 0.9)).toBeLessThan(0.09);
});

it("is multiplied with its neuron", () => {
  const network = randomNetwork(2, 6, 3);
  const before = neuronScales(network, once("symmetric"));
  const after = neuronScales(rescaled(network, [3, 0.1, 7]), once("symmetric"));
  [3, 0.1, 7].forEach((c, k) => {
    expect(after[k]! / before[k]!).toBeCloseTo(c, 12);
  });
});
