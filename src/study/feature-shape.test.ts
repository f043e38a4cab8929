import { expect, it } from "vitest";
import {
  antipodalPairs,
  cosineOf,
  gapsOf,
  largestInterference,
  misplaced,
  represented,
  unevenness,
} from "./feature-shape.ts";

const of = (neurons: number, ...W: number[]) => ({
  ...{ features: W.length / neurons, neurons, W, loss: 0 },
  bias: [],
});
const turned = (degrees: readonly number[], length = 1) =>
  of(
    2,
    ...degrees.map((angle) => length * Math.cos((angle * Math.PI) / 180)),
    ...degrees.map((angle) => length * Math.sin((angle * Math.PI) / 180)),
  );

it("represents features from half of a whole one on", () => {
  expect(represented(of(1, 0.8, 0.7, -0.9))).toEqual([true, false, true]);
});

it("counts features on the wrong side of the most important ones", () => {
  expect(misplaced(of(2, 1, 0, 0, 0, 1, 0))).toBe(0);
  expect(misplaced(of(2, 1, 0, 0, 0, 0, 1))).toBe(2);
});

it("measures a pentagon, whatever its turn and length", () => {
  const pentagon = turned([10, 82, 154, 226, 298], 1.2);
  expect(unevenness(pentagon, 5)).toBeCloseTo(0, 10);
  expect(gapsOf(pentagon).reduce((a, b) => a + b)).toBeCloseTo(360, 10);
  expect(unevenness(turned([10, 90, 154, 226, 298]), 5)).toBeCloseTo(8, 10);
  expect(unevenness(turned([0, 90, 180, 270]), 5)).toBe(360);
  expect(antipodalPairs(pentagon)).toBe(0);
});

it("counts antipodal pairs of represented features", () => {
  expect(antipodalPairs(turned([0, 90, 180, 270]))).toBe(2);
  expect(antipodalPairs(turned([0, 180, 185]))).toBe(2);
  expect(antipodalPairs(turned([0, 180], 0.5))).toBe(0);
});

it("takes the interference of represented features alone", () => {
  expect(largestInterference(of(1, 1, 0.5))).toBeCloseTo(0.25, 12);
  expect(largestInterference(of(1, 0.1, 0.1))).toBe(0);
});

it("takes cosines whatever the lengths", () => {
  expect(cosineOf(turned([0, 60], 3), 0, 1)).toBeCloseTo(0.5, 12);
});
