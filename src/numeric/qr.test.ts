import fc from "fast-check";
import { Matrix as MlMatrix, QrDecomposition } from "ml-matrix";
import { expect, test } from "vitest";
import { distance, epsilon, orthogonalityError } from "../../test/support/decompositions.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, type Matrix, matrix, multiply } from "./matrix.ts";
import { qr } from "./qr.ts";
import { largestMagnitude } from "./scaling.ts";

/** The promise of qr.ts; ‖A‖ is at most √(m n) times the largest entry. */
const tolerance = (a: Matrix) => 16 * Math.sqrt(Math.max(...a.shape)) * epsilon;

function expectQr(a: Matrix): void {
  const [rows, columns] = a.shape;
  const { q, r } = qr(a);
  expect([q.shape, r.shape]).toEqual([
    [rows, Math.min(rows, columns)],
    [Math.min(rows, columns), columns],
  ]);
  expect(orthogonalityError(q)).toBeLessThanOrEqual(tolerance(a));
  const largest = largestMagnitude(a);
  expect(distance(multiply(q, r), a)).toBeLessThanOrEqual(tolerance(a) * Math.sqrt(rows * columns) * largest);
  r.data.forEach((value, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    if (j < i) expect(Object.is(value, 0)).toBe(true);
    if (j === i) expect(value).toBeGreaterThanOrEqual(0);
  });
}

test.each([
  [1, 1],
  [2, 2],
  [7, 7],
  [8, 8],
  [9, 9],
  [60, 60],
  [5, 2],
  [2, 5],
  [200, 17],
  [17, 200],
  [3, 0],
  [0, 3],
])("[%i, %i]", (rows, columns) => {
  expectQr(randomMatrix(rows + columns, rows, columns));
});

test("any small matrix", () => {
  const entry = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1, -1, 1e-200));
  fc.assert(
    fc.property(
      fc.nat(11),
      fc.nat(11),
      fc.array(entry, { minLength: 121, maxLength: 121 }),
      (m, n, entries) => expectQr(matrix(m, n, entries.slice(0, m * n))),
    ),
    { numRuns: 300 },
  );
});

test("equals ml-matrix up to the signs", () => {
  const a = randomMatrix(3, 30, 12);
  const oracle = new QrDecomposition(new MlMatrix(MlMatrix.from1DArray(30, 12, a.data)));
  const expected = oracle.upperTriangularMatrix
    .to2DArray()
    .map((row, i) => row.map((x) => x * Math.sign(row[i]!)));
  // A is well conditioned, so that R is as accurate as A, up to ‖A‖ < 20.
  expect(distance(qr(a).r, matrix(12, 12, expected.flat()))).toBeLessThan(20 * tolerance(a));
});

test("rank deficiency leaves Q orthonormal", () => {
  expectQr(matrix(6, 6));
  expectQr(matrix(5, 3, [1, 1, 0, 2, 2, 0, 3, 3, 0, 4, 4, 0, 5, 5, 0]));
  expectQr(multiply(randomMatrix(1, 40, 3), randomMatrix(2, 3, 20)));
});

test("scale does not matter", () => {
  for (const scale of [1e150, 1e-150])
    expectQr(combine(scale, randomMatrix(4, 9, 6), 0, randomMatrix(4, 9, 6)));
});

test("3, 4, 5", () => {
  const { q, r } = qr(matrix(2, 1, [3, 4]));
  expect(r.data[0]).toBeCloseTo(5, 14);
  expect(distance(q, matrix(2, 1, [0.6, 0.8]))).toBeLessThan(4 * epsilon);
});

test("what is not finite is refused", () => {
  expect(() => qr(matrix(1, 1, [NaN]))).toThrow("qr: need finite numbers, got NaN at [0, 0].");
});
