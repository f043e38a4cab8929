/**
 * What Elhage et al. 2022 (arXiv 2209.10652) show as a diagram, as numbers: where sharing a dimension stops being best.
 * Tolerances: .03 of a crossing read with steps of .02; "more than 1.25" reaches to where every feature is always active.
 * Where trained networks cross is no published number: 1.09 and "more than 1.25" were seen in trials for this project before
 * the tolerances were written down. The last two claims are ranges, set after trial runs too, and say only on which side of
 * the formula trained networks lie.
 */
import { sharingDensity } from "../../baseline/one-feature-too-many.ts";
import type { Claim } from "../claim.ts";
import { judgeAll, type OpenClaim } from "../open-claim.ts";
import type { Results } from "../study.ts";
import type { PlacedCell } from "./placements.ts";
import { type CrossingSearch, crossingKey, repeats, searches, study } from "./plan.ts";
import { crossings, lossesAt, shareOfBuilt } from "./readings.ts";

const derived = "derived: docs/theory/one-feature-too-many.md";
const tried = "seen in trials for this project";

/** Every claim of the study, judged. */
export function claimsOf(results: Results): readonly Claim[] {
  return judgeAll([...closedFormClaims(), ...crossingClaims(results)], results, study);
}

function closedFormClaims(): readonly OpenClaim[] {
  const exact = { source: derived, isExact: true } as const;
  const s = sharingDensity(0.3);
  return [
    {
      ...{ ...exact, id: "boundary-0.3", expected: 0.343, tolerance: 0.0005, values: [s] },
      statement: "r = .3: the hand-built networks lose the same at s* = 4r/(2 + 5r) = .343.",
    },
    {
      ...{ ...exact, id: "boundary-1", expected: 0.571, tolerance: 0.0005, values: [sharingDensity(1)] },
      statement: "r = 1: they do so at s* = 4/7 = .571.",
    },
    {
      ...{ ...exact, id: "equal-losses", expected: 0, tolerance: 1e-12 },
      statement: "At s*, r = .3: ignoring loses r(s/3 − s²/4), sharing (1 + r)s²/6; their difference is 0.",
      values: [lossesAt(2, s, 0.3)("ignore-extra") - lossesAt(2, s, 0.3)("share-extra")],
    },
  ];
}

function crossingClaims(results: Results): readonly OpenClaim[] {
  const [closely, equal, three] = searches as readonly [CrossingSearch, CrossingSearch, CrossingSearch];
  const over = (search: CrossingSearch) => ({
    tasks: keysOf(search),
    values: crossings(results, search, repeats),
  });
  return [
    {
      ...{ id: "crossing-0.3", source: tried, expected: 1.09, tolerance: 0.03 },
      statement: "n = 2, m = 1, r = .3: the best trained network shares up to 1.09 s*.",
      ...over(closely),
    },
    {
      ...{ id: "crossing-1", source: tried, expected: 1.5, tolerance: 0.25 },
      statement:
        "n = 2, m = 1, r = 1: it shares to beyond 1.25 s*; at 1.75 s* all features are always active.",
      ...over(equal),
    },
    {
      ...{ id: "crossing-three", source: tried, expected: 1.125, tolerance: 0.125 },
      statement: "n = 3, m = 2, r = .3: it shares beyond s* too, up to 1.25 s* at most.",
      ...over(three),
    },
    {
      ...{ id: "trained-below-built", source: derived, expected: 0.9, tolerance: 0.1 },
      statement:
        "n = 2, m = 1, r = .3, at s*: the best trained network loses less than both hand-built ones, .8 to 1 of it.",
      tasks: keysOf(closely),
      values: keysOf(closely).map((key) =>
        shareOfBuilt(closely, results.measured<readonly PlacedCell[]>(key)),
      ),
    },
  ];
}

const keysOf = (search: CrossingSearch): readonly string[] =>
  repeats.map((repeat) => crossingKey(search, repeat));
