import { expect, it } from "vitest";
import { hasLine, isStuck, linesOf, pooled, stuckLevels } from "./sticky.ts";

const times = (count: number, value: number) => Array.from({ length: count }, () => value);
const levels = (...dStars: number[]) => dStars.map((dStar) => ({ dStar, perFeature: [dStar] }));

it("is stuck with three levels within .03 of a half", () => {
  expect(stuckLevels(levels(1, 0.53, 0.5, 0.47, 0.46))).toBe(3);
  expect(isStuck(levels(0.53, 0.5, 0.47))).toBe(true);
  expect(isStuck(levels(0.531, 0.5, 0.47))).toBe(false);
});

it("pools what is not dense", () => {
  expect(pooled(levels(1, 0.95, 0.94, 0.5))).toEqual([0.94, 0.5]);
});

it("sees a line where ten features stand and half as many at most beside them", () => {
  expect(hasLine(times(10, 0.505), 0.5)).toBe(true);
  expect(hasLine(times(9, 0.5), 0.5)).toBe(false);
  expect(hasLine(times(10, 0.506), 0.5)).toBe(false);
  expect(hasLine([...times(10, 0.5), ...times(5, 0.5125)], 0.5)).toBe(true);
  expect(hasLine([...times(10, 0.5), ...times(6, 0.4875)], 0.5)).toBe(false);
});

it("names the other lines", () => {
  expect(linesOf([...times(12, 0.4), ...times(12, 0.5)])).toEqual([2 / 5]);
  expect(linesOf(times(50, 0.45))).toEqual([]);
});
