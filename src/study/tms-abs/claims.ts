/**
 * What Elhage et al. 2022 (arXiv 2209.10652) show of absolute values, as numbers. "Most" is from three quarters to all;
 * an answer is exact within .01. Trial runs had been seen when that range was chosen.
 */
import { mean } from "../../numeric/statistics.ts";
import type { Claim } from "../claim.ts";
import { judgeAll, type OpenClaim } from "../open-claim.ts";
import type { Mode, Results } from "../study.ts";
import type { MotifsRecord, PairsRecord, WideRecord } from "./measures.ts";
import {
  dense,
  motifDensity,
  pairsKey,
  repeats,
  smallKey,
  sparse,
  study,
  wideDensities,
  wideKey,
} from "./plan.ts";

const paper = "Elhage et al. 2022 (arXiv 2209.10652)";
const most = { expected: 0.875, tolerance: 0.125 } as const;

/** Every claim of the study, judged. */
export function claimsOf(results: Results, mode: Mode): readonly Claim[] {
  const claims = [...pairsClaims(results), ...motifClaims(results), ...wideClaims(results, mode)];
  return judgeAll(claims, results, study);
}

function pairsClaims(results: Results): readonly OpenClaim[] {
  const tasks = repeats.map(pairsKey);
  const over = (of: (record: PairsRecord) => number) => ({
    tasks,
    values: tasks.map((key) => of(results.measured<PairsRecord>(key))),
  });
  return [
    {
      ...{ id: "pairs-exact", source: paper, expected: 0, tolerance: 0.01 },
      statement:
        "n = 3, m = 6: absolute values are learned exactly; the largest error for a feature at ±1 is 0.",
      ...over(({ worst }) => worst),
    },
    {
      ...{ id: "pairs-alone", source: paper, expected: 6, tolerance: 0 },
      statement: "n = 3, m = 6: each of the 6 neurons reads one feature alone: a pair ±x for each feature.",
      ...over(({ alone }) => alone),
    },
  ];
}

/** Motifs of all starts in one list. */
export const motifsOf = ({ pairs }: MotifsRecord) => pairs.flat();

function motifClaims(results: Results): readonly OpenClaim[] {
  const tasks = repeats.map((repeat) => smallKey(motifDensity, repeat));
  const found = tasks.map((key) => motifsOf(results.measured<MotifsRecord>(key)));
  return [
    {
      ...{ id: "motif-found", source: paper, expected: 1, tolerance: 0 },
      statement: `n = 6, m = 10, p = ${motifDensity}: some of six starts have asymmetric superposition: 1, yes.`,
      tasks,
      values: found.map((pairs) => Number(pairs.length > 0)),
    },
    {
      ...{ id: "motif-inhibition", source: paper, expected: 1, tolerance: 0.1 },
      statement: "There, other neurons inhibit the larger interference: they take away all of it, 1.",
      tasks,
      values: found
        .filter((pairs) => pairs.length > 0)
        .map((pairs) => mean(pairs.map(({ inhibition }) => inhibition))),
    },
  ];
}

/** The share of neurons whose number of features meets a condition. */
export const shareOf = ({ featuresPerNeuron }: WideRecord, meets: (count: number) => boolean): number =>
  featuresPerNeuron.filter(meets).length / featuresPerNeuron.length;

function wideClaims(results: Results, mode: Mode): readonly OpenClaim[] {
  const over = (p: number, of: (record: WideRecord) => number) => {
    const tasks = repeats.map((repeat) => wideKey(p, repeat));
    return { tasks, values: tasks.map((key) => of(results.measured<WideRecord>(key))) };
  };
  const all = wideDensities[mode].map((p) => over(p, (record) => Number(record.sides > 100 + 40)));
  return [
    {
      ...{ ...most, id: "dense-monosemantic", source: paper },
      statement: "n = 100, m = 40, every feature always active: most neurons serve one feature.",
      ...over(dense, (record) => shareOf(record, (count) => count === 1)),
    },
    {
      ...{ ...most, id: "sparse-polysemantic", source: paper },
      statement: `n = 100, m = 40, p = ${sparse}: most neurons serve two features or more.`,
      ...over(sparse, (record) => shareOf(record, (count) => count > 1)),
    },
    {
      ...{
        id: "strict",
        source: "derived, by the definition of Hänni et al. 2024 (arXiv 2408.05451)",
        expected: 0,
        tolerance: 0,
      },
      statement:
        "Networks that answer more sides of features, each a ReLU, than they have ReLUs, 40 hidden and 100 outputs: none.",
      tasks: all.flatMap(({ tasks }) => tasks),
      values: repeats.map((repeat) => all.reduce((sum, { values }) => sum + values[repeat]!, 0)),
    },
  ];
}
