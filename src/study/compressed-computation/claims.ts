/**
 * The published numbers, and ours. Losses are L/p at p = .01 on independent features unless said.
 *
 * "Bhagat et al." is Bhagat, Molas-Medina, Giglemiani & Heimersheim 2026 (arXiv 2606.14673). Their losses are printed
 * with three or four digits and vary by about .001 over draws of M, so losses are held to ±.0015.
 */
import { offset } from "../../baseline/offset.ts";
import { type Claim, type ClaimInput, judge } from "../claim.ts";
import type { Measurement } from "../measure.ts";
import type { Mode, Results } from "../study.ts";
import { runIdOf } from "../task.ts";
import { crossingOf, keysOf, measurements, minimumOf, numbers } from "./evidence.ts";
import {
  type DrawnKind,
  densities,
  densityGroup,
  drawnKinds,
  mixingGrid,
  sweepGroup,
  variants,
} from "./plan.ts";

const paper = "Bhagat et al. 2026 (arXiv 2606.14673)";
const splitPage = "derived: docs/theory/odd-even-split.md";
const boundPage = "derived: docs/theory/rank-bound.md";
const lossTolerance = 0.0015;

/** (n − h)/(6n): 50 of 100 features computed exactly, 50 ignored. */
export const naiveLoss = 1 / 12;
/** Either part of it. */
export const naivePart = naiveLoss / 2;

type Input = Omit<ClaimInput, "tasks" | "values"> & {
  readonly values: readonly number[];
  readonly tasks?: readonly string[];
};
type Numbers = (group: string, of: (measured: Measurement) => number) => Pick<ClaimInput, "values" | "tasks">;

/** Every claim of the study, judged. */
export function claimsOf(results: Results, mode: Mode): readonly Claim[] {
  const over: Numbers = (group, of) => ({
    values: numbers(results, group, of),
    tasks: keysOf(results, group),
  });
  const inputs: readonly Input[] = [
    ...lossClaims(over),
    ...splitClaims(over),
    evenClaim(results),
    ...sweepClaims(results, mode),
    ...learnedClaims(over),
    ...variantClaims(over, mode),
    ...transplantClaims(results, over),
    ...weightClaims(over, mode),
    ...semiNmfClaims(results),
    ...offsetClaims(),
    ...familyClaims(over, mode),
    ...(mode === "full" ? densityClaims(over) : []),
    ...boundClaims(results, over),
  ];
  return inputs.map((input) => judged(input, results));
}

function judged({ tasks = [], ...input }: Input, results: Results): Claim {
  const runs = tasks.flatMap((key) =>
    key.startsWith("semi-nmf") ? [] : [runIdOf(results.trained(key).task)],
  );
  return judge({ ...input, tasks }, { study: "compressed-computation", command: results.command, runs });
}

function lossClaims(over: Numbers): readonly Input[] {
  const rows = [
    ["clean", "Clean labels (M = 0): the trained network does no better than naive", 0.0835],
    ["embedding", "Labels mixed by I − EᵀE (d = 1000), the equivalent of the original network", 0.0675],
    ["published-sign", "Labels mixed by EᵀE − I (d = 1000), the sign in the published code", 0.064],
    ["symmetric", "Symmetric mixing, σ = .033", 0.065],
    ["asymmetric", "Asymmetric mixing, σ = .025", 0.075],
  ] as const;
  return rows.map(([group, words, expected]) => ({
    id: `${group}-loss`,
    source: paper,
    statement: `${words}: L/p = ${expected}.`,
    expected,
    tolerance: lossTolerance,
    ...over(group, ({ loss }) => loss.lossPerP),
  }));
}

