import fc from "fast-check";
import { Matrix as MlMatrix, SingularValueDecomposition } from "ml-matrix";
import { describe, expect, test } from "vitest";
import {
  diagonalMatrix,
  distance,
  epsilon,
  orthogonalityError,
  scaleColumns,
} from "../../test/support/decompositions.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "./matrix.ts";
import { fnv1a } from "./random.ts";
import { svd } from "./svd.ts";

/** The promise of svd.ts. */
const tolerance = (a: Matrix) => 16 * Math.sqrt(Math.max(...a.shape)) * epsilon;

/** Everything that holds for any matrix. */
function expectSvd(a: Matrix): Float64Array {
  const [rows, columns] = a.shape;
  const rank = Math.min(rows, columns);
  const { u, s, v } = svd(a);
  expect([u.shape, s.length, v.shape]).toEqual([[rows, rank], rank, [columns, rank]]);
  expect(orthogonalityError(u)).toBeLessThanOrEqual(tolerance(a));
  expect(orthogonalityError(v)).toBeLessThanOrEqual(tolerance(a));
  const norm = s[0] ?? 0;
  // A / norm, so that matrices of size 1e±150 are multiplied without overflow.
  const share = (x: number) => (norm === 0 ? 0 : x / norm);
  const product = multiply(scaleColumns(u, s.map(share)), transpose(v));
  const unit = matrix(rows, columns, Float64Array.from(a.data, share));
  expect(distance(product, unit)).toBeLessThanOrEqual(tolerance(a));
  expect(s.every((value, i) => value >= 0 && value <= (s[i - 1] ?? Infinity))).toBe(true);
  return s;
}

