import { expect, test } from "vitest";
import { indexTicks } from "./index-ticks.ts";

test("steps are 1, 2 or 5 times a power of ten, with room for the numbers", () => {
  expect(indexTicks(5, 250)).toEqual([0, 1, 2, 3, 4]);
  expect(indexTicks(12, 250)).toEqual([0, 2, 4, 6, 8, 10]);
  expect(indexTicks(50, 125)).toEqual([0, 20, 40]);
  expect(indexTicks(100, 250)).toEqual([0, 20, 40, 60, 80]);
  expect(indexTicks(100, 100)).toEqual([0, 50]);
  expect(indexTicks(1000, 250)).toEqual([0, 200, 400, 600, 800]);
  expect(indexTicks(1, 250)).toEqual([0]);
});
