/** Claims about weights, and about which features are answered by networks trained at different p. */
import type { Measurement } from "../measure.ts";
import type { Numbers, OpenClaim } from "../open-claim.ts";
import type { Mode } from "../study.ts";
import { paper } from "./claim-input.ts";
import { densities, densityGroup } from "./plan.ts";

export function weightClaims(over: Numbers, mode: Mode): readonly OpenClaim[] {
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

/** Features whose own output lies between two levels for an input of 1. */
const answered =
  (low: number, high: number) =>
  ({ ownResponses }: Measurement) =>
    ownResponses.filter((response) => response >= low && response < high).length;

export function familyClaims(over: Numbers, mode: Mode): readonly OpenClaim[] {
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

export function densityClaims(over: Numbers): readonly OpenClaim[] {
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
