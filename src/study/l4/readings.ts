/** What is read off measurements by claims, figures and words alike. */
import type { PowerLossPoint } from "../../analyse/power-loss-over-p.ts";
import type { Measurement } from "../measure.ts";

const at = (points: readonly PowerLossPoint[], p: number): PowerLossPoint => {
  const point = points.find((candidate) => candidate.p === p);
  if (point === undefined)
    throw new Error(`readings: need a loss at p = ${p}, got none. Add it to the plan.`);
  return point;
};

/** The loss |ŷ − y|^q per p at a density, and its standard error. */
export const powerAt = ({ power }: Measurement, p: number): PowerLossPoint => at(power!.points, p);

/** The loss of 50 exact ReLUs at a density, per p. */
export const naiveAt = ({ power }: Measurement, p: number): number => at(power!.naive, p).lossPerP;

/** What no network goes below at a density, per p. */
export const boundAt = ({ power }: Measurement, p: number): PowerLossPoint => at(power!.bound!, p);

/** The loss as a share of that of 50 exact ReLUs. */
export const shareOfNaive = (measured: Measurement, p: number): number =>
  powerAt(measured, p).lossPerP / naiveAt(measured, p);

/** Whether the loss is below naive by 3 standard errors. */
export const beatsNaive = (measured: Measurement, p: number): boolean => {
  const { lossPerP, stderr } = powerAt(measured, p);
  return lossPerP < naiveAt(measured, p) - 3 * stderr;
};

/** Whether the loss is below the certificate by 3 standard errors of either: it must not be. */
export const isBelowBound = (measured: Measurement, p: number): boolean => {
  const [loss, bound] = [powerAt(measured, p), boundAt(measured, p)];
  return loss.lossPerP < bound.lossPerP - 3 * (loss.stderr + bound.stderr);
};

/**
 * The rule that agrees with both papers (da Silva & Heimersheim 2026): features far from parallel, answered alike, and a
 * loss below naive make a superposed code.
 */
export const isCode = (measured: Measurement, p: number): boolean =>
  measured.code!.coherence < 0.5 && measured.positive!.variation < 0.15 && beatsNaive(measured, p);

/** Features whose own output is above one half of the label. */
export const answered = ({ ownResponses }: Measurement): number =>
  ownResponses.filter((response) => response > 0.5).length;
