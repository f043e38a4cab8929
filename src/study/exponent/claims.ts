/** The published numbers by the short recipe, and what is proved of every exponent. Everything at p = .02 unless said. */
import { powerBound } from "../../baseline/power-bound.ts";
import type { Problem } from "../../baseline/problem.ts";
import type { Claim } from "../claim.ts";
import { keysOf, measurements } from "../evidence.ts";
import { meanTolerance, shortRemark, variationTolerance } from "../l4/claims.ts";
import { density, powerGroup, published } from "../l4/plan.ts";
import { isBelowBound, isCode, powerAt } from "../l4/readings.ts";
import type { Measurement } from "../measure.ts";
import { judgeAll, type Numbers, numbersOver, type OpenClaim } from "../open-claim.ts";
import type { Mode, Results } from "../study.ts";
import { embeddedExponents, embeddedGroup, exponents } from "./plan.ts";

const paper = "da Silva & Heimersheim 2026 (arXiv 2607.04800)";
const certificates = "derived: docs/theory/lq-certificates.md";
const folding = "derived: docs/theory/folding.md";

/** Every claim of the study, judged. */
export function claimsOf(results: Results, mode: Mode): readonly Claim[] {
  const over = numbersOver(results);
  const claims = [
    ...tableClaims(over),
    ...exponents.map((q) => rewardClaim(over, q)),
    ...shareClaims(),
    ...proofClaims(results),
    ...embeddedExponents[mode].flatMap((q) => embeddedClaims(results, over, q)),
  ];
  return judgeAll(claims, results, "exponent");
}

function tableClaims(over: Numbers): readonly OpenClaim[] {
  return published.flatMap(({ q, mean, variation }): OpenClaim[] => [
    {
      ...{ id: `short-mean-${q}`, source: paper, expected: mean, tolerance: meanTolerance(mean) },
      statement: `Exponent ${q}: a feature's squared error while it is positive is ${mean}, mean over features.`,
      ...shortRemark,
      ...over(powerGroup(q), ({ positive }) => positive!.mean),
    },
    {
      ...{ id: `short-variation-${q}`, source: paper },
      ...{ expected: variation, tolerance: variationTolerance(q) },
      statement: `Exponent ${q}: the CV of that error over features is ${variation}.`,
      ...shortRemark,
      ...over(powerGroup(q), ({ positive }) => positive!.variation),
    },
  ]);
}

/** Whether training at an exponent ends in a code. */
function rewardClaim(over: Numbers, q: number): OpenClaim {
  const expected = q > 2 ? 1 : 0;
  return {
    ...{ id: `code-${q}`, source: q > 2 ? paper : certificates, expected, tolerance: 0 },
    statement:
      q > 2
        ? `Exponent ${q}: trained networks are superposed codes (1: coherence below .5, CV below .15, loss below naive).`
        : `Exponent ${q}: no trained network is a superposed code (0).`,
    ...over(powerGroup(q), (measured) => Number(isCode(measured, density))),
  };
}

/** The least loss of any network for exactly one active feature, as a share of naive's. */
export function leastShare(q: number): number {
  const problem: Problem = {
    ...{ features: 100, neurons: 50, mixing: null },
    distribution: { kind: "exactly", k: 1, values: "symmetric" },
  };
  const naive = 1 / 2 / (2 * (q + 1));
  return powerBound(problem, { exponent: q }).exactlyOne.lossPerP / naive;
}

function shareClaims(): readonly OpenClaim[] {
  const shared = { source: certificates, isExact: true } as const;
  return [
    {
      ...{ ...shared, id: "least-share-2", expected: 1, tolerance: 1e-9 },
      statement: "Exponent 2: no network has less than naive's loss for one active feature.",
      values: [leastShare(2)],
    },
    {
      ...{ ...shared, id: "least-share-1", expected: 1, tolerance: 1e-9 },
      statement: "Exponent 1: nor there.",
      values: [leastShare(1)],
    },
    {
      // Half a unit of the last digit stated; found too narrow at .00001 when the closed form was first evaluated.
      ...{ ...shared, id: "least-share-4", expected: 0.0112, tolerance: 0.00005 },
      statement: "Exponent 4: what is proved leaves room down to .0112 of naive's loss.",
      values: [leastShare(4)],
    },
  ];
}

/** For one active feature the loss is exact, and so is the comparison. */
const isBelowNaiveOnce = ({ power }: Measurement, q: number): boolean =>
  power!.exactlyOne < (1 - 1e-9) / (4 * (q + 1));

function proofClaims(results: Results): readonly OpenClaim[] {
  const counted = (chosen: readonly number[], holds: (measured: Measurement, q: number) => boolean) => {
    const groups = chosen.map((q) => ({ q, trained: measurements(results, powerGroup(q)) }));
    return {
      values: groups[0]!.trained.map(
        (_, seed) => groups.filter(({ q, trained }) => holds(trained[seed]!, q)).length,
      ),
      tasks: chosen.flatMap((q) => keysOf(results, powerGroup(q))),
    };
  };
  const shared = { source: certificates, expected: 0, tolerance: 0 };
  return [
    {
      ...{ ...shared, id: "below-naive" },
      statement: "Networks of exponents 1 and 2 below naive for exactly one active feature: none.",
      ...counted(
        exponents.filter((q) => q <= 2),
        isBelowNaiveOnce,
      ),
    },
    {
      ...{ ...shared, id: "above-naive" },
      statement: "Networks of exponents above 2 that are not below naive: none.",
      ...counted(
        exponents.filter((q) => q > 2),
        (measured, q) => !isBelowNaiveOnce(measured, q),
      ),
    },
    {
      ...{ ...shared, id: "below-bound" },
      statement: "Networks of any exponent below their certificate by 3 standard errors: none.",
      ...counted(exponents, (measured) => isBelowBound(measured, density)),
    },
  ];
}

/** Folded, an embedded network is a network of the same kind, so the least losses are the same. */
function embeddedClaims(results: Results, over: Numbers, q: number): readonly OpenClaim[] {
  const aligned = measurements(results, powerGroup(q));
  const embedded = measurements(results, embeddedGroup(q));
  const loss = (measured: Measurement) => powerAt(measured, density).lossPerP;
  return [
    {
      ...{ id: `embedded-loss-${q}`, source: folding, expected: 1, tolerance: 0.1 },
      statement: `Exponent ${q}: embedded in 1,000 dimensions, the loss is that of axis-aligned networks (ratio 1).`,
      values: embedded.map((measured, seed) => loss(measured) / loss(aligned[seed]!)),
      tasks: [...keysOf(results, embeddedGroup(q)), ...keysOf(results, powerGroup(q))],
    },
    {
      ...{ id: `embedded-code-${q}`, source: folding, expected: q > 2 ? 1 : 0, tolerance: 0 },
      statement: `Exponent ${q}: embedded networks are ${q > 2 ? "superposed codes (1)" : "no superposed codes (0)"}, like axis-aligned ones.`,
      ...over(embeddedGroup(q), (measured) => Number(isCode(measured, density))),
    },
  ];
}
