/** Axes of curves: a domain that holds the numbers, whatever they are, and ticks that can be read. */
import * as Plot from "@observablehq/plot";
import { quietAxis } from "./draw-figure.ts";
import { logTicks, tickText } from "./number-text.ts";

/** How numbers become lengths. `symlog` is linear near 0 and logarithmic far from it, so that step 0 has a place. */
export type AxisType = "linear" | "log" | "symlog";

/** A chosen axis. */
export interface Axis {
  readonly type: AxisType;
  readonly domain: readonly [number, number];
  /** Places, or about how many. */
  readonly ticks: number | readonly number[];
  readonly nice: boolean;
}

/** Where a symlog axis turns from linear to logarithmic. */
const symlogConstant = 10;

/**
 * An axis over values, of which only finite ones count, and on a logarithmic axis only positive ones.
 *
 * @param roomy - leaves room between the outermost values and the frame, and ends linear axes on ticks
 * @param zero - whether a linear axis starts at 0 when no value is below it
 */
export function axisOver(
  values: readonly (number | null | undefined)[],
  { type, roomy = false, zero = false }: { type: AxisType; roomy?: boolean; zero?: boolean },
): Axis {
  const drawable = values.filter((value) => canDraw(value, type)) as number[];
  const low = least(drawable);
  const high = greatest(drawable);
  if (type === "log") return logAxis(low, high, roomy);
  if (type === "symlog")
    return { type, domain: spread(low, high), ticks: symlogTicks(low, high), nice: false };
  const domain = spread(zero && low > 0 ? 0 : low, zero && high < 0 ? 0 : high);
  return { type, domain, ticks: 6, nice: roomy };
}

/** Whether an axis of this type has a place for the value. */
export const canDraw = (value: number | null | undefined, type: AxisType): value is number =>
  typeof value === "number" && Number.isFinite(value) && (type !== "log" || value > 0);

const least = (values: readonly number[]): number =>
  values.length === 0 ? 1 : values.reduce((a, b) => Math.min(a, b));
const greatest = (values: readonly number[]): number =>
  values.length === 0 ? 1 : values.reduce((a, b) => Math.max(a, b));

/** Equal ends are moved apart, so that a single value lies in the middle. */
function spread(low: number, high: number): readonly [number, number] {
  if (low < high) return [low, high];
  const half = low === 0 ? 1 : Math.abs(low) / 2;
  return [low - half, low + half];
}

function logAxis(low: number, high: number, roomy: boolean): Axis {
  const margin = low === high ? 2 : roomy ? Math.max((high / low) ** 0.06, 1.05) : 1;
  const domain = [low / margin, high * margin] as const;
  return { type: "log", domain, ticks: logTicks(...domain), nice: false };
}

/** 0 and the powers of ten from 10 in both directions. */
function symlogTicks(low: number, high: number): number[] {
  const powers = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => Number(`1e${k}`));
  const ticks = [...powers.map((power) => -power).reverse(), 0, ...powers];
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Where an axis of this type puts a value, but for origin and unit. */
export function placeOn(type: AxisType): (value: number) => number {
  if (type === "linear") return (value) => value;
  if (type === "log") return Math.log;
  return (value) => Math.sign(value) * Math.log1p(Math.abs(value) / symlogConstant);
}

/** The options of a Plot scale. */
export const scaleOf = ({ type, domain, nice }: Axis): Plot.ScaleOptions => ({
  type,
  domain: [...domain],
  nice,
  label: null,
  ...(type === "symlog" ? { constant: symlogConstant } : {}),
});

/** The lower edge of a plot, with tick marks and numbers. */
export const xAxis = ({ ticks }: Axis): Plot.Markish[] => [
  Plot.axisX({ ...quietAxis, ticks: placed(ticks), tickFormat: tickText }),
  Plot.frame({ anchor: "bottom", strokeOpacity: 0.4 }),
];

/** The tick marks and numbers left of a plot, and faint lines for them. */
export const yAxis = ({ ticks }: Axis): Plot.Markish[] => [
  Plot.gridY({ ticks: placed(ticks) }),
  Plot.axisY({ ...quietAxis, ticks: placed(ticks), tickFormat: tickText }),
];

const placed = (ticks: Axis["ticks"]) => (typeof ticks === "number" ? ticks : [...ticks]);