describe("random matrices", () => {
  const shapes = [1, 2, 3, 4, 5, 8, 9, 16, 33, 64, 100, 150].map((n) => [n, n] as const);
  const rectangles = [
    [2, 1],
    [1, 2],
    [9, 8],
    [8, 9],
    [50, 3],
    [3, 50],
    [300, 17],
    [100, 99],
    [17, 120],
  ] as const;
  test.each([...shapes, ...rectangles])("[%i, %i]", (rows, columns) => {
    expectSvd(randomMatrix(rows + columns, rows, columns));
  });

  test("equals ml-matrix", () => {
    for (const [rows, columns] of [
      [7, 7],
      [40, 30],
      [30, 40],
      [100, 100],
    ] as const) {
      const a = randomMatrix(4, rows, columns);
      const oracle = new SingularValueDecomposition(
        new MlMatrix(MlMatrix.from1DArray(rows, columns, a.data)),
        { autoTranspose: true },
      );
      const { s } = svd(a);
      // Both have errors, hence twice the promise.
      const expected = matrix(1, s.length, oracle.diagonal);
      expect(distance(matrix(1, s.length, s), expected)).toBeLessThanOrEqual(2 * tolerance(a) * s[0]!);
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
      .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
      .chain(([rows, columns]) =>
        fc.tuple(
          fc.constant(rows),
          fc.constant(columns),
          fc.array(entry, { minLength: rows * columns, maxLength: rows * columns }),
        ),
      );
    fc.assert(
      fc.property(sized, ([rows, columns, entries]) => {
        expectSvd(matrix(rows, columns, entries));
      }),
      { numRuns: 500 },
    );
  });
});

describe("hard cases", () => {
  test("empty matrices", () => {
    expect(svd(matrix(0, 0)).s.length).toBe(0);
    expect(svd(matrix(3, 0)).u.shape).toEqual([3, 0]);
    expect(svd(matrix(0, 3)).v.shape).toEqual([3, 0]);
  });

  test("1 × 1 keeps v positive", () => {
    expect(svd(matrix(1, 1, [-2]))).toEqual({
      u: matrix(1, 1, [-1]),
      s: new Float64Array([2]),
      v: matrix(1, 1, [1]),
    });
  });

  test("zero, square and tall", () => {
    expect([...expectSvd(matrix(6, 6))]).toEqual(new Array(6).fill(0));
    expect([...expectSvd(matrix(9, 4))]).toEqual(new Array(4).fill(0));
  });

  test("a diagonal matrix is returned exactly, sorted", () => {
    expect([...svd(diagonalMatrix([1e-30, -3, 0, 7e10])).s]).toEqual([7e10, 3, 1e-30, 0]);
  });

  test("repeated values: orthogonal matrices have only ones", () => {
    const { u } = svd(randomMatrix(8, 40, 40));
    for (const value of expectSvd(u)) expect(Math.abs(value - 1)).toBeLessThan(2 * tolerance(u));
    expect([...expectSvd(identity(12))]).toEqual(new Array(12).fill(1));
  });

  test("rank 100 of 200: noise beside large values settles", () => {
    const low = multiply(randomMatrix(1, 200, 100), randomMatrix(2, 100, 200));
    const s = expectSvd(low);
    expect(s[100]!).toBeLessThan(s[0]! * tolerance(low));
  });

  test("rank 5 of 80, and one column twice", () => {
    const low = multiply(randomMatrix(1, 80, 5), randomMatrix(2, 5, 80));
    const s = expectSvd(low);
    expect(s[5]!).toBeLessThan(s[0]! * tolerance(low));
    const a = randomMatrix(3, 20, 6);
    for (let i = 0; i < 20; i++) a.data[i * 6 + 5] = a.data[i * 6 + 1]!;
    expect(expectSvd(a)[5]!).toBeLessThan(s[0]! * tolerance(a));
  });

  test("small values survive that squaring would lose: condition 1e12", () => {
    const n = 30;
    const exact = Float64Array.from({ length: n }, (_, i) => 10 ** ((-12 * i) / (n - 1)));
    const [left, right] = [svd(randomMatrix(5, n, n)).u, svd(randomMatrix(6, n, n)).v];
    const a = multiply(scaleColumns(left, exact), transpose(right));
    const s = expectSvd(a);
    // Making A costs about as much as decomposing it; through AᵀA the error would be about √ε = 1.5e-8.
    expect(distance(matrix(1, n, s), matrix(1, n, exact))).toBeLessThan(2 * tolerance(a));
  });

  test("graded rows and columns, over 60 orders of magnitude, both ways", () => {
    const base = randomMatrix(7, 30, 30);
    for (const sign of [-1, 1]) {
      const grade = (at: number) => 10 ** (sign * (Math.floor(at / 30) + (at % 30)));
      expectSvd(
        matrix(
          30,
          30,
          base.data.map((value, at) => value * grade(at)),
        ),
      );
    }
  });

  test("a bidiagonal matrix with zeros on its diagonal", () => {
    const a = matrix(12, 12);
    for (let i = 0; i < 12; i++) {
      a.data[i * 12 + i] = i % 4 === 2 ? 0 : 1;
      if (i < 11) a.data[i * 12 + i + 1] = 1;
    }
    const s = expectSvd(a);
    // The superdiagonal alone has rank 11.
    expect(s.filter((value) => value < tolerance(a) * s[0]!).length).toBe(1);
  });

  test("the transpose has the same values and exchanged vectors", () => {
    const a = randomMatrix(9, 21, 13);
    const [tall, wide] = [svd(a), svd(transpose(a))];
    expect([wide.u, wide.s, wide.v]).toEqual([tall.v, tall.s, tall.u]);
  });

  test("scaling by a power of two scales the values exactly", () => {
    const a = randomMatrix(10, 14, 9);
    const plain = svd(a);
    for (const factor of [2 ** 500, 2 ** -500, 2 ** 1018, 2 ** -960]) {
      const scaled = svd(combine(factor, a, 0, a));
      expect([scaled.u, scaled.v]).toEqual([plain.u, plain.v]);
      expect(scaled.s).toEqual(plain.s.map((value) => value * factor));
    }
  });
});

test("what is not finite is refused", () => {
  expect(() => svd(matrix(1, 2, [1, Infinity]))).toThrow(
    "svd: need finite numbers, got Infinity at [0, 1]. Find the step that made it; nothing can be decomposed here.",
  );
});

test("the same bits everywhere: pinned", () => {
  const { u, s, v } = svd(randomMatrix(11, 41, 37));
  const bytes = [u.data, s, v.data].flatMap((part) => [...new Uint8Array(part.buffer)]);
  expect(fnv1a(bytes.join())).toMatchInlineSnapshot(`1350563119`);
});
