/** Claims about losses at p = .01, their two parts, their bounds, and what untrained solutions reach. */
import { offset } from "../../baseline/offset.ts";
import { keysOf, measurements } from "../evidence.ts";
import type { Numbers, OpenClaim } from "../open-claim.ts";
import type { Results } from "../study.ts";
import { boundPage, capital, lossTolerance, mixedKinds, naivePart, paper, splitPage } from "./claim-input.ts";

export function lossClaims(over: Numbers): readonly OpenClaim[] {
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

export function splitClaims(over: Numbers): readonly OpenClaim[] {
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

export function evenClaim(results: Results): OpenClaim {
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

export function boundClaims(results: Results, over: Numbers): readonly OpenClaim[] {
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

export function semiNmfClaims(results: Results): readonly OpenClaim[] {
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

export function offsetClaims(): readonly OpenClaim[] {
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
