/** The rank bound beyond the plain network: other labels, biases, layers, embeddings, importance. */
import { describe, expect, it } from "vitest";
import { nameOf } from "../../test/support/distributions.ts";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { literature } from "../../test/support/problems.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { diceOf, parametersOf, randomWeights, unfoldedShape } from "../../test/support/random-programs.ts";
import { errorsOf } from "../../test/support/unfolded-network.ts";
import { type Architecture, type ProgramShape, plainArchitecture } from "../engine/shape.ts";
import { labelSecondMoment } from "../evaluate/label-moment.ts";
import { density, type InputDistribution } from "../evaluate/moments.ts";
import { matrix } from "../numeric/matrix.ts";
import { powerBound } from "./power-bound.ts";
import type { Problem } from "./problem.ts";
import { rankBound, whyNoRankBound } from "./rank-bound.ts";

const n = 4;
const distributions: readonly InputDistribution[] = [
  { kind: "exactly", k: 2, values: "sign" },
  { kind: "bernoulli", p: 0.4, values: "binary" },
];
const mixing = randomMatrix(7, n, n, 0.5);
const coefficients = Float64Array.of(1, -2, 0.5, 3);

/** W_out that is best for the activations of a random network, by gradient descent on the exact loss; the bias too. */
function trainedLoss(
  problem: Problem,
  seed: number,
  embedding: ProgramShape["embedding"],
  weigh: readonly number[],
) {
  const { neurons, distribution, labels = "relu", architecture = plainArchitecture } = problem;
  const shape: ProgramShape = {
    ...{ features: n, neurons, batch: 1, density: 1, mixing: problem.mixing, architecture, labels },
    ...(problem.coefficients === undefined ? {} : { coefficients: problem.coefficients }),
    ...(embedding === undefined ? {} : { embedding }),
  };
  const network = unfoldedShape(shape);
  const parameters = parametersOf(randomWeights(diceOf(seed), shape));
  const inputs = everyInput(distribution, n);
  const lossNow = () =>
    expectation(inputs, (x) =>
      errorsOf(network, parameters, [...x]).reduce((sum, e, i) => sum + weigh[i]! * e * e, 0),
    ) /
    (n * density(distribution, n));
  // Coordinate descent: along one weight the loss is a parabola, whose least point three values give.
  const trained = [parameters.W_out, ...(architecture.bias.output === "none" ? [] : [parameters.b_out])];
  for (let round = 0; round < 8; round++) {
    for (const tensor of trained) {
      tensor.forEach((middle, k) => {
        const at = (value: number) => {
          tensor[k] = value;
          return lossNow();
        };
        const [left, here, right] = [at(middle - 1), at(middle), at(middle + 1)];
        const curvature = left - 2 * here + right;
        tensor[k] = curvature > 1e-12 ? middle + (left - right) / (2 * curvature) : middle;
      });
    }
  }
  return lossNow();
}

const withBias: Architecture = {
  ...plainArchitecture,
  activation: "gelu",
  bias: { hidden: "learned", output: "learned" },
};
const embedding = { E: randomMatrix(8, 1, n), U: null };
const cases: readonly (readonly [string, Partial<Problem>])[] = [
  ["labels abs", { labels: "abs" }],
  ["labels square with coefficients and M", { labels: "square", coefficients, mixing }],
  ["labels identity with M", { labels: "identity", mixing }],
  ["relu with coefficients and M", { coefficients, mixing }],
  ["biases and M", { architecture: withBias, mixing }],
  [
    "two layers of one neuron each",
    { architecture: { ...withBias, bias: plainArchitecture.bias, layers: 2 } },
  ],
];

describe.each(cases)("%s", (_, part) => {
  it.each(distributions.map((one) => [nameOf(one), one] as const))(
    "no net goes below: %s",
    (_name, distribution) => {
      const problem: Problem = { features: n, neurons: 2, mixing: null, distribution, ...part };
      const bound = rankBound(problem).lossPerP;
      // Descent on W_out comes near the best read-out of random activations, which the bound is far below or just at.
      for (const seed of [1, 2]) {
        expect(trainedLoss(problem, seed, undefined, [1, 1, 1, 1])).toBeGreaterThan(bound - 1e-12);
      }
    },
  );
});

it("with an embedding of one dimension two neurons are one", () => {
  const problem: Problem = { features: n, neurons: 2, mixing, distribution: distributions[0]! };
  const narrow = rankBound({ ...problem, width: 1 });
  expect(narrow.lossPerP).toBe(rankBound({ ...problem, neurons: 1 }).lossPerP);
  expect(narrow.lossPerP).toBeGreaterThan(rankBound(problem).lossPerP);
  expect(trainedLoss(problem, 4, embedding, [1, 1, 1, 1])).toBeGreaterThan(narrow.lossPerP);
  expect(rankBound({ ...problem, width: 9 }).lossPerP).toBe(rankBound(problem).lossPerP);
});

