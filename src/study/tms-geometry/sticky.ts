/**
 * When D* counts as stuck at ½, and D_i as standing on lines: a rule that the saved run of Elhage et al. 2022
 * (arXiv 2209.10652) passes, fixed before anything was trained here.
 */
import type { Level } from "./level.ts";

/** How near ½ a level's D* must be, and at how many levels at least. */
const sticky = { distance: 0.03, levels: 3 } as const;
/** Levels of which D_i are pooled: those that are not dense. */
const pooledBelow = 0.95;
/** A line: at least so many features so near, and so many times as many as around either neighbour. */
const line = { half: 0.005, features: 10, beside: 0.0125, times: 2 } as const;
/** Where a line must be besides ½: tetrahedron, triangle, pentagon, square antiprism. */
export const otherLines = [3 / 4, 2 / 3, 2 / 5, 3 / 8] as const;

/** Distances of numbers with a few digits must not fail by their last bit. */
const slack = 1e-12;

/** How many levels have D* near ½. */
export const stuckLevels = (levels: readonly Pick<Level, "dStar">[]): number =>
  levels.filter(({ dStar }) => Math.abs(dStar - 0.5) <= sticky.distance + slack).length;

/** Whether there are enough. */
export const isStuck = (levels: readonly Pick<Level, "dStar">[]): boolean =>
  stuckLevels(levels) >= sticky.levels;

/** D_i of all levels that are not dense. */
export const pooled = (levels: readonly Pick<Level, "dStar" | "perFeature">[]): readonly number[] =>
  levels.filter(({ dStar }) => dStar < pooledBelow).flatMap(({ perFeature }) => perFeature);

/** How many lie within .005 of a value, of which the edges count. */
function countNear(values: readonly number[], value: number): number {
  return values.filter((one) => Math.abs(one - value) <= line.half + slack).length;
}

/** Whether pooled D_i have a line at a value. */
export function hasLine(values: readonly number[], at: number): boolean {
  const number = countNear(values, at);
  const beside = Math.max(countNear(values, at - line.beside), countNear(values, at + line.beside));
  return number >= line.features && number >= line.times * beside;
}

/** The lines besides ½ that pooled D_i have. */
export const linesOf = (values: readonly number[]): readonly number[] =>
  otherLines.filter((at) => hasLine(values, at));
