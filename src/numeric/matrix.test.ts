import fc from "fast-check";
import { Matrix as MlMatrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { distance, epsilon } from "../../test/support/decompositions.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, identity, type Matrix, matrix, multiply, squaredNorm, transpose } from "./matrix.ts";
import { multiplyInKernel } from "./product.ts";

const toMl = (a: Matrix) => new MlMatrix(MlMatrix.from1DArray(a.shape[0], a.shape[1], a.data));
const fromMl = (a: MlMatrix) => matrix(a.rows, a.columns, a.to1DArray());

test("matrix copies its values and checks their number", () => {
  const values = [1, 2, 3, 4, 5, 6];
  const a = matrix(2, 3, values);
  values[0] = 9;
  expect([[...a.data], a.shape]).toEqual([
    [1, 2, 3, 4, 5, 6],
    [2, 3],
  ]);
  expect(() => matrix(2, 2, [1, 2, 3])).toThrow("matrix: need 2 × 2 = 4 values, got 3. Check the shape.");
});

test("identity, transpose, combine, squaredNorm", () => {
  const a = randomMatrix(1, 4, 3);
  expect(multiply(identity(4), a)).toEqual(a);
  expect(transpose(transpose(a))).toEqual(a);
  expect(transpose(a).data[0 * 4 + 3]).toBe(a.data[3 * 3 + 0]);
  expect([...combine(2, matrix(1, 2, [1, 2]), -1, matrix(1, 2, [3, 5])).data]).toEqual([-1, -1]);
  expect(squaredNorm(matrix(2, 2, [1, 2, 3, 4]))).toBe(30);
  expect(() => combine(1, matrix(1, 2), 1, matrix(2, 1))).toThrow(
    "combine: shapes differ, a is [1, 2], b is [2, 1]. They must be equal.",
  );
});

describe("multiply", () => {
  test("equals ml-matrix, small and large", () => {
    for (const [m, k, n] of [
      [3, 4, 5],
      [1, 70, 1],
      [61, 62, 63],
      [100, 50, 100],
      [130, 1, 1100],
    ] as const) {
      const [a, b] = [randomMatrix(m, m, k), randomMatrix(n, k, n)];
      // Entries up to 1: k products, each rounded twice.
      const tolerance = 2 * k * epsilon;
      expect(distance(multiply(a, b), fromMl(toMl(a).mmul(toMl(b))))).toBeLessThanOrEqual(tolerance);
    }
  });

  test("the kernel has the bits of the plain sum, in every shape", () => {
    const size = fc.integer({ min: 0, max: 19 });
    fc.assert(
      fc.property(size, size, size, (rows, inner, columns) => {
        const [a, b] = [randomMatrix(rows, rows, inner), randomMatrix(columns + 50, inner, columns)];
        const c = new Float64Array(rows * columns);
        multiplyInKernel(c, a.data, b.data, rows, inner, columns);
        expect(c).toEqual(multiply(a, b).data);
      }),
    );
  });

  test("float32 is multiplied in float64", () => {
    const a = { data: new Float32Array([1e4, 1]), shape: [1, 2] as const };
    const b = { data: new Float32Array([1e4, 1]), shape: [2, 1] as const };
    expect(multiply(a, b).data[0]).toBe(1e8 + 1);
    const c = new Float64Array(1);
    multiplyInKernel(c, a.data, b.data, 1, 2, 1);
    expect(c[0]).toBe(1e8 + 1);
  });

  test("NaN is passed on, also past a zero", () => {
    expect(multiply(matrix(1, 2, [0, 1]), matrix(2, 1, [NaN, 1])).data[0]).toBeNaN();
  });

  test("inner sizes must agree", () => {
    expect(() => multiply(matrix(2, 3), matrix(2, 3))).toThrow(
      "multiply: inner sizes differ, a is [2, 3], b is [2, 3]. Transpose one of them?",
    );
  });
});