it("with importance: the weighted loss; all importance on as many outputs as neurons leaves nothing", () => {
  const problem: Problem = { features: n, neurons: 2, mixing, distribution: distributions[0]! };
  const importance = Float64Array.of(1, 0.5, 2, 0.25);
  const weighted = rankBound(problem, { importance });
  for (const seed of [1, 2]) {
    expect(trainedLoss(problem, seed, undefined, [...importance])).toBeGreaterThan(weighted.lossPerP);
  }
  expect([weighted.linear, weighted.even]).toEqual([null, null]);
  expect(rankBound(problem, { importance: Float64Array.of(3, 1, 0, 0) }).lossPerP).toBeCloseTo(0, 14);
  const same = rankBound(problem, { importance: new Float64Array(n).fill(2) });
  expect(same.lossPerP).toBeCloseTo(2 * rankBound(problem).lossPerP, 13);
  expect(() => rankBound(problem, { importance: Float64Array.of(1, -1, 0, 0) })).toThrow(
    "rankBound: need 4 importances ≥ 0, one an output, got 4. Correct the list.",
  );
});

describe("an output bias", () => {
  const architecture: Architecture = { ...plainArchitecture, bias: { hidden: "none", output: "learned" } };

  // docs/theory/rank-bound.md: Cov(y) = p (1/6 − p/16) I, attained by naive with bias p/4 on the ignored outputs.
  it.each([0.01, 0.3, 1])(
    "clean labels at p = %d: (n − h)/n (1/6 − p/16), which naive with bias p/4 attains",
    (p) => {
      const bound = rankBound({ ...literature(p), architecture });
      expect(bound.lossPerP).toBeCloseTo(0.5 * (1 / 6 - p / 16), 13);
      expect([bound.linear, bound.even]).toEqual([null, null]);
      const ignored = p / 6 - (p / 4) ** 2;
      expect(bound.lossPerP).toBeCloseTo((0.5 * ignored) / p, 13);
    },
  );

  it("lets a net that only knows the mean be as good as the bound with no neuron", () => {
    const distribution = { kind: "bernoulli", p: 0.5, values: "binary" } as const;
    const moment = labelSecondMoment(null, distribution, n, { centred: true });
    // Independent coins: variance 1/4, no covariance.
    expect(moment.data).toEqual(
      matrix(
        n,
        n,
        moment.data.map((_, i) => (i % (n + 1) === 0 ? 1 / 4 : 0)),
      ).data,
    );
  });

  it("counts as one neuron more in the bound of L^q", () => {
    const problem = literature(0.02);
    const biased = powerBound({ ...problem, architecture }, { exponent: 4 });
    expect(biased).toEqual(powerBound(problem, { exponent: 4, outputBias: true }));
    expect(biased.lossPerP).toBeLessThan(powerBound(problem, { exponent: 4 }).lossPerP);
  });
});

describe("what has no bound", () => {
  const problem = literature(0.1);
  it.each([
    [
      { architecture: { ...plainArchitecture, output: "relu" as const } },
      "need model.output identity, got relu: its outputs are confined to no h dimensions. Set model.output=identity for a bound.",
    ],
    [
      { labels: "xor" as const },
      "need labels of single features, got xor, of pairs. Use sampledRankBound, which samples them.",
    ],
    [
      { distribution: { kind: "synced", groups: [[0, 1]], p: 0.1, values: "sign" } as const },
      "need data.kind bernoulli or exactly, got synced: groups of features have no closed form. Use --p or --exactly, or data of another kind.",
    ],
  ])("%o", (part, why) => {
    expect(whyNoRankBound({ ...problem, ...part })).toBe(why);
    expect(() => rankBound({ ...problem, ...part })).toThrow(`rankBound: ${why}`);
  });

  it("powers: other labels, output functions, groups", () => {
    const bound = (part: Partial<Problem>) => () => powerBound({ ...problem, ...part }, { exponent: 4 });
    expect(bound({ labels: "abs" })).toThrow(
      "powerBound: need labels relu(x), got abs. Set labels.function=relu.",
    );
    expect(bound({ coefficients })).toThrow("powerBound: need labels relu(x), got coefficients.");
    expect(bound({ architecture: { ...plainArchitecture, output: "abs" } })).toThrow(
      "powerBound: need model.output identity, got abs",
    );
    expect(bound({ distribution: { kind: "correlated", groups: [], p: 0.1, values: "sign" } })).toThrow(
      "powerBound: need data.kind bernoulli or exactly, got correlated",
    );
  });
});
