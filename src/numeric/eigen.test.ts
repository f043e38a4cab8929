import fc from "fast-check";
import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  diagonalMatrix,
  distance,
  epsilon,
  orthogonalityError,
  scaleColumns,
} from "../../test/support/decompositions.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { symmetricEigen } from "./eigen.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "./matrix.ts";
import { fnv1a } from "./random.ts";

/** The promise of eigen.ts. */
const tolerance = (n: number) => 16 * Math.sqrt(n) * epsilon;
const symmetric = (n: number, seed = 1) => {
  const a = randomMatrix(seed, n, n);
  return combine(0.5, a, 0.5, transpose(a));
};

/** Everything that holds for any symmetric matrix. */
function expectEigen(a: Matrix): Float64Array {
  const n = a.shape[0];
  const { values, vectors } = symmetricEigen(a);
  expect(values.length).toBe(n);
  const norm = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  expect(orthogonalityError(vectors)).toBeLessThanOrEqual(tolerance(n));
  // A / norm, so that matrices of size 1e±150 are multiplied without overflow.
  const share = (x: number) => (norm === 0 ? 0 : x / norm);
  const unit = matrix(n, n, Float64Array.from(a.data, share));
  const expected = scaleColumns(vectors, values.map(share));
  expect(distance(multiply(unit, vectors), expected)).toBeLessThanOrEqual(tolerance(n));
  for (let i = 1; i < n; i++) expect(values[i - 1]).toBeGreaterThanOrEqual(values[i]!);
  for (let j = 0; j < n; j++) expectPositive(Array.from({ length: n }, (_, i) => vectors.data[i * n + j]!));
  return values;
}
function expectPositive(vector: number[]): void {
  const largest = Math.max(...vector.map(Math.abs));
  expect(vector.find((value) => Math.abs(value) >= largest * (1 - 1e-6))).toBeGreaterThan(0);
}

describe("random matrices", () => {
  test.each([1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 64, 65, 100, 129, 250])("n = %i", (n) => {
    expectEigen(symmetric(n, n));
  });

  test("equals ml-matrix", () => {
    for (const n of [6, 40, 100]) {
      const a = symmetric(n, 7);
      const oracle = new EigenvalueDecomposition(new MlMatrix(MlMatrix.from1DArray(n, n, a.data)), {
        assumeSymmetric: true,
      });
      const expected = matrix(
        1,
        n,
        [...oracle.realEigenvalues].sort((x, y) => y - x),
      );
      const got = matrix(1, n, symmetricEigen(a).values);
      // Twice the promise: both have rounding errors. Eigenvalues of these matrices are below √n.
      expect(distance(got, expected)).toBeLessThanOrEqual(2 * tolerance(n) * Math.sqrt(n));
    }
  });

  test("any small matrix, entries of any size", () => {
    // Down to 1e-280: below, the values themselves are rounded to subnormal numbers.
    const entry = fc
      .oneof(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
        fc.constantFrom(0, 1, -1, 1e150, 1e-150, 1e-280),
      )
      .filter((x) => x === 0 || Math.abs(x) >= 1e-280);
    const sized = fc
      .integer({ min: 1, max: 9 })
      .chain((n) => fc.tuple(fc.constant(n), fc.array(entry, { minLength: n * n, maxLength: n * n })));
    fc.assert(
      fc.property(sized, ([n, entries]) => {
        const a = matrix(n, n, entries);
        for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[i * n + j] = a.data[j * n + i]!;
        expectEigen(a);
      }),
      { numRuns: 500 },
    );
  });
});

