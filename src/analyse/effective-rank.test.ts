import fc from "fast-check";
import { expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { effectiveRank, effectiveRankOf } from "./effective-rank.ts";
import { spectra } from "./spectrum.ts";

test("equal singular values count one each", () => {
  expect(effectiveRank(identity(5))).toBeCloseTo(5, 12);
  expect(effectiveRank(matrix(3, 3, [2, 0, 0, 0, -2, 0, 0, 0, 0]))).toBeCloseTo(2, 12);
  expect(effectiveRank(matrix(1, 1, [7]))).toBeCloseTo(1, 12);
  expect(effectiveRank(matrix(4, 2))).toBe(0);
});

test("a known spectrum: ½, ¼, ¼ has entropy 1.5 ln 2", () => {
  expect(effectiveRankOf(Float64Array.of(2, 1, 1))).toBeCloseTo(2 ** 1.5, 12);
});

test("between 1 and the number of values, whatever their scale", () => {
  const spectrum = fc.array(fc.double({ min: 1e-3, max: 10, noNaN: true }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(spectrum, (values) => {
      const rank = effectiveRankOf(Float64Array.from(values));
      expect(rank).toBeGreaterThan(1 - 1e-9);
      expect(rank).toBeLessThan(values.length + 1e-9);
      expect(effectiveRankOf(Float64Array.from(values, (s) => 3 * s))).toBeCloseTo(rank, 9);
    }),
    { numRuns: 50, seed: 3 },
  );
});

test("spectra of a net: the linear map has at most as many values as neurons", () => {
  const network = { W_in: randomMatrix(1, 2, 5), W_out: randomMatrix(2, 5, 2), M: randomMatrix(3, 5, 5) };
  const of = spectra(network);
  expect(of.linearMap.singularValues[1]).toBeGreaterThan(1e-3);
  expect(Math.max(...of.linearMap.singularValues.slice(2))).toBeLessThan(1e-12);
  expect(of.linearMap.effectiveRank).toBeLessThanOrEqual(2);
  expect(of.mixing!.singularValues).toHaveLength(5);
  expect(spectra({ ...network, M: null })).toMatchObject({ mixing: null });
  expect(spectra({ ...network, M: null }).oddTarget.effectiveRank).toBeCloseTo(5, 10);
});