function splitClaims(over: Numbers): readonly Input[] {
  const rows = [
    ["clean", 0.0417, 0.0419, 0.0417, 0.0417],
    ["symmetric", 0.016, 0.0499, 0.044, 0.0129],
    ["asymmetric", 0.0282, 0.0473, 0.0432, 0.0255],
  ] as const;
  const source = splitPage;
  const tolerance = lossTolerance;
  return rows.flatMap(([group, linear, even, exactlyOne, bound]) => [
    {
      ...{ id: `${group}-linear`, source, tolerance, expected: linear },
      statement: `${capital(group)} labels: the linear part of L/p is ${linear}.`,
      ...over(group, ({ loss }) => loss.linear),
    },
    {
      ...{ id: `${group}-even`, source, tolerance, expected: even },
      statement: `${capital(group)} labels: the even part, where the nonlinearity is, is ${even}.`,
      ...over(group, ({ loss }) => loss.even),
    },
    {
      ...{ id: `${group}-even-exactly-one`, source, tolerance, expected: exactlyOne },
      statement: `${capital(group)} labels, exactly one active feature: the even part is ${exactlyOne}.`,
      ...over(group, (measured) => measured.exactlyOne.even),
    },
    {
      ...{ id: `${group}-linear-bound`, source, tolerance, expected: bound },
      statement: `${capital(group)} labels: no such network has a linear part below ${bound}.`,
      ...over(group, (measured) => measured.bound.linear),
    },
  ]);
}

const mixedKinds = ["embedding", "published-sign", "symmetric", "asymmetric"] as const;

function evenClaim(results: Results): Input {
  const better = keysOf(results, mixedKinds[0]).map((_, seed) => {
    const parts = mixedKinds.map((kind) => measurements(results, kind)[seed]!.loss);
    return parts.filter(({ even, stderr }) => even < naivePart - 3 * stderr).length;
  });
  return {
    id: "even-part-never-better",
    source: splitPage,
    statement:
      "Networks that beat naive on mixed labels and compute the nonlinearity better than naive, of four kinds: none.",
    expected: 0,
    tolerance: 0,
    values: better,
    tasks: mixedKinds.flatMap((kind) => keysOf(results, kind)),
  };
}

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

