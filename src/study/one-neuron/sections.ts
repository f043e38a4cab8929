/** The report of the study: the nine rows, the parts, the loss over the noise. */

import { searchOneNeuron } from "../../baseline/one-neuron.ts";
import { type OneNeuronRow, oneNeuronLoss, oneNeuronTable } from "../../evaluate/one-neuron.ts";
import { oddEvenFigure } from "../../figure/odd-even-figure.ts";
import { oneNeuronFigure } from "../../figure/one-neuron-figure.ts";
import { claimsOn, textBlock } from "../blocks.ts";
import type { Claim } from "../claim.ts";
import type { FigureBlock, Results, Section, TableBlock } from "../study.ts";
import { noiseCases, noiseGrid, noiseOf, shownNoise, solve, solvedCases } from "./cases.ts";
import type { TrainedDraw } from "./plan.ts";

const digits = (value: number): string =>
  value
    .toFixed(3)
    .replace(/^(-?)0\./, "$1.")
    .replace("-", "−");
const pair = (values: readonly number[]): string => `(${values.map((value) => short(value)).join(", ")})`;
const short = (value: number): string =>
  String(Number(value.toFixed(3)))
    .replace(/^(-?)0\./, "$1.")
    .replace("-", "−");

/** The answer in words, from the closed forms. */
export function answer(): string {
  const [clean, plus, minus] = solvedCases();
  return `By a linear fit. On clean labels no direction of its input weights beats naive (L/p ${digits(clean!.bestLoss.lossPerP)}). With .2 and .2 off the diagonal of M it reaches ${digits(plus!.bestLoss.lossPerP)}: the linear part falls from ${digits(plus!.naiveLoss.linear)} to ${digits(plus!.bestLoss.linear)}, and the even part, where the ReLU is, rises from ${digits(plus!.naiveLoss.even)} to ${digits(plus!.bestLoss.even)}. With the opposite sign there is nothing to win over clean labels (${digits(minus!.bestLoss.lossPerP)}).`;
}

/** The numbers of the answer. */
export function overview(): Pick<TableBlock, "columns" | "rows"> {
  return {
    columns: [
      "M off the diagonal",
      "W_in",
      "W_out",
      "L/p",
      "linear",
      "even",
      "naive L/p",
      "naive linear",
      "naive even",
    ],
    rows: solvedCases().map(({ title, best, bestLoss, naiveLoss }) => [
      title,
      pair(best.W_in),
      pair(best.W_out),
      ...[bestLoss.lossPerP, bestLoss.linear, bestLoss.even],
      ...[naiveLoss.lossPerP, naiveLoss.linear, naiveLoss.even],
    ]),
  };
}

function rowsTable(title: string, rows: readonly OneNeuronRow[]): TableBlock {
  return {
    kind: "table",
    title,
    columns: ["x", "residual", "MLP", "prediction", "target", "error", "odd", "even", "loss"],
    rows: rows.map(({ x, residual, mlp, prediction, target, error, odd, even, loss }) => [
      ...[x, residual, mlp, prediction, target, error, odd, even].map(pair),
      loss,
    ]),
    digits: 3,
    tasks: [],
  };
}

/** L/p of the best weights over s, with its parts, and of naive's; dots are trained networks. */
function noiseBlock(results: Results): FigureBlock {
  const draws = results.measuredGroup<TrainedDraw>("trained");
  const curve = (label: string, of: (solved: ReturnType<typeof solve>) => number) => ({
    label,
    points: noiseGrid.map((s) => ({ x: s, y: of(solve(noiseCases[1]!, s)) })),
  });
  // A gap after each point leaves symbols without a line, which nothing between two draws would justify.
  const trained = draws.flatMap(({ s, trained: losses }) => [
    { x: s, y: Math.min(...losses) },
    { x: s, y: null },
  ]);
  return {
    kind: "figure",
    name: "one-neuron",
    title: "The best neuron over the noise.",
    caption:
      "M with s in both places off its diagonal; one active feature. For s > 0 one direction of positive weights follows the leading direction of I + 2M; for s < 0 that direction has two signs, which the even part does not bear. Trained: the best of eight starts for each drawn M.",
    tasks: draws.map((_, draw) => `trained/${draw}`),
    draw: (host) =>
      oneNeuronFigure(
        {
          curves: [
            curve("best weights", ({ bestLoss }) => bestLoss.lossPerP),
            curve("their linear part", ({ bestLoss }) => bestLoss.linear),
            curve("their even part", ({ bestLoss }) => bestLoss.even),
            curve("naive's weights", ({ naiveLoss }) => naiveLoss.lossPerP),
            { label: "trained", points: trained },
          ],
          references: [{ label: "clean labels", kind: "naive", value: 1 / 4 }],
        },
        host,
      ),
  };
}

