import { describe, expect, it } from "vitest";
import { affineAndNetwork } from "../baseline/affine-and.ts";
import { leastSquaresReadOff } from "../baseline/least-squares-read-off.ts";
import { randomSubsets, universalAndNetwork } from "../baseline/universal-and.ts";
import { binaryInputs } from "../evaluate/binary-inputs.ts";
import { countWithin, pairErrors } from "./pair-errors.ts";

const network = universalAndNetwork(randomSubsets({ features: 8, neurons: 20, probability: 0.4 }));

describe("pairErrors", () => {
  it("knows the errors of the best affine function", () => {
    const errors = pairErrors(affineAndNetwork(7), binaryInputs(7, 3));
    expect([...errors.worst]).toEqual(Array(21).fill(0.25));
    expect(errors.mean).toEqual({ both: -0.25, one: 0.25, none: -0.25 });
    expect(errors.meanSquare).toBeCloseTo(1 / 16, 12);
  });

  it("has no mean of a case that no input has", () => {
    expect(pairErrors(affineAndNetwork(4), binaryInputs(4, 1)).mean.both).toBeNull();
  });

  it("tells the share of a sample", () => {
    const { coverage } = pairErrors(network, binaryInputs(8, 3, { most: 20 }));
    expect(coverage).toBeGreaterThan(0.2);
    expect(coverage).toBeLessThanOrEqual(20 / 56);
  });

  it("refuses other labels and other features", () => {
    expect(() => pairErrors({ ...network, labels: "xor" }, binaryInputs(8, 2))).toThrow(
      "pairErrors: need labels and over 8 features, got xor over 8. Train with labels.function=and.",
    );
    expect(() => pairErrors(network, binaryInputs(9, 2))).toThrow("over 9 features, got and over 8");
  });
});

describe("leastSquaresReadOff", () => {
  const inputs = binaryInputs(8, 3);
  const fitted = leastSquaresReadOff(network, inputs);
  const { meanSquare } = pairErrors(fitted, inputs);

  it("has a lower mean squared error than means, and any change of it a higher one", () => {
    expect(meanSquare).toBeLessThan(pairErrors(network, inputs).meanSquare);
    for (const at of [0, 77, fitted.W_out.data.length - 1]) {
      for (const change of [-0.01, 0.01]) {
        const data = fitted.W_out.data.map((value, i) => value + (i === at ? change : 0));
        const changed = { ...fitted, W_out: { ...fitted.W_out, data } };
        expect(pairErrors(changed, inputs).meanSquare).toBeGreaterThan(meanSquare - 1e-12);
      }
    }
    const b_out = fitted.b_out!.map((value) => value + 0.01);
    expect(pairErrors({ ...fitted, b_out }, inputs).meanSquare).toBeGreaterThan(meanSquare);
  });

  it("has errors whose mean is 0, as its constant sees to", () => {
    const { mean } = pairErrors(fitted, inputs);
    const weighted = 6 * mean.both! + 2 * 15 * mean.one! + 20 * mean.none!;
    expect(Math.abs(weighted)).toBeLessThan(1e-9);
  });

  it("refuses inputs of other features", () => {
    expect(() => leastSquaresReadOff(network, binaryInputs(7, 3))).toThrow(
      "leastSquaresReadOff: need inputs of 8 features, got 7. Use binaryInputs(8, …).",
    );
  });
});

it("countWithin counts what is at ε too", () => {
  expect(countWithin(Float64Array.of(0.1, 0.2, 0.3), 0.2)).toBe(2);
});
