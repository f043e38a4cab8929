import { expect, it } from "vitest";
import { parseSpec } from "../spec/parse.ts";
import { productsPerUpdate } from "./cost.ts";

const products = (...overrides: string[]) => productsPerUpdate(parseSpec({}, { overrides }));

it("counts the Gram path row by row, and dense outputs of every row that is not empty for other programs", () => {
  // 2048 rows of 50 neurons with one active feature: 4 products with it, 50 of the Gram matrix; then 2 n² h.
  expect(products()).toBe(2048 * 50 * (4 + 50) + 2 * 100 * 100 * 50);
  expect(products("loss.exponent=4")).toBe(2048 * (2 * 50 + 3 * 50 * 100));
  expect(products("loss.exponent=4", "data.p=0.001")).toBeCloseTo(products("loss.exponent=4") / 10, 6);
});

it("knows layers, pairs, lists and groups", () => {
  const general = products("model.bias=learned");
  expect(products("model.layers=2", "model.neurons=25")).toBe(general + 2048 * 3 * 50 * 50);
  expect(products("labels.function=xor")).toBe(2048 * (2 * 50 + 3 * 50 * 4950));
  expect(products(`data.p=[${Array(100).fill(0.01)}]`)).toBeCloseTo(products(), 6);
  const grouped = (kind: string) => products(`data={kind: ${kind}, groups: [[0, 1]], p: 0.01}`);
  expect(grouped("correlated")).toBeCloseTo(products(), 6);
  expect(grouped("anticorrelated")).toBeLessThan(products());
  expect(grouped("synced")).toBeGreaterThan(products());
});