describe("hard cases", () => {
  test("0 × 0, 1 × 1, zero", () => {
    expect(symmetricEigen(matrix(0, 0))).toEqual({ values: new Float64Array(0), vectors: matrix(0, 0) });
    expect(symmetricEigen(matrix(1, 1, [-3]))).toEqual({
      values: new Float64Array([-3]),
      vectors: identity(1),
    });
    expect(symmetricEigen(matrix(5, 5))).toEqual({ values: new Float64Array(5), vectors: identity(5) });
  });

  test("a diagonal matrix is returned exactly, sorted", () => {
    const { values, vectors } = symmetricEigen(diagonalMatrix([1e-30, 3, -7, 1e10]));
    expect([...values]).toEqual([1e10, 3, 1e-30, -7]);
    expect([...vectors.data]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
  });

  test("repeated eigenvalues: identity, projector, one against many", () => {
    expect([...expectEigen(identity(20))]).toEqual(new Array(20).fill(1));
    const ones = matrix(30, 30, new Float64Array(900).fill(1));
    const values = expectEigen(combine(2, identity(30), 1, ones));
    expect(values[0]).toBeCloseTo(32, 12);
    for (const value of values.slice(1)) expect(Math.abs(value - 2)).toBeLessThan(32 * tolerance(30));
  });

  test("rank 3 of 60, and negative definite", () => {
    const factor = randomMatrix(3, 60, 3);
    const gram = multiply(factor, transpose(factor));
    const values = expectEigen(gram);
    expect(Math.abs(values[3]!)).toBeLessThan(values[0]! * tolerance(60));
    const negative = expectEigen(combine(-1, gram, -1, identity(60)));
    expect(negative.every((value) => value < -1 + values[0]! * tolerance(60))).toBe(true);
  });

  test("rank 100 of 200: noise beside large eigenvalues settles", () => {
    const factor = randomMatrix(4, 200, 100);
    const values = expectEigen(multiply(factor, transpose(factor)));
    expect(Math.abs(values[100]!)).toBeLessThan(values[0]! * tolerance(200));
  });

  test("Wilkinson's W21+, whose largest two eigenvalues agree to 13 places", () => {
    const a = diagonalMatrix(Array.from({ length: 21 }, (_, i) => Math.abs(i - 10)));
    for (let i = 1; i < 21; i++) a.data[i * 21 + i - 1] = a.data[(i - 1) * 21 + i] = 1;
    const values = expectEigen(a);
    // Wilkinson 1965, p. 309.
    expect(values[0]).toBeCloseTo(10.746194182903393, 13);
    expect(values[1]).toBeCloseTo(10.746194182903322, 13);
  });

  test("second difference matrix: λ_k = 2 − 2 cos(kπ/(n + 1))", () => {
    const n = 80;
    const a = diagonalMatrix(new Array(n).fill(2));
    for (let i = 1; i < n; i++) a.data[i * n + i - 1] = a.data[(i - 1) * n + i] = -1;
    const values = expectEigen(a);
    for (let k = 1; k <= n; k++) {
      const exact = 2 - 2 * Math.cos((k * Math.PI) / (n + 1));
      expect(Math.abs(values[n - k]! - exact)).toBeLessThan(4 * tolerance(n));
    }
  });

  test("graded both ways, over 40 orders of magnitude", () => {
    const base = symmetric(40, 5);
    const graded = (sign: number) =>
      matrix(
        40,
        40,
        base.data.map((value, i) => value * 10 ** ((sign * (Math.floor(i / 40) + (i % 40))) / 2)),
      );
    expectEigen(graded(-1));
    expectEigen(graded(1));
  });

  test("scaling by a power of two scales the values exactly and leaves the vectors", () => {
    const a = symmetric(23, 9);
    const { values, vectors } = symmetricEigen(a);
    for (const factor of [2 ** 500, 2 ** -500, 2 ** 1020, 2 ** -960]) {
      const scaled = symmetricEigen(combine(factor, a, 0, a));
      expect(scaled.vectors).toEqual(vectors);
      expect(scaled.values).toEqual(values.map((value) => value * factor));
    }
  });

  test("1e150 and 1e-150", () => {
    expectEigen(combine(1e150, symmetric(12), 0, symmetric(12)));
    expectEigen(combine(1e-150, symmetric(12), 0, symmetric(12)));
  });
});

test("float32 input", () => {
  const a = { data: new Float32Array([2, 1, 1, 2]), shape: [2, 2] as const };
  expect(Math.abs(symmetricEigen(a).values[0]! - 3)).toBeLessThan(tolerance(2) * 3);
});

test("the argument is left as it was, and asymmetry by rounding is averaged", () => {
  const a = matrix(2, 2, [1, 1, 1 + 2 ** -50, 1]);
  symmetricEigen(a);
  expect([...a.data]).toEqual([1, 1, 1 + 2 ** -50, 1]);
});

test("what is not symmetric, square or finite is refused", () => {
  expect(() => symmetricEigen(matrix(2, 3))).toThrow(
    "symmetricEigen: need a square matrix, got [2, 3]. Use svd for a rectangular one.",
  );
  expect(() => symmetricEigen(matrix(2, 2, [1, 2, 3, 4]))).toThrow(
    "symmetricEigen: need a symmetric matrix, got 3 at [1, 0] and 2 at [0, 1]. Average it with its transpose, or use svd.",
  );
  expect(() => symmetricEigen(matrix(2, 2, [1, NaN, 0, 1]))).toThrow(
    "symmetricEigen: need finite numbers, got NaN at [0, 1]. Find the step that made it; nothing can be decomposed here.",
  );
});

test("the same bits everywhere: pinned", () => {
  const { values, vectors } = symmetricEigen(symmetric(37, 2));
  const bytes = new Uint8Array([...new Uint8Array(values.buffer), ...new Uint8Array(vectors.data.buffer)]);
  expect(fnv1a(bytes.join())).toMatchInlineSnapshot(`425863347`);
});