function partsBlock(): FigureBlock {
  const rows = solvedCases().flatMap(({ key, title, best: _, bestLoss, naiveLoss }) => [
    { label: `naive, ${title}`, linear: naiveLoss.linear, even: naiveLoss.even, evenBound: 1 / 8 },
    ...(key === "clean"
      ? []
      : [{ label: `best, ${title}`, linear: bestLoss.linear, even: bestLoss.even, evenBound: 1 / 8 }]),
  ]);
  return {
    kind: "figure",
    name: "one-neuron-parts",
    title: "The two parts.",
    caption: `s = ${shownNoise}; one active feature. The even part has a least value, 1/8, which naive attains whatever M is.`,
    tasks: [],
    draw: (host) => oddEvenFigure(rows, host),
  };
}

const stream = `The stream carries \`(I + N) x\`: the input and a little noise. One neuron adds \`W_out relu(W_in · x)\`. The target is \`x + relu(x)\`, two ReLUs from one neuron. To the neuron this is the same as labels \`relu(x) + M x\` with \`M = −N\`. The two tables show every input of −1, 0 and 1: what the stream carries, what the neuron adds, what comes out and what was asked. The error is the sum of an odd part, \`½ [W_out W_in − (I + 2M)] x\`, and an even part, \`½ [W_out |W_in · x| − |x|]\`.`;

const limits = `One neuron, two features, values of ±1, one feature active at a time: small enough to be exact, and no more than that. It shows the mechanism, not how much of it a wide network uses; for that see the study \`compressed-computation\`. With both features often on, clean labels allow more than naive too, because labels then have means that a leak can answer.`;

function bothOn(): string {
  const inputs = { kind: "bernoulli", p: 2 / 3 } as const;
  const best = searchOneNeuron(noiseOf(0, 0), inputs);
  const naive = oneNeuronLoss(oneNeuronTable(solve(noiseCases[0]!, 0).naive), inputs);
  return `All nine inputs alike are p = 2/3. There a search finds L/p = ${digits(best.lossPerP)} on clean labels, at W_in = ${pair(best.W_in)} and W_out = ${pair(best.W_out)}, against naive's ${digits(naive.lossPerP)}: that naive is the best neuron is a statement about sparse inputs.`;
}

/** The sections. */
export function sectionsOf(results: Results, claims: readonly Claim[]): readonly Section[] {
  const [clean, plus] = solvedCases();
  return [
    {
      title: "Nine inputs",
      blocks: [
        textBlock(stream),
        rowsTable("Naive, M = 0.", oneNeuronTable(clean!.best)),
        rowsTable(
          `The best weights for one active feature, M = ${shownNoise} and ${shownNoise} off the diagonal: W_in = ${pair(plus!.best.W_in)}, W_out = ${pair(plus!.best.W_out)}.`,
          oneNeuronTable(plus!.best),
        ),
        claimsOn(claims, /^split/),
      ],
    },
    {
      title: "What the noise is good for",
      blocks: [noiseBlock(results), partsBlock(), claimsOn(claims, /^(best|better|sign)/)],
    },
    {
      title: "Trained",
      blocks: [
        textBlock(
          "The same by gradient descent, through the engine that trains everything else: one symmetric M a draw, eight starts each. Some starts end with both input weights negative, where the neuron hears of no positive feature, and L/p stays at a half; the best of them do not.",
        ),
        claimsOn(claims, /^trained/),
      ],
    },
    { title: "What this does not show", blocks: [textBlock(bothOn()), textBlock(limits)] },
  ];
}