function sweepClaims(results: Results, mode: Mode): readonly Input[] {
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

function learnedClaims(over: Numbers): readonly Input[] {
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

function variantClaims(over: Numbers, mode: Mode): readonly Input[] {
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

function transplantClaims(results: Results, over: Numbers): readonly Input[] {
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

function weightClaims(over: Numbers, mode: Mode): readonly Input[] {
  const cosines = ({ alignment }: Measurement) => alignment!.labels.cosines;
  const average = (list: readonly number[]) => list.reduce((total, value) => total + value, 0) / list.length;
  const group = mode === "full" ? "long" : "symmetric";
  const seen =
    mode === "full" ? "" : " Here on σ = .033 and 10,000 steps; the full mode trains as published.";
  return [
    {
      ...{ id: "alignment-first", source: paper, expected: 0.98, tolerance: 0.02 },
      statement:
        "σ = .03, 20,000 steps: along the first 35 eigenvectors v of Σ_y, cos(v, W_out W_in v) is .98.",
      remark: `The mean over them.${seen}`,
      ...over(group, (measured) => average(cosines(measured).slice(0, 35))),
    },
    {
      ...{ id: "alignment-last", source: paper, expected: 0.15, tolerance: 0.15 },
      statement: "σ = .03, 20,000 steps: past the 60th eigenvector the cosine is at most .3.",
      remark: `The mean over the last 40.${seen}`,
      ...over(group, (measured) => average(cosines(measured).slice(60))),
    },
    {
      ...{ id: "linear-map-slope", source: paper, expected: 1.86, tolerance: 0.1 },
      statement: "σ = .03, 20,000 steps: off the diagonal, W_out W_in follows M with slope 1.86.",
      remark: `The odd part of the labels asks for 2 (docs/theory/odd-even-split.md).${seen}`,
      ...over(group, ({ linearMap }) => linearMap!.offDiagonal?.slope ?? Number.NaN),
    },
    {
      ...{ id: "input-weights-sign", source: paper, expected: 0, tolerance: 0.05 },
      statement: "W_in is almost non-negative: its negative entries hold at most .05 of its squared norm.",
      ...over("symmetric", ({ negativeShare }) => negativeShare),
    },
  ];
}

function semiNmfClaims(results: Results): readonly Input[] {
  const tasks = results.baselineKeys("semi-nmf");
  const measured = tasks.map((key) => results.baselines(key).measured);
  const shared = { source: paper, tolerance: lossTolerance, tasks };
  const remark =
    "For exactly one active feature, where the published numbers lie; at p = .01 both are higher.";
  return [
    {
      ...{ ...shared, id: "semi-nmf-loss", expected: 0.0734 },
      statement: "Semi-NMF of I + M without training (asymmetric, σ = .02): L/p = .0734.",
      remark,
      values: measured.map(({ semiNmf }) => semiNmf.exactlyOne.lossPerP),
    },
    {
      ...{ ...shared, id: "semi-nmf-published-loss", expected: 0.0807 },
      statement: "Semi-NMF of the transpose, as the published code has it: L/p = .0807.",
      remark,
      values: measured.map(({ semiNmfPublished }) => semiNmfPublished.exactlyOne.lossPerP),
    },
  ];
}

function offsetClaims(): readonly Input[] {
  const rows = [
    { p: 1, c: 0.01935, loss: 0.05309 },
    { p: 0.1, c: 0.01322, loss: 0.08127 },
  ];
  return rows.flatMap(({ p, c, loss }) => {
    const distribution = { kind: "bernoulli", p, values: "symmetric" } as const;
    const best = offset({ features: 100, neurons: 50, mixing: null, distribution });
    const shared = { source: paper, tolerance: 0.000005, isExact: true } as const;
    return [
      {
        ...{ ...shared, id: `offset-${p}`, expected: c },
        statement: `Naive with a constant leak, p = ${p}: the best leak is ${c}.`,
        values: [best.offset],
      },
      {
        ...{ ...shared, id: `offset-loss-${p}`, expected: loss },
        statement: `Naive with its best leak, p = ${p}: L/p = ${loss}.`,
        values: [best.lossPerP],
      },
    ];
  });
}

/** Features whose own output lies between two levels for an input of 1. */
export const answered =
  (low: number, high: number) =>
  ({ ownResponses }: Measurement) =>
    ownResponses.filter((response) => response >= low && response < high).length;

function familyClaims(over: Numbers, mode: Mode): readonly Input[] {
  const shared = { source: paper, expected: 50, tolerance: 5 };
  const sparse = {
    ...{ ...shared, id: "family-sparse", expected: 100 },
    statement: "Trained at p = .01 on asymmetric labels: all 100 features are answered, at .4 to .75.",
    ...over("asymmetric", answered(0.35, 0.8)),
    remark: "Features answered between .35 and .8.",
  };
  if (mode === "quick") return [sparse];
  return [
    sparse,
    {
      ...{ ...shared, id: "family-dense-computed" },
      statement: "Trained at p = 1: half of the features are answered at about 1.",
      ...over(densityGroup(1), answered(0.75, 1.5)),
      remark: "Features answered between .75 and 1.5.",
    },
    {
      ...{ ...shared, id: "family-dense-ignored" },
      statement: "Trained at p = 1: the other half is answered near 0.",
      ...over(densityGroup(1), answered(-0.25, 0.25)),
      remark: "Features answered between −.25 and .25.",
    },
  ];
}

function densityClaims(over: Numbers): readonly Input[] {
  const losses = [0.0718, 0.0725, 0.0742, 0.0757, 0.0777, 0.0796, 0.0803, 0.0792, 0.072, 0.0545];
  return densities.map((p, i) => ({
    id: `density-${p}`,
    source: paper,
    statement: `Asymmetric mixing, σ = .02, trained and evaluated at p = ${p}: L/p = ${losses[i]}.`,
    expected: losses[i]!,
    tolerance: 0.03 * losses[i]!,
    ...over(densityGroup(p), ({ loss }) => loss.lossPerP),
  }));
}

function boundClaims(results: Results, over: Numbers): readonly Input[] {
  const groups = ["clean", ...mixedKinds];
  return [
    {
      ...{ id: "clean-at-bound", source: boundPage, expected: 0.005, tolerance: 0.005 },
      statement:
        "Clean labels: the trained network is within 1 % of the least that any network of 50 neurons can have.",
      ...over("clean", ({ loss, bound }) => loss.lossPerP / bound.lossPerP - 1),
    },
    {
      ...{ id: "below-bound", source: boundPage, expected: 0, tolerance: 0 },
      statement: "Networks with a loss below the rank bound by 3 standard errors: none.",
      values: keysOf(results, "clean").map((_, seed) => {
        const all = groups.map((group) => measurements(results, group)[seed]!);
        return all.filter(({ loss, bound }) => loss.lossPerP < bound.lossPerP - 3 * loss.stderr).length;
      }),
      tasks: groups.flatMap((group) => keysOf(results, group)),
    },
  ];
}

const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
