import { Matrix as MlMatrix, pseudoInverse } from "ml-matrix";
import { expect, test } from "vitest";
import { diagonalMatrix, distance, epsilon } from "../../test/support/decompositions.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, identity, type Matrix, matrix, multiply, transpose } from "./matrix.ts";
import { pseudoinverse } from "./pseudoinverse.ts";
import { svd } from "./svd.ts";

/** The four conditions that define A⁺ (Penrose 1955), for singular values between s_rank and 1: error about ε / s_rank². */
function expectPenrose(a: Matrix, smallest: number): Matrix<Float64Array> {
  const inverse = pseudoinverse(a);
  const tolerance = (100 * epsilon * Math.max(...a.shape)) / smallest ** 2;
  const [range, row] = [multiply(a, inverse), multiply(inverse, a)];
  expect(distance(multiply(range, a), a)).toBeLessThan(tolerance);
  expect(distance(multiply(row, inverse), inverse)).toBeLessThan(tolerance);
  expect(distance(range, transpose(range))).toBeLessThan(tolerance);
  expect(distance(row, transpose(row))).toBeLessThan(tolerance);
  return inverse;
}
const unitNorm = (a: Matrix) => combine(1 / svd(a).s[0]!, a, 0, a);

test.each([
  [5, 5],
  [30, 12],
  [12, 30],
  [1, 9],
])("[%i, %i] of full rank", (rows, columns) => {
  const a = unitNorm(randomMatrix(rows, rows, columns));
  expectPenrose(a, svd(a).s.at(-1)!);
});

test("rank 4 of [20, 15], where ml-matrix agrees", () => {
  const a = unitNorm(multiply(randomMatrix(1, 20, 4), randomMatrix(2, 4, 15)));
  const smallest = svd(a).s[3]!;
  const inverse = expectPenrose(a, smallest);
  const oracle = pseudoInverse(new MlMatrix(MlMatrix.from1DArray(20, 15, a.data)), 1e-10);
  expect(distance(inverse, matrix(15, 20, oracle.to1DArray()))).toBeLessThan((100 * epsilon) / smallest ** 2);
});

test("zero, empty, identity, row", () => {
  expect(pseudoinverse(matrix(2, 3))).toEqual(matrix(3, 2));
  expect(pseudoinverse(matrix(0, 3))).toEqual(matrix(3, 0));
  expect(pseudoinverse(identity(4))).toEqual(identity(4));
  expect(distance(pseudoinverse(matrix(1, 2, [3, 4])), matrix(2, 1, [0.12, 0.16]))).toBeLessThan(epsilon);
});

test("the tolerance decides the rank", () => {
  const a = diagonalMatrix([1, 1e-3, 1e-20]);
  expect([...pseudoinverse(a).data]).toEqual([1, 0, 0, 0, 1000, 0, 0, 0, 0]);
  expect([...pseudoinverse(a, 0.01).data]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(pseudoinverse(a, 0).data[8]).toBeCloseTo(1e20, -6);
});

test("what cannot be inverted is refused", () => {
  expect(() => pseudoinverse(identity(1), -1)).toThrow(
    "pseudoinverse: relativeTolerance must be 0 or more, got -1. Leave it out for the default.",
  );
  expect(() => pseudoinverse(matrix(1, 1, [1e-310]))).toThrow(
    "pseudoinverse: need singular values above 5.6e-309, got 1e-310. Scale the matrix up first.",
  );
});
