import { expect, test } from "vitest";
import { errorOf, evenErrorOf, randomNetwork, squaredLength } from "../../test/support/forward.ts";
import { accumulateErrors, type SparseBatch } from "./accumulate-errors.ts";
import type { Network } from "./network.ts";

// Rows: empty, one feature, all features, empty, two features (out of order).
const batch: SparseBatch = {
  rowStart: Uint32Array.of(0, 0, 1, 5, 5, 7),
  column: Uint32Array.of(2, 0, 1, 2, 3, 3, 1),
  value: Float32Array.of(-0.5, 0.25, -1, 0.75, 0.5, 1, -0.125),
};

function dense({ rowStart, column, value }: SparseBatch, row: number): Float64Array {
  const x = new Float64Array(4);
  for (let entry = rowStart[row]!; entry < rowStart[row + 1]!; entry++) x[column[entry]!] = value[entry]!;
  return x;
}

test.each([
  ["full", errorOf],
  ["even", evenErrorOf],
] as const)("%s errors, against the definition row by row", (mode, error) => {
  for (const network of [
    randomNetwork(31, 4, 3),
    { ...randomNetwork(32, 4, 9), M: null } satisfies Network,
  ]) {
    const errors = [0, 1, 2, 3, 4].map((row) => error(network, dense(batch, row)));
    const squares = errors.map(squaredLength);
    const sums = accumulateErrors(network, batch, mode);
    expect(sums.sum).toBeCloseTo(
      squares.reduce((a, b) => a + b),
      13,
    );
    expect(sums.sumOfSquares).toBeCloseTo(squaredLength(squares), 12);
    sums.perOutput.forEach((value, i) => {
      expect(value).toBeCloseTo(squaredLength(errors.map((e) => e[i]!)), 13);
    });
  }
});

test("a batch of empty rows, and of no rows, has no error", () => {
  const network = randomNetwork(33, 4, 3);
  for (const rowStart of [Uint32Array.of(0, 0, 0), Uint32Array.of(0)]) {
    const empty = { rowStart, column: new Uint32Array(0), value: new Float32Array(0) };
    expect(accumulateErrors(network, empty, "full")).toEqual({
      sum: 0,
      sumOfSquares: 0,
      perOutput: new Float64Array(4),
    });
  }
});

test("a weight that is not a number is not hidden by the ReLU", () => {
  const network = randomNetwork(34, 4, 3);
  network.W_in.data[2] = Number.NaN;
  expect(accumulateErrors(network, batch, "full").sum).toBeNaN();
});
