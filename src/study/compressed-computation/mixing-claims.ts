/** Claims about the size of the mixing matrix, and about networks whose mixing is taken away or changed. */

import { crossingOf, keysOf, measurements, minimumOf, numbers } from "../evidence.ts";
import type { Measurement } from "../measure.ts";
import type { Numbers, OpenClaim } from "../open-claim.ts";
import type { Mode, Results } from "../study.ts";
import { capital, lossTolerance, naiveLoss, paper } from "./claim-input.ts";
import { type DrawnKind, drawnKinds, mixingGrid, sweepGroup, variants } from "./plan.ts";

/** Of the sweeps over σ and of the trained σ. */
export const published = {
  symmetric: { loss: 0.0649, std: 0.036, crossing: 0.063, learned: 0.033 },
  asymmetric: { loss: 0.0749, std: 0.028, crossing: 0.047, learned: 0.025 },
} as const;

/** L/p over σ, one curve a seed. */
export function sweepCurves(results: Results, mode: Mode, kind: DrawnKind) {
  const columns = mixingGrid[mode][kind].map((std) => ({
    std,
    losses: numbers(results, sweepGroup(kind, std), ({ loss }) => loss.lossPerP),
  }));
  return columns[0]!.losses.map((_, seed) => columns.map(({ std, losses }) => [std, losses[seed]!] as const));
}

export function sweepClaims(results: Results, mode: Mode): readonly OpenClaim[] {
  return drawnKinds.flatMap((kind) => {
    const curves = sweepCurves(results, mode, kind);
    const tasks = mixingGrid[mode][kind].flatMap((std) => keysOf(results, sweepGroup(kind, std)));
    const shared = { source: paper, tasks };
    const { loss, std, crossing } = published[kind];
    const minima = curves.map(minimumOf);
    // "Near" in the paper: a step or so of its own grid.
    const near = 0.005;
    return [
      {
        ...{ id: `${kind}-minimum-loss`, expected: loss, tolerance: lossTolerance, ...shared },
        statement: `${capital(kind)} mixing: over σ, L/p is least at ${loss}.`,
        values: minima.map(({ y }) => y),
      },
      {
        ...{ id: `${kind}-minimum-std`, expected: std, tolerance: near, ...shared },
        statement: `${capital(kind)} mixing: L/p is least near σ = ${std}.`,
        values: minima.map(({ x }) => x),
      },
      {
        ...{ id: `${kind}-crossing`, expected: crossing, tolerance: near, ...shared },
        statement: `${capital(kind)} mixing: L/p rises above naive near σ = ${crossing}.`,
        values: curves.map((points) => crossingOf(points, naiveLoss)).filter((x) => x !== null),
      },
    ];
  });
}

export function learnedClaims(over: Numbers): readonly OpenClaim[] {
  return drawnKinds.map((kind) => ({
    id: `${kind}-learned-std`,
    source: paper,
    statement: `${capital(kind)} mixing, σ trained with the weights from .01: it ends at ${published[kind].learned}.`,
    expected: published[kind].learned,
    tolerance: 0.002,
    remark: "Its size: with the sign, M only turns into another draw of the same kind.",
    ...over(`learned/${kind}`, ({ mixingScale }) => Math.abs(mixingScale ?? Number.NaN)),
  }));
}

export function variantClaims(over: Numbers, mode: Mode): readonly OpenClaim[] {
  const expected = {
    original: [0.0668, "The original network (d = 1000, residual stream): L/p = .0668."],
    "no-bypass": [0.0834, "Without the bypass the advantage is gone: L/p = .0834."],
    pseudoinverse: [0.0834, "With an exact unembedding (pinv E) the advantage is gone: L/p = .0834."],
    "no-embedding": [0.0834, "With an identity bypass but no embedding the advantage is gone: L/p = .0834."],
    "noise-bypass": [
      0.075,
      "A noisy bypass alone brings it back: as asymmetric mixing with σ = .025, L/p = .075.",
    ],
  } as const;
  return variants
    .filter(({ isQuick }) => isQuick || mode === "full")
    .map(({ key }) => ({
      id: `${key}-loss`,
      source: paper,
      statement: expected[key][1],
      expected: expected[key][0],
      tolerance: lossTolerance,
      ...over(key, ({ loss }) => loss.lossPerP),
    }));
}

export function transplantClaims(results: Results, over: Numbers): readonly OpenClaim[] {
  const mixed = measurements(results, "to-mixed");
  const start = measurements(results, "symmetric");
  const shared = { source: paper, tolerance: lossTolerance };
  const loss = ({ loss: { lossPerP } }: Measurement) => lossPerP;
  return [
    {
      ...{ ...shared, id: "transplant-jump", expected: 0.087, tolerance: 0.002 },
      statement: "Trained on mixed labels, then on clean ones: L/p = .087 after a hundred steps.",
      ...over("to-clean-100", loss),
    },
    {
      ...{ ...shared, id: "transplant-settles", expected: 0.0835 },
      statement: "Trained on mixed labels, then on clean ones: L/p settles at .0835.",
      ...over("to-clean", loss),
    },
    {
      ...{ ...shared, id: "transplant-below-naive", expected: 0, tolerance: 0 },
      statement:
        "Transplanted to clean labels, a network is never below naive (1: it is, by 3 standard errors).",
      ...over("to-clean", (measured) =>
        Number(measured.loss.lossPerP < naiveLoss - 3 * measured.loss.stderr),
      ),
    },
    {
      ...{ ...shared, id: "transplant-to-mixed", expected: 0 },
      statement:
        "Trained on clean labels, then on symmetric ones: L/p ends where training on them from the start does; the difference is 0.",
      values: mixed.map((measured, seed) => loss(measured) - loss(start[seed]!)),
      tasks: keysOf(results, "to-mixed"),
    },
  ];
}
