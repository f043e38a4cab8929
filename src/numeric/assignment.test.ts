import fc from "fast-check";
import { expect, test } from "vitest";
import { assign } from "./assignment.ts";
import { matrix } from "./matrix.ts";

/** The largest sum by trying everything. */
function best(gain: readonly (readonly number[])[], row = 0, taken: ReadonlySet<number> = new Set()): number {
  if (row === gain.length) return 0;
  const sums = gain[row]!.map((value, column) =>
    taken.has(column) ? Number.NEGATIVE_INFINITY : value + best(gain, row + 1, new Set([...taken, column])),
  );
  return Math.max(...sums);
}

test("takes the pairs that sum to most, not the largest first", () => {
  expect([...assign(matrix(2, 2, [1, 2, 3, 5]))]).toEqual([0, 1]);
  expect([...assign(matrix(2, 2, [9, 10, 0, 8]))]).toEqual([0, 1]);
  expect([...assign(matrix(2, 3, [0, 0, 1, 0, 0, 2]))][1]).toBe(2);
  expect([...assign(matrix(0, 0))]).toEqual([]);
});

test("reaches the sum of an exhaustive search, each column used once", () => {
  const sizes = fc.integer({ min: 1, max: 5 }).chain((rows) =>
    fc.integer({ min: rows, max: 6 }).chain((columns) =>
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    ),
  );
  fc.assert(
    fc.property(sizes, (gain) => {
      const chosen = [...assign(matrix(gain.length, gain[0]!.length, gain.flat()))];
      expect(new Set(chosen).size).toBe(gain.length);
      expect(chosen.reduce((total, column, row) => total + gain[row]![column]!, 0)).toBe(best(gain));
    }),
  );
});

test("refuses more rows than columns", () => {
  expect(() => assign(matrix(3, 2))).toThrow(
    "assign: need at least as many columns as rows, got 3 rows and 2 columns. Transpose it.",
  );
});
