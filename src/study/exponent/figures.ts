/** Figures over the exponent: axis-aligned and embedded networks, and what is proved. */
import type { Curve, Reference } from "../../figure/curve.ts";
import { type ExponentRecord, exponentFigure } from "../../figure/exponent-figure.ts";
import { estimate, keysOf, numbers } from "../evidence.ts";
import { density, powerGroup } from "../l4/plan.ts";
import { shareOfNaive } from "../l4/readings.ts";
import type { Measurement } from "../measure.ts";
import type { FigureBlock, Mode, Results, TableBlock } from "../study.ts";
import { leastShare } from "./claims.ts";
import { embeddedExponents, embeddedGroup, exponents } from "./plan.ts";

type Reading = (measured: Measurement, q: number) => number;

/** Kinds of networks, with their groups. */
function kindsOf(mode: Mode) {
  return [
    { label: "axis-aligned", group: powerGroup, exponents },
    { label: "embedded in 1,000 dimensions", group: embeddedGroup, exponents: embeddedExponents[mode] },
  ] as const;
}

function curvesOf(results: Results, mode: Mode, of: Reading): readonly Curve[] {
  return kindsOf(mode).map(({ label, group, exponents }) => ({
    label,
    points: exponents.map((q) => {
      const { mean, low, high } = estimate(numbers(results, group(q), (measured) => of(measured, q)));
      // An interval that reaches below 0 has no place on a logarithmic axis.
      return low > 0 ? { x: q, y: mean, low, high } : { x: q, y: mean };
    }),
  }));
}

const tasksOf = (results: Results, mode: Mode): readonly string[] =>
  kindsOf(mode).flatMap(({ group, exponents }) => exponents.flatMap((q) => keysOf(results, group(q))));

function block(
  results: Results,
  mode: Mode,
  of: Reading,
  words: Pick<FigureBlock, "name" | "title" | "caption">,
  record: Omit<ExponentRecord, "curves">,
): FigureBlock {
  return {
    kind: "figure",
    ...words,
    tasks: tasksOf(results, mode),
    draw: (host) =>
      exponentFigure(
        { ...record, curves: curvesOf(results, mode, of), verticals: [{ label: "q = 2", x: 2 }] },
        host,
      ),
  };
}

const naive = (value: number): Reference => ({ label: "naive", kind: "naive", value });

/** φ on a fine grid. */
const certificate: Reference = {
  label: "no network is below",
  kind: "bound",
  value: Array.from({ length: 141 }, (_, i) => 1 + i / 20).map((q) => ({ x: q, y: leastShare(q) })),
};

/** The loss for one active feature over naive's, with the certificate of every exponent. */
export const shareBlock = (results: Results, mode: Mode): FigureBlock =>
  block(
    results,
    mode,
    ({ power }, q) => power!.exactlyOne * 4 * (q + 1),
    {
      name: "share",
      title: "What there is to be won, and what is.",
      caption:
        "The loss |ŷ − y|^q for exactly one active feature, as a share of naive's, over the exponent q that networks are trained with; means over seeds with 95 % intervals. Dashed: the least share of any network of 50 neurons. Up to q = 2 it is 1, so that nothing can be won; above, it falls away, and trained networks follow.",
    },
    { quantity: "loss / naive's, one active feature", references: [naive(1), certificate] },
  );

/** The spread over features. */
export const variationBlock = (results: Results, mode: Mode): FigureBlock =>
  block(
    results,
    mode,
    ({ positive }) => positive!.variation,
    {
      name: "variation",
      title: "How alike features are answered.",
      caption:
        "CV over features of the squared error while positive, at p = .02; means over seeds with 95 % intervals. Naive has 1. Below .15 the rule of both papers calls a network a code, if its features are far from parallel and it beats naive.",
    },
    {
      quantity: "CV over features",
      references: [naive(1), { label: "a code is below", kind: "published", value: 0.15 }],
    },
  );

/** The mean over features. */
export const meanBlock = (results: Results, mode: Mode): FigureBlock =>
  block(
    results,
    mode,
    ({ positive }) => positive!.mean,
    {
      name: "mean",
      title: "What a feature is answered with.",
      caption:
        "E[(ŷ_i − y_i)² | x_i > 0] at p = .02, mean over features; means over seeds with 95 % intervals.",
    },
    { quantity: "squared error while positive, mean over features", references: [naive(1 / 6)] },
  );

/** All of it in numbers. */
export function exponentTable(results: Results, mode: Mode): TableBlock {
  return {
    kind: "table",
    title: "Means over seeds, at p = .02 unless said",
    columns: [
      ...["features", "exponent", "error while positive", "CV", "loss / naive", "the same, one active"],
      ...["least share, one active", "coherence", "pseudoinverse cosine"],
    ],
    rows: kindsOf(mode).flatMap(({ label, group, exponents }) =>
      exponents.map((q) => {
        const over = (of: (measured: Measurement) => number) => estimate(numbers(results, group(q), of)).mean;
        return [
          label,
          `${q}`,
          over(({ positive }) => positive!.mean),
          over(({ positive }) => positive!.variation),
          over((measured) => shareOfNaive(measured, density)),
          over(({ power }) => power!.exactlyOne * 4 * (q + 1)),
          leastShare(q),
          over(({ code }) => code!.coherence),
          over(({ code }) => code!.pseudoinverseCosine),
        ];
      }),
    ),
    digits: 4,
    tasks: tasksOf(results, mode),
  };
}
