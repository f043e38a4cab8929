/** How candidates of units are drawn and kept: at the largest probability, and with their share of it. */
import type { Unit } from "./engine.ts";

/** The largest probability of a unit. */
export const mostProbable = (units: readonly Unit[]): number =>
  units.reduce((largest, { p }) => Math.max(largest, p), 0);

/** A random word below this keeps a candidate of a unit of probability p: 2³² p / most. */
export const unitThreshold = (p: number, most: number): number => Math.round((p / most) * 2 ** 32);
