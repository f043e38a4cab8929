/** The labels of a shape for one row, y = c ⊙ f(x) + (M + σ T) x, in float64. */
import { callInto } from "./call.ts";
import { addScaled, apply } from "./row.ts";
import { type LabelName, outputsOf, type ProgramShape } from "./shape.ts";

type Row = Float64Array;

const isPositive = (x: number): number => (x > 0 ? 1 : 0);

/** f where it works on one feature at a time. */
const elementwise: Readonly<Record<Exclude<LabelName, "and" | "xor">, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  abs: Math.abs,
  identity: (x) => x,
  square: (x) => x * x,
};

/** What the labels of a shape are made of. */
export type LabelShape = Pick<ProgramShape, "features" | "labels" | "coefficients" | "mixing" | "scaled">;

/** y for a row x. @param sigma σ @param row its number, for errors @returns [m] */
export function labelsOfRow(shape: LabelShape, sigma: number, x: Row, row: number): Row {
  const { coefficients, mixing, scaled } = shape;
  const y = functionOfRow(shape, x, row);
  if (coefficients !== undefined) for (let i = 0; i < y.length; i++) y[i]! *= coefficients[i]!;
  if (mixing !== null) addScaled(y, 1, apply(mixing, x));
  if (scaled !== undefined) addScaled(y, sigma, apply(scaled, x));
  return y;
}

function functionOfRow(shape: LabelShape, x: Row, row: number): Row {
  const { labels = "relu" } = shape;
  if (typeof labels === "function") return callInto(new Float64Array(x.length), "label", labels, x, row);
  if (labels !== "and" && labels !== "xor") return x.map(elementwise[labels]);
  const y = new Float64Array(outputsOf(shape));
  let pair = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const active = isPositive(x[i]!) + isPositive(x[j]!);
      y[pair++] = active === (labels === "and" ? 2 : 1) ? 1 : 0;
    }
  }
  return y;
}
