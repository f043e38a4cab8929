/** The centre of the study: every kind of labels with the two parts of its loss, naive's, and the least of each. */
import { offset } from "../../baseline/offset.ts";
import { oddEvenFigure } from "../../figure/odd-even-figure.ts";
import { estimate, keysOf, numbers } from "../evidence.ts";
import type { Measurement, Parts } from "../measure.ts";
import type { FigureBlock, Results, TableBlock } from "../study.ts";
import { naiveLoss, naivePart } from "./claim-input.ts";
import { labelKinds } from "./plan.ts";

const tasksOf = (results: Results) => labelKinds.flatMap(({ key }) => keysOf(results, key));
const meanOver = (results: Results, key: string, of: (measured: Measurement) => number): number =>
  estimate(numbers(results, key, of)).mean;

/** Every kind of labels beside what it is read against; naive and its leak are on clean labels, as in the literature. */
export function overview(results: Results): Pick<TableBlock, "columns" | "rows"> {
  const distribution = { kind: "bernoulli", p: 0.01, values: "symmetric" } as const;
  const leaky = offset({ features: 100, neurons: 50, mixing: null, distribution }).lossPerP;
  return {
    columns: ["labels", "L/p", "linear", "even", "naive", "naive + offset", "rank bound"],
    rows: labelKinds.map(({ key, title }) => {
      const over = (of: (measured: Measurement) => number) => meanOver(results, key, of);
      const losses = [
        over(({ loss }) => loss.lossPerP),
        over(({ loss }) => loss.linear),
        over(({ loss }) => loss.even),
      ];
      return [title, ...losses, naiveLoss, leaky, over(({ bound }) => bound.lossPerP)];
    }),
  };
}

/** The bars. */
export function oddEvenBlock(results: Results): FigureBlock {
  const rows = labelKinds.map(({ key, title }) => ({
    label: title,
    linear: meanOver(results, key, ({ loss }) => loss.linear),
    even: meanOver(results, key, ({ loss }) => loss.even),
    linearBound: meanOver(results, key, ({ bound }) => bound.linear),
    evenBound: meanOver(results, key, ({ bound }) => bound.even),
  }));
  // Naive's labels are the clean ones, and so are its bounds.
  const { linearBound, evenBound } = rows[0]!;
  const naive = { label: "naive", linear: naivePart, even: naivePart, linearBound, evenBound };
  return {
    kind: "figure",
    name: "odd-even-split",
    title: "The loss in two parts.",
    caption:
      "Means over seeds at p = .01. Blue: the linear part, which no ReLU is needed for. Orange: the even part, where the nonlinearity is. Ticks: the least that each can be for any network of 50 neurons. Networks on mixed labels gain in the blue part and lose in the orange one.",
    tasks: tasksOf(results),
    draw: (host) => oddEvenFigure([naive, ...rows], host),
  };
}

/** The same in numbers, for the inputs of training and for exactly one active feature. */
export function splitTable(results: Results): TableBlock {
  const columns: readonly ((parts: Parts, bound: Parts) => number)[] = [
    ({ lossPerP }) => lossPerP,
    ({ linear }) => linear,
    (_, { linear }) => linear,
    ({ even }) => even,
    (_, { even }) => even,
  ];
  const rows = labelKinds.flatMap(({ key, title }) => [
    [title, "p = .01", ...columns.map((of) => meanOver(results, key, ({ loss, bound }) => of(loss, bound)))],
    [
      title,
      "exactly one",
      ...columns.map((of) =>
        meanOver(results, key, ({ exactlyOne, bound }) => of(exactlyOne, bound.exactlyOne)),
      ),
    ],
  ]);
  return {
    kind: "table",
    title: "L/p, its parts and their bounds; naive on clean labels: .0833 = .0417 + .0417",
    columns: ["labels", "inputs", "L/p", "linear", "linear bound", "even", "even bound"],
    rows,
    digits: 4,
    tasks: tasksOf(results),
  };
}
