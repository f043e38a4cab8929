/** Codes, swaps, and the networks that three numbers make of a code. */
import { describe, expect, test } from "vitest";
import { fixedInputs, lossAtInputs } from "../evaluate/fixed-inputs.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { biregularCode, randomCode } from "./codes.ts";
import { edgeSwaps } from "./edge-swaps.ts";
import { powerBound } from "./power-bound.ts";
import { fitThreeScalars, threeScalarNetwork } from "./three-scalars.ts";

const countsOf = ({ data, shape: [neurons, features] }: Matrix<Float64Array>) => ({
  sizes: Array.from(
    { length: features },
    (_, i) => data.filter((bit, at) => bit === 1 && at % features === i).length,
  ),
  degrees: Array.from({ length: neurons }, (_, k) =>
    data.slice(k * features, (k + 1) * features).reduce((sum, bit) => sum + bit, 0),
  ),
});

function squaredOverlaps(code: Matrix<Float64Array>): number {
  const { data, shape } = multiply(transpose(code), code);
  return data.reduce(
    (sum, shared, at) => (at % shape[1] < Math.floor(at / shape[1]) ? sum + shared ** 2 : sum),
    0,
  );
}

describe("codes", () => {
  test.each([
    [100, 50, 5],
    [7, 3, 2],
    [4, 9, 2],
    [3, 5, 5],
  ])("biregular: %d features, %d neurons, size %d", (features, neurons, size) => {
    const { sizes, degrees } = countsOf(biregularCode({ features, neurons, size, seed: 3 }));
    expect(new Set(sizes)).toEqual(new Set([size]));
    expect(Math.max(...degrees) - Math.min(...degrees)).toBeLessThanOrEqual(1);
  });

  test("random: sizes alike, degrees not", () => {
    const { sizes, degrees } = countsOf(randomCode({ features: 60, neurons: 20, size: 4 }));
    expect(new Set(sizes)).toEqual(new Set([4]));
    expect(Math.max(...degrees) - Math.min(...degrees)).toBeGreaterThan(3);
  });

  test("a biregular code's overlaps are those of chance: hypergeometric, mean K²/h", () => {
    // Σ overlap² of 4950 pairs with mean ½ and variance ½·.9·45/49: 2700 ± 90 for independent pairs.
    for (const seed of [0, 1, 2]) {
      const code = biregularCode({ features: 100, neurons: 50, size: 5, seed });
      expect(Math.abs(squaredOverlaps(code) - 2930)).toBeLessThan(250);
    }
  });

  test("deterministic by seed", () => {
    for (const make of [biregularCode, randomCode]) {
      const code = (seed: number) => make({ features: 20, neurons: 10, size: 3, seed }).data;
      expect(code(1)).toEqual(code(1));
      expect(code(1)).not.toEqual(code(2));
    }
  });

  test("sizes that cannot be are refused", () => {
    expect(() => biregularCode({ features: 9, neurons: 3, size: 4 })).toThrow(
      "biregularCode: need whole numbers with 1 ≤ size ≤ neurons, got 9 features, 3 neurons, size 4. Try size 5.",
    );
    expect(() => randomCode({ features: 9.5, neurons: 3, size: 2 })).toThrow(
      "randomCode: need whole numbers",
    );
  });
});

describe("edgeSwaps", () => {
  const code = randomCode({ features: 40, neurons: 20, size: 4 });

  test("keeps sizes and degrees, and lowers the overlaps that it reports", () => {
    const swapped = edgeSwaps(code, { sweeps: 200 });
    expect(countsOf(swapped.code)).toEqual(countsOf(code));
    expect(swapped.before).toBe(squaredOverlaps(code));
    expect(swapped.squaredOverlaps).toBe(squaredOverlaps(swapped.code));
    expect(swapped.squaredOverlaps).toBeLessThan(0.9 * swapped.before);
    expect(new Set(swapped.code.data)).toEqual(new Set([0, 1]));
  });

  test("reaches overlaps of at most one, where the square is the sum", () => {
    // Fano's plane: 7 features, 7 neurons, size 3, every pair shares exactly one.
    const { squaredOverlaps: reached } = edgeSwaps(biregularCode({ features: 7, neurons: 7, size: 3 }), {
      sweeps: 3000,
    });
    expect(reached).toBe(21);
  });

  test("swaps come near the least sum of squares", () => {
    // 100 features, 50 neurons, size 5: 50 neurons of degree 10, so overlaps add up to 50 · 45.
    const { squaredOverlaps: reached } = edgeSwaps(biregularCode({ features: 100, neurons: 50, size: 5 }));
    expect(reached).toBeGreaterThanOrEqual(2250);
    expect(reached).toBeLessThan(1.02 * 2250);
  });

  test("leaves the code that it was given, and one that cannot be swapped", () => {
    const before = [...code.data];
    edgeSwaps(code, { sweeps: 1 });
    expect([...code.data]).toEqual(before);
    expect(edgeSwaps(matrix(2, 3, [1, 1, 1, 1, 1, 1])).code.data).toEqual(new Float64Array(6).fill(1));
    expect(edgeSwaps(matrix(2, 2)).squaredOverlaps).toBe(0);
  });

  test("says what it needs", () => {
    expect(() => edgeSwaps(matrix(1, 2, [0, 0.5]))).toThrow(
      "edgeSwaps: need a code of 0 and 1, got 0.5. Pass codewords(W_in).code.",
    );
    expect(() => edgeSwaps(code, { sweeps: -1 })).toThrow(
      "edgeSwaps: need sweeps of 0 or more, got -1. Try 2000.",
    );
  });
});

