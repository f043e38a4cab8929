/** What the study claims: all of it derived on docs/theory/one-neuron.md, and checked by a search and by training. */
import { searchOneNeuron } from "../../baseline/one-neuron.ts";
import { type OneNeuron, oneNeuronTable } from "../../evaluate/one-neuron.ts";
import type { OpenClaim } from "../open-claim.ts";
import type { Results } from "../study.ts";
import { noiseCases, noiseGrid, noiseOf, oneActive, shownNoise, solve, solvedCases } from "./cases.ts";
import type { TrainedDraw } from "./plan.ts";

const source = "derived: docs/theory/one-neuron.md";
/** A search over directions ends within 1e-9 of the angle; the loss is flat there. */
const searchTolerance = 1e-6;

/** ¼ (2 + 4s² − φ²), φ = ½ (1 + √(1 + 4s²)) */
function apart(s: number): number {
  const phi = (1 + Math.sqrt(1 + 4 * s * s)) / 2;
  return (2 + 4 * s * s - phi * phi) / 4;
}

/** L/p of the best weights at s = .2, by the formulas of the page. */
const expected: Readonly<Record<string, readonly [value: number, words: string]>> = {
  clean: [1 / 4, "Clean labels: no direction of W_in is better than naive's, L/p = ¼."],
  plus: [(1 - 2 * shownNoise + 3 * shownNoise ** 2) / 4, "M = .2 and .2 off the diagonal: ¼ (1 − 2s + 3s²)."],
  minus: [apart(shownNoise), "M = −.2 and −.2 off the diagonal: ¼ (2 + 4s² − φ²)."],
  mixed: [apart(shownNoise), "M = .2 and −.2 off the diagonal: ¼ (2 + 4s² − φ²)."],
};

/** Every claim of the study. */
export function claimsOf(results: Results): readonly OpenClaim[] {
  return [...searched(), ...fitted(), splitOfRows(), ...trainedClaims(results)];
}

/** The least loss over all directions, found without the formula. */
function searched(): readonly OpenClaim[] {
  return noiseCases.map(({ key, above, below }) => ({
    id: `best-${key}`,
    source,
    statement: `${expected[key]![1]} Found by a search over the directions of W_in.`,
    expected: expected[key]![0],
    tolerance: searchTolerance,
    values: [searchOneNeuron(noiseOf(above * shownNoise, below * shownNoise), oneActive).lossPerP],
    isExact: true,
  }));
}

const noisy = noiseCases.filter(({ key }) => key !== "clean");
const sizes = noiseGrid.filter((s) => s > 0);
const solvedOver = () => noisy.flatMap((c) => sizes.map((s) => solve(c, s)));
const exact = { source, isExact: true, tolerance: 0 } as const;

function fitted(): readonly OpenClaim[] {
  const all = solvedOver();
  const share = (holds: (solved: (typeof all)[number]) => boolean) => all.filter(holds).length / all.length;
  const plus = sizes.map((s) => solve(noisy[0]!, s));
  const minus = sizes.map((s) => solve(noisy[1]!, s));
  const clean = 1 / 4;
  return [
    {
      ...{ ...exact, id: "better-than-naive", expected: 1 },
      statement: "With M ≠ 0 the best neuron loses less than naive's weights: share of the matrices tried.",
      values: [share(({ bestLoss, naiveLoss }) => bestLoss.lossPerP < naiveLoss.lossPerP)],
    },
    {
      ...{ ...exact, id: "better-by-the-fit", expected: 1 },
      statement:
        "All of it is the linear part, the fit to I + 2M: the even part is nowhere below naive's. Share of the matrices tried.",
      values: [
        share(
          ({ bestLoss, naiveLoss }) =>
            bestLoss.linear < naiveLoss.linear && bestLoss.even >= naiveLoss.even - 1e-12,
        ),
      ],
    },
    {
      ...{ ...exact, id: "sign-of-the-noise", expected: 1 },
      statement:
        "The sign matters: M of s and s is below clean labels' ¼ for every s from .025 to .5, M of −s and −s above (1: it is so).",
      values: [
        Number(
          plus.every(({ bestLoss }) => bestLoss.lossPerP < clean) &&
            minus.every(({ bestLoss }) => bestLoss.lossPerP > clean),
        ),
      ],
    },
  ];
}

/** The largest amount by which ½‖e(x)‖² + ½‖e(−x)‖² misses ‖odd‖² + ‖even‖², over every row of every neuron shown. */
function splitOfRows(): OpenClaim {
  const neurons: readonly OneNeuron[] = solvedCases().flatMap(({ best, naive }) => [best, naive]);
  const gaps = neurons.flatMap((neuron) => {
    const rows = oneNeuronTable(neuron);
    return rows.map((row, i) => {
      const parts = [...row.odd, ...row.even].reduce((sum, value) => sum + value * value, 0);
      return Math.abs(row.loss + rows[rows.length - 1 - i]!.loss - parts);
    });
  });
  return {
    ...{ id: "split-of-rows", source, expected: 0, tolerance: 1e-12, isExact: true },
    statement:
      "A row and its opposite: the squares of odd and even parts add up to their losses, without a cross term.",
    values: [Math.max(...gaps)],
  };
}

function trainedClaims(results: Results): readonly OpenClaim[] {
  const draws = results.measuredGroup<TrainedDraw>("trained");
  const tasks = draws.map((_, draw) => `trained/${draw}`);
  return [
    {
      ...{ id: "trained-best", source, expected: 0, tasks },
      // The rows of a batch vary by a few percent; the loss is flat at its least, so that weights may.
      tolerance: 0.002,
      statement:
        "Gradient descent finds these weights: the best of eight starts, less the closed form for its M. One number a draw of M.",
      values: draws.map(({ best, trained }) => Math.min(...trained) - best),
    },
    {
      ...{ id: "trained-not-below", source, expected: 0, tolerance: 0, tasks },
      statement: "No trained neuron is below the closed form (1: one is).",
      values: draws.map(({ best, trained }) => Number(trained.some((loss) => loss < best - 1e-7))),
    },
  ];
}
