import { expect, it } from "vitest";
import { callInto } from "./call.ts";

const call = (f: (x: Float64Array) => unknown) =>
  callInto(new Float64Array(2), "label", f as (x: Float64Array) => number[], Float64Array.of(1, 2), 17);

it("copies what goes in and what comes out", () => {
  const x = Float64Array.of(1, 2);
  const shared = new Float64Array(2);
  const overwriting = (row: Float64Array) => {
    row.fill(9);
    return shared;
  };
  const out = callInto(new Float64Array(2), "label", overwriting, x, 0);
  shared.fill(5);
  expect([...x, ...out]).toEqual([1, 2, 0, 0]);
});

it.each([
  [() => [1, Number.NaN], "need a finite number for output 1 of row 17, got NaN"],
  [() => [Infinity, 1], "need a finite number for output 0 of row 17, got Infinity"],
  [() => ["1", 1], "need a finite number for output 0 of row 17, got 1"],
  [() => [1], "need 2 numbers for row 17, got 1"],
  [() => undefined, "need 2 numbers for row 17, got undefined"],
])("names row, output and value (%#)", (f, what) => {
  expect(() => call(f)).toThrow(`label function: ${what}. Mend the label function.`);
});