describe("fitThreeScalars", () => {
  const once = { kind: "exactly", k: 1, values: "symmetric" } as const;
  const small = edgeSwaps(biregularCode({ features: 24, neurons: 12, size: 3 }), { sweeps: 500 }).code;

  test("a neuron a feature: the ReLUs themselves", () => {
    const { on, off, scale, lossPerP } = fitThreeScalars(identity(4), { on: 2, inputs: 500 });
    expect(on).toBe(2);
    expect(off).toBeCloseTo(0, 3);
    expect(scale).toBeCloseTo(0.5, 3);
    // |b| ≤ 2e-4 leaks at most that much from each of the three other features.
    expect(lossPerP).toBeLessThan(1e-12);
  });

  test.each(["code", "encoder"] as const)("no neighbour has a lower loss, inverting the %s", (inverted) => {
    for (const exponent of [2, 2.5, 4]) {
      const options = { exponent, inputs: 1000, inverted } as const;
      const inputs = fixedInputs(24, options);
      const fit = fitThreeScalars(small, options);
      const lossAt = (off: number, scale: number) =>
        lossAtInputs(threeScalarNetwork(small, { on: 1, off, scale }, inverted), inputs).lossPerP;
      expect(lossAt(fit.off, fit.scale)).toBeCloseTo(fit.lossPerP, 12);
      for (const change of [-0.01, 0.01]) {
        expect(lossAt(fit.off + change, fit.scale)).toBeGreaterThan(fit.lossPerP);
        expect(lossAt(fit.off, fit.scale + change)).toBeGreaterThan(fit.lossPerP);
      }
    }
  });

  test("only b/a and a c count", () => {
    const options = { inputs: 200 };
    const one = fitThreeScalars(small, options);
    const published = fitThreeScalars(small, { ...options, on: 0.9 });
    expect(published.off).toBeCloseTo(0.9 * one.off, 12);
    expect(published.scale).toBeCloseTo(one.scale / 0.9, 12);
    expect(published.lossPerP).toBeCloseTo(one.lossPerP, 12);
  });

  test("one active feature: the exact loss, above the bound and far below naive", () => {
    const { network, lossPerP, stderr } = fitThreeScalars(small, { distribution: once });
    expect(lossPerP).toBeCloseTo(powerLoss(network, 4).lossPerP, 12);
    expect(stderr).toBe(0);
    const problem = { features: 24, neurons: 12, mixing: null, distribution: once };
    expect(lossPerP).toBeGreaterThan(powerBound(problem, { exponent: 4 }).lossPerP);
    expect(lossPerP).toBeLessThan(0.05 / 5);
  });

  // da Silva & Heimersheim: a = .90, b = −.041, c = 1.77 on a biregular code of size 5 with edge swaps.
  test("the published scalars, and what each step gains", () => {
    const sizes = { features: 100, neurons: 50, size: 5 };
    const biregular = biregularCode(sizes);
    const swapped = fitThreeScalars(edgeSwaps(biregular).code, { on: 0.9 });
    // Over codes and inputs b varies by .003 and c by .01.
    expect(Math.abs(swapped.off + 0.041)).toBeLessThan(0.006);
    expect(Math.abs(swapped.scale - 1.77)).toBeLessThan(0.02);
    expect(swapped.lossPerP).toBeLessThan(0.75 * fitThreeScalars(biregular, { inputs: 2048 }).lossPerP);
  });

  // docs/theory/superposed-codes.md.
  test("the row space is the code's, and the inverses differ in one direction", () => {
    const projector = (a: Matrix) => multiply(pseudoinverse(a), a);
    const scalars = { on: 0.9, off: -0.04, scale: 1 };
    const regular = randomCode({ features: 12, neurons: 8, size: 3 });
    const largest = (a: Matrix<Float64Array>) =>
      a.data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
    const W_in = (code: Matrix) => threeScalarNetwork(code, scalars).W_in;
    expect(largest(combine(1, projector(W_in(regular)), -1, projector(regular)))).toBeLessThan(1e-12);
    const biregular = biregularCode({ features: 16, neurons: 8, size: 3, seed: 1 });
    const difference = combine(0.94, pseudoinverse(W_in(biregular)), -1, pseudoinverse(biregular));
    for (const entry of difference.data) expect(entry).toBeCloseTo(difference.data[0]!, 12);
    expect(Math.abs(difference.data[0]!)).toBeGreaterThan(1e-3);
  });

  test("the code is what to invert", () => {
    const options = { inputs: 2000 } as const;
    const [code, encoder] = [
      fitThreeScalars(small, options),
      fitThreeScalars(small, { ...options, inverted: "encoder" }),
    ];
    expect(code.off).toBeLessThan(2 * encoder.off);
    expect(code.lossPerP).toBeLessThan(encoder.lossPerP);
  });

  test("one active feature and b = 0: the projector's entries", () => {
    const { W_in, W_out } = threeScalarNetwork(small, { on: 1, off: 0, scale: 1.6 });
    const P = multiply(pseudoinverse(small), small);
    const powers = P.data.map((entry, at) => Math.abs(1.6 * entry - (at % 25 === 0 ? 1 : 0)) ** 4);
    const expected = powers.reduce((a, b) => a + b) / 24 / 10;
    expect(powerLoss({ W_in, W_out, M: null }, 4).lossPerP).toBeCloseTo(expected, 12);
  });

  test("a code of zeros does nothing, for what doing nothing costs", () => {
    const { scale, lossPerP } = fitThreeScalars(matrix(2, 3), { distribution: once });
    expect(scale).toBe(0);
    expect(lossPerP).toBeCloseTo(1 / 10, 12);
  });

  test("says what it needs", () => {
    expect(() => fitThreeScalars(small, { exponent: 1.5 })).toThrow(
      "fitThreeScalars: need an exponent from 2 and on above 0, got 1.5 and 1. Codes pay from exponents above 2.",
    );
  });
});
