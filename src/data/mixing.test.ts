import { describe, expect, it } from "vitest";
import { symmetricEigen } from "../numeric/eigen.ts";
import { combine, type Matrix, matrix, multiply, squaredNorm, transpose } from "../numeric/matrix.ts";
import { parseSpec } from "../spec/parse.ts";
import { mixingMatrix } from "./mixing.ts";

const n = 100;
const mixingOf = (fields: object) => parseSpec({ labels: { mixing: fields } }).labels.mixing;
const drawn = (fields: object): Matrix => mixingMatrix(mixingOf(fields), n)!;

const rootMeanSquare = (a: Matrix): number => Math.sqrt(squaredNorm(a) / a.data.length);
const diagonalOf = (a: Matrix): number[] => Array.from({ length: n }, (_, i) => a.data[i * n + i]!);
const variance = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x * x, 0) / xs.length;

describe("mixingMatrix", () => {
  it("is null for clean labels", () => {
    expect(mixingMatrix(mixingOf({ kind: "none" }), n)).toBeNull();
  });

  it.each([
    { kind: "symmetric", std: 0.033 },
    { kind: "symmetric", std: 0.033, convention: "averaged" },
    { kind: "asymmetric", std: 0.033 },
    { kind: "flat-spectrum", std: 0.033 },
    { kind: "low-rank", std: 0.033, rank: 20 },
    { kind: "neuron-aligned", std: 0.033 },
  ])("$kind has entries of root mean square σ: %o", (fields) => {
    // 5,000 free numbers leave a spread of 1 %, the 100 of a diagonal 7 %; rank and flat spectrum are exact.
    const share = fields.kind === "neuron-aligned" ? 0.2 : 0.04;
    expect(Math.abs(rootMeanSquare(drawn(fields)) / 0.033 - 1)).toBeLessThan(share);
  });

  it("is symmetric where it says so, and nowhere else", () => {
    for (const kind of ["symmetric", "embedding", "flat-spectrum", "neuron-aligned"]) {
      const M = drawn({ kind });
      expect(transpose(M), kind).toEqual(matrix(n, n, M.data));
    }
    const M = drawn({ kind: "asymmetric" });
    expect(transpose(M).data[1]).not.toBe(M.data[1]);
  });

  it("names the two conventions for symmetric: the diagonal's variance is σ² or 2σ²", () => {
    const ratios = (["mirrored", "averaged"] as const).map((convention) => {
      const draws = Array.from({ length: 20 }, (_, seed) =>
        diagonalOf(drawn({ kind: "symmetric", std: 1, seed, convention })),
      );
      return variance(draws.flat());
    });
    // 2,000 numbers: the variance has a relative spread of 3 %.
    expect(ratios[0]).toBeCloseTo(1, 0);
    expect(ratios[1]! / ratios[0]!).toBeGreaterThan(1.7);
    expect(ratios[1]! / ratios[0]!).toBeLessThan(2.3);
  });

  it("zeroes or keeps the diagonal as asked", () => {
    expect(diagonalOf(drawn({ kind: "asymmetric", diagonal: "zero" })).every((x) => x === 0)).toBe(true);
    expect(diagonalOf(drawn({ kind: "asymmetric" })).some((x) => x === 0)).toBe(false);
  });

  it("gives the embedding's M = I − EᵀE and its published sign, with zero diagonal and spread 1/√width", () => {
    const M = drawn({ kind: "embedding", width: 1000 });
    const published = drawn({ kind: "embedding-published-sign", width: 1000 });
    expect(squaredNorm(combine(1, M, 1, published))).toBe(0);
    expect(diagonalOf(M).every((x) => x === 0)).toBe(true);
    expect(rootMeanSquare(M)).toBeCloseTo(1 / Math.sqrt(1000), 3);
  });

  it("has the spectra its names promise", () => {
    const flat = symmetricEigen(drawn({ kind: "flat-spectrum", std: 0.02 })).values;
    for (const value of flat) expect(Math.abs(value)).toBeCloseTo(0.02 * Math.sqrt(n), 6);
    const lowRank = drawn({ kind: "low-rank", std: 0.02, rank: 7 });
    const values = symmetricEigen(transpose(lowRank)).values;
    expect(values.filter((value) => Math.abs(value) > 1e-6)).toHaveLength(7);
    const projector = multiply(lowRank, lowRank);
    expect(rootMeanSquare(projector) / rootMeanSquare(lowRank)).toBeCloseTo(values[0]!, 6);
  });

  it("depends on its own seed alone", () => {
    expect(drawn({ kind: "symmetric", seed: 1 })).toEqual(drawn({ kind: "symmetric", seed: 1 }));
    expect(drawn({ kind: "symmetric", seed: 1 })).not.toEqual(drawn({ kind: "symmetric", seed: 2 }));
  });

  it("takes a matrix of the user's, and says what is wrong with one", () => {
    const mixing = mixingOf({ kind: "file", path: "M.npy" });
    expect(mixingMatrix(mixing, 2, matrix(2, 2, [1, 2, 3, 4]))?.data).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(() => mixingMatrix(mixing, 2)).toThrow(
      "labels.mixing: need the matrix of M.npy, got none. Read the file and hand it in.",
    );
    expect(() => mixingMatrix(mixing, 2, matrix(3, 2))).toThrow(
      "labels.mixing: M.npy must hold a [2, 2] matrix, got [3, 2]. Set model.features or change the file.",
    );
    expect(() => mixingMatrix(mixing, 2, matrix(2, 2, [0, 0, Number.NaN, 0]))).toThrow(
      "labels.mixing: M.npy must hold finite float32 numbers, got NaN in row 1, column 0. Mend the file.",
    );
    expect(() => mixingMatrix(mixing, 2, matrix(2, 2, [0, 1e39, 0, 0]))).toThrow(
      "got 1e+39 in row 0, column 1",
    );
  });
});
