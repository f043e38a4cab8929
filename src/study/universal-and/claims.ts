/** What is claimed of the construction and of trained networks. */
import { pairErrors } from "../../analyse/pair-errors.ts";
import { affineAndNetwork } from "../../baseline/affine-and.ts";
import { universalAndMeans } from "../../baseline/universal-and.ts";
import { binaryInputs } from "../../evaluate/binary-inputs.ts";
import { mean } from "../../numeric/statistics.ts";
import type { OpenClaim } from "../open-claim.ts";
import type { Mode, Results } from "../study.ts";
import type { ScalingRecord } from "./measures.ts";
import { large, largeGroup, scaling, small, smallNeurons } from "./plan.ts";
import {
  largeRecords,
  lessConstant,
  perNeuron,
  scalingAt,
  smallRecords,
  strictEpsilon,
  tasksOf,
  wayAt,
} from "./readings.ts";

const paper = "Hänni et al. 2024 (arXiv 2408.05451), proved in docs/theory/universal-and.md";
const derived = "derived: docs/theory/universal-and.md";

/** Every claim of the study. */
export function claimsOf(results: Results, mode: Mode): readonly OpenClaim[] {
  return [
    ...meanClaims(results),
    ...scalingClaims(results),
    ...exactClaims(results),
    ...countClaims(results, mode),
    ...wayClaims(results),
  ];
}

function meanClaims(results: Results): readonly OpenClaim[] {
  const { active, probability } = scaling;
  const theory = universalAndMeans({ probability, active });
  const records = scalingAt(results, "fixed", 1600);
  const claim = (key: "both" | "one" | "none", formula: string, words: string): OpenClaim => ({
    id: `mean-${key}`,
    source: paper,
    statement: `Mean error with ${words} feature of the pair on, s = 3, q = .25, 1600 neurons: ${formula}.`,
    expected: theory[key]!,
    // Wirings of 160,000 entries: their share of ones varies by .0011, the means by a few times that.
    tolerance: 0.01,
    values: records.map((record) => record[key]),
    tasks: tasksOf(results, "scaling"),
  });
  return [
    claim("both", "(s − 2) q", "both"),
    claim("one", "(s − 1) q", "one"),
    claim("none", "s q − 1 + (1 − q)^s", "no"),
  ].map((made) => ({ ...made, statement: made.statement.replace("both feature", "both features") }));
}

function scalingClaims(results: Results): readonly OpenClaim[] {
  const ratio = (rule: ScalingRecord["rule"], of: (record: ScalingRecord) => number) => {
    const [few, many] = [scalingAt(results, rule, 400), scalingAt(results, rule, 1600)];
    return {
      values: many.map((record, seed) => of(record) / of(few[seed]!)),
      tasks: tasksOf(results, "scaling"),
    };
  };
  // Ratios of means that vary by a percent; for the spread, readers are few enough for E[1/m] to exceed 1/E[m] by 4 %.
  const shared = { source: paper, tolerance: 0.03 } as const;
  return [
    {
      ...{ ...shared, id: "fixed-mean", expected: 1 },
      statement:
        "At q = .25 the mean error with one feature on does not fall from 400 neurons to 1600: ratio 1.",
      ...ratio("fixed", ({ one }) => one),
    },
    {
      ...{ ...shared, id: "fixed-spread", expected: 0.5 },
      statement: "At q = .25 only the spread falls, as 1/√h: from 400 neurons to 1600 by ½.",
      ...ratio("fixed", ({ spread }) => spread),
    },
    {
      ...{ ...shared, id: "shrinking-mean", expected: 0.5 },
      statement: "At q = ln n/√h the mean error falls with q: from 400 neurons to 1600 by ½.",
      ...ratio("shrinking", ({ one }) => one),
    },
  ];
}

function exactClaims(results: Results): readonly OpenClaim[] {
  const tasks = tasksOf(results, "small");
  const affine = pairErrors(affineAndNetwork(small.features), binaryInputs(small.features, 3));
  return [
    {
      ...{ id: "worst-case-formula", source: derived, expected: 0, tolerance: 1e-9, tasks },
      statement:
        "A pair's largest error is that of an input with one of its features on: the formula less enumeration of all inputs, at most, 20 features, s = 2 and 3.",
      values: smallRecords(results).map(({ formulaGap }) => formulaGap),
    },
    {
      ...{ id: "xor", source: paper, expected: 2, tolerance: 1e-9, tasks },
      statement: "XOR = x_i + x_j − 2 · AND: its largest error is twice that of AND.",
      values: smallRecords(results).map(({ xorRatio }) => xorRatio),
    },
    {
      ...{ id: "affine", source: derived, expected: 0.25, tolerance: 1e-12, isExact: true },
      statement:
        "Without any nonlinearity, ½ (x_i + x_j) − ¼ has every AND within ¼, and no affine function is nearer.",
      values: [Math.max(...affine.worst)],
    },
  ];
}

/** 1 where there are more ANDs within ε than neurons, by seed, with the numbers as the remark. */
function moreThanNeurons(perSeed: readonly number[]): Pick<OpenClaim, "values" | "remark"> {
  return {
    values: perSeed.map((count) => Number(count > 1)),
    remark: `ANDs within ε per neuron: ${mean(perSeed).toFixed(2)}.`,
  };
}

function countClaims(results: Results, mode: Mode): readonly OpenClaim[] {
  const shared = { source: paper, expected: 1, tolerance: 0 } as const;
  const widest = smallNeurons.at(-1)!;
  return [
    ...large[mode].map((sizes) => ({
      ...{ ...shared, id: `strict-${sizes.features}`, tasks: tasksOf(results, largeGroup(sizes)) },
      statement: `${sizes.features} features, ${sizes.neurons} neurons, q = ${sizes.probability}, two on, read less a constant: more ANDs than neurons are within ε = ${strictEpsilon} at every input (1: they are).`,
      ...moreThanNeurons(largeRecords(results, sizes).map((record) => perNeuron(lessConstant(record)))),
    })),
    {
      ...{ ...shared, source: "asked here", id: "strict-trained", tasks: tasksOf(results, "small") },
      statement: `Trained, 20 features, ${widest} neurons, two on: more ANDs than neurons are within ε = ${strictEpsilon} at every input (1: they are).`,
      ...moreThanNeurons(wayAt(results, "trained", widest).map((record) => perNeuron(record))),
    },
  ];
}

function wayClaims(results: Results): readonly OpenClaim[] {
  const widest = smallNeurons.at(-1)!;
  const [plain, fitted, trained] = (["random subsets", "least squares", "trained"] as const).map((way) =>
    wayAt(results, way, widest),
  );
  const largest = (worst: readonly number[]) => Math.max(...worst);
  const shared = {
    source: "asked here",
    expected: 1,
    tolerance: 0,
    tasks: tasksOf(results, "small"),
  } as const;
  return [
    {
      ...{ ...shared, id: "least-squares" },
      statement: `${widest} neurons: a least-squares read-off has a smaller mean squared error than plain means (1: it has).`,
      values: fitted!.map(({ meanSquare }, seed) => Number(meanSquare < plain![seed]!.meanSquare)),
    },
    {
      ...{ ...shared, id: "trained-worst" },
      statement: `${widest} neurons: the largest error of any AND is smaller when the neurons are trained than with random subsets and either read-off (1: it is).`,
      values: trained!.map(({ worst }, seed) =>
        Number(largest(worst) < Math.min(largest(plain![seed]!.worst), largest(fitted![seed]!.worst))),
      ),
    },
  ];
}
