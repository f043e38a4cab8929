import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { identity, matrix } from "./matrix.ts";
import { distanceToSpan, orthonormalBasis } from "./nearest-point.ts";

const norm = (values: ArrayLike<number>, q: number) =>
  Array.from(values).reduce((total, value) => total + Math.abs(value) ** q, 0) ** (1 / q);

describe("the distance to a span", () => {
  test.each([2, 2.5, 3, 4, 8, 16])("q = %d: found and proved agree for random spans", (q) => {
    for (let seed = 0; seed < 6; seed++) {
      const basis = orthonormalBasis(randomMatrix(seed, 12, 5));
      const target = randomMatrix(seed + 100, 12, 1).data;
      const { distance, lowerBound, residual } = distanceToSpan(basis, target, q);
      expect(distance).toBeCloseTo(norm(residual, q), 13);
      expect(lowerBound).toBeLessThanOrEqual(distance);
      expect(distance - lowerBound).toBeLessThan(1e-6 * distance); // the ridge and q = 16 leave that much
    }
  });

  test("no other point is nearer than the proof says", () => {
    const basis = orthonormalBasis(randomMatrix(1, 8, 3));
    const target = randomMatrix(2, 8, 1).data;
    const { lowerBound, coordinates } = distanceToSpan(basis, target, 4);
    fc.assert(
      fc.property(fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -1, max: 1, noNaN: true }))), (step) => {
        const e = target.map((t, i) =>
          step.reduce((rest, s, k) => rest - basis.data[i * 3 + k]! * (coordinates[k]! + s), t),
        );
        expect(norm(e, 4)).toBeGreaterThan(lowerBound - 1e-12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("one direction, by hand: e_1 from the span of (1, 1) is ½ in every coordinate", () => {
    const basis = orthonormalBasis(matrix(2, 1, [3, 3]));
    for (const q of [2, 4, 7]) {
      const { distance, lowerBound, residual } = distanceToSpan(basis, [1, 0], q);
      expect(residual[0]).toBeCloseTo(0.5, 7);
      expect(distance).toBeCloseTo(0.5 * 2 ** (1 / q), 12);
      expect(lowerBound).toBeCloseTo(distance, 9);
    }
  });

  test("inside the span 0, orthogonal to it the norm itself", () => {
    const basis = matrix(3, 1, [1, 0, 0]);
    expect(distanceToSpan(basis, [2, 0, 0], 4)).toMatchObject({ distance: 0, lowerBound: 0 });
    expect(distanceToSpan(basis, [0, 2, 0], 4).lowerBound).toBeCloseTo(2, 13);
  });

  test("a basis leaves out what is dependent", () => {
    expect(orthonormalBasis(matrix(3, 2, [1, 2, 1, 2, 0, 0])).shape).toEqual([3, 1]);
    expect(orthonormalBasis(matrix(3, 2)).shape).toEqual([3, 0]);
    expect(distanceToSpan(matrix(3, 0), [0, 1, 0], 4).lowerBound).toBeCloseTo(1, 13);
  });

  test("arguments that do not fit are refused", () => {
    expect(() => distanceToSpan(identity(2), [1, 0], 1.5)).toThrow(
      "distanceToSpan: need an exponent from 2, got 1.5. Below it, bounds differ.",
    );
    expect(() => distanceToSpan(identity(2), [1], 4)).toThrow(
      "distanceToSpan: need a target of 2 numbers, one a row of the basis, got 1. Transpose the basis?",
    );
  });
});
