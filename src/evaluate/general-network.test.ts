/** Networks and labels of every kind: evaluated against their definition, and refused where a formula is the plain net's. */
import { describe, expect, it } from "vitest";
import { everyInput, expectation } from "../../test/support/exact-inputs.ts";
import { randomNetwork } from "../../test/support/forward.ts";
import { diceOf, parametersOf, randomWeights, unfoldedShape } from "../../test/support/random-programs.ts";
import { errorsOf, forwardOf as outputsFromDefinition } from "../../test/support/unfolded-network.ts";
import { type Architecture, plainArchitecture } from "../engine/shape.ts";
import { exactlyOneLoss } from "./exactly-one.ts";
import { forwardOf } from "./function-model.ts";
import { evaluateLoss } from "./loss.ts";
import { density, type InputDistribution, inputMoments } from "./moments.ts";
import { isPlain, type Network, requirePlain, shapeOf, sizesOf } from "./network.ts";
import { linearPart } from "./odd-even-split.ts";
import { oneHotResponses } from "./one-hot-responses.ts";
import { perFeatureLoss } from "./per-feature.ts";
import { positiveErrors } from "./positive-error.ts";
import { powerLoss } from "./power-loss.ts";
import { responseHeatmap } from "./response-heatmap.ts";

const n = 4;
const biased: Architecture = {
  ...{ activation: "gelu", output: "abs", tied: false, layers: 1 },
  bias: { hidden: "learned", output: "fixed" },
};

/** A network of a shape, with random weights. */
function networkOf(
  seed: number,
  shape: Pick<Network, "architecture" | "labels" | "embedding" | "coefficients">,
) {
  const { scale: _, ...weights } = randomWeights(diceOf(seed), {
    ...shape,
    ...{ features: n, neurons: 6, batch: 1, density: 1, mixing: null },
  });
  return { ...weights, ...shape, M: shape.labels === "and" ? null : randomNetwork(seed, n, 1).M } as Network;
}

const three = { ...plainArchitecture, activation: "square", layers: 3 } as const;
const { M: E } = randomNetwork(5, n, 1);
const networks: readonly (readonly [string, Network])[] = [
  ["biases, gelu, output abs", networkOf(1, { architecture: biased })],
  ["three layers in an embedding", networkOf(2, { architecture: three, embedding: { E: E!, U: null } })],
  [
    "labels abs with coefficients",
    networkOf(3, { labels: "abs", coefficients: Float64Array.of(1, 2, -1, 0.5) }),
  ],
  ["labels of pairs", networkOf(4, { architecture: { ...biased, output: "identity" }, labels: "and" })],
];

const distributions: readonly InputDistribution[] = [
  { kind: "bernoulli", p: 0.4, values: "sign" },
  { kind: "bernoulli", p: [0.9, 0.1, 0.5, 1], values: "binary" },
  { kind: "exactly", k: 1, values: "sign" },
  { kind: "correlated", groups: [[0, 2]], p: 0.4, values: "sign" },
  { kind: "anticorrelated", groups: [[1, 0, 3]], p: 0.7, values: "binary" },
  {
    kind: "synced",
    groups: [
      [0, 1],
      [2, 3],
    ],
    p: 0.2,
    values: "sign",
  },
];

/** The exact loss per p by enumeration of inputs whose values are ±1, from the definition alone. */
function exact(network: Network, distribution: InputDistribution, exponent: number): number {
  const { outputs } = sizesOf(network);
  const unfolded = unfoldedShape(shapeOf(network, 1, 1));
  const parameters = parametersOf(network);
  const ofInput = (x: Float64Array) =>
    errorsOf(unfolded, parameters, [...x]).reduce((sum, e) => sum + Math.abs(e) ** exponent, 0);
  return expectation(everyInput(distribution, n), ofInput) / (outputs * density(distribution, n));
}

const options = { samples: 20_480, seed: 1 };

describe.each(networks)("%s", (_, network) => {
  it.each(distributions)("within four standard errors of all inputs: $kind $values", async (distribution) => {
    for (const exponent of [2, 3]) {
      const loss = await evaluateLoss(network, { ...options, distribution, exponent });
      const expected = exact(network, distribution, exponent);
      // Where every input has the same loss, rounding to float32 is all there is.
      expect(Math.abs(loss.mean - expected)).toBeLessThan(4 * loss.stderr + 1e-5 * expected);
      const hasParts = exponent === 2 && distribution.values === "sign";
      expect([loss.linear !== null, loss.even !== null]).toEqual([hasParts, hasParts]);
      if (hasParts) expect(loss.linear! + loss.even!).toBeCloseTo(loss.mean, 12);
      const outputs = await perFeatureLoss(network, { ...options, distribution, exponent });
      expect(outputs.length).toBe(sizesOf(network).outputs);
      expect(outputs.reduce((sum, value) => sum + value) / outputs.length / loss.mean).toBeCloseTo(1, 12);
    }
  });

  it("answers one input as its definition does", () => {
    const x = Float64Array.of(0.5, -0.25, 0, 1);
    const { output } = outputsFromDefinition(unfoldedShape(shapeOf(network, 1, 1)), parametersOf(network), [
      ...x,
    ]);
    forwardOf(network)(x).forEach((value, i) => {
      expect(value).toBeCloseTo(output[i]!, 12);
    });
  });

  it("answers single features so: responses and labels", () => {
    const map = responseHeatmap(network);
    const output = forwardOf(network);
    const { outputs } = sizesOf(network);
    expect(map.positive.shape).toEqual([outputs, n]);
    const expected = output(Float64Array.of(0, 0, -1, 0));
    expected.forEach((value, i) => {
      expect(map.negative.data[i * n + 2]).toBe(value);
    });
    if (outputs !== n) {
      expect(() => oneHotResponses(network)).toThrow(
        "oneHotResponses: need one output a feature, got labels and with one a pair. Use responseHeatmap or perFeatureLoss.",
      );
      return;
    }
    const { own, ownLabels, othersGreatest } = oneHotResponses(network, [-1, 0, 0.5]);
    expect(own.data[3 * 2]).toBe(expected[2]);
    expect(ownLabels.data[3 * 2]).toBe(map.negativeLabels.data[2 * n + 2]);
    const half = output(Float64Array.of(0, 0, 0.5, 0));
    expect(othersGreatest.data[3 * 2 + 2]).toBe(Math.max(half[0]!, half[1]!, half[3]!));
    expect(own.data[3 * 2 + 1]).toBe(output(new Float64Array(n))[2]);
  });
});

it("the errors of positive features, against inputs drawn", async () => {
  const network = networks[0]![1];
  for (const distribution of [distributions[0]!, distributions[2]!]) {
    const { perFeature, stderr } = positiveErrors(network, { distribution, samples: 4000 });
    const unfolded = unfoldedShape(shapeOf(network, 1, 1));
    for (let i = 0; i < n; i++) {
      const given = everyInput(distribution, n).filter(({ x }) => x[i]! > 0);
      const total = given.reduce((sum, { probability }) => sum + probability, 0);
      const expected =
        expectation(given, (x) => errorsOf(unfolded, parametersOf(network), [...x])[i]! ** 2) / total;
      expect(Math.abs(perFeature[i]! - expected)).toBeLessThan(4 * stderr[i]! + 1e-12);
    }
  }
});

describe("what is plain", () => {
  const plain = randomNetwork(9, n, 3);

  it("a tied ReLU layer without biases, and labels relu(x) + M x by name", () => {
    const tied = { ...plain, architecture: { ...plainArchitecture, tied: true }, labels: "relu" as const };
    expect(isPlain(tied)).toBe(true);
    expect(exactlyOneLoss(tied)).toEqual(exactlyOneLoss(plain));
  });

  it("the exponent of a plain network: exact for one active feature, sampled otherwise", async () => {
    const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
    const { mean, stderr, linear } = await evaluateLoss(plain, { distribution, exponent: 4 });
    expect([mean, stderr, linear]).toEqual([powerLoss(plain, 4).lossPerP, 0, null]);
    expect(await perFeatureLoss(plain, { distribution, exponent: 4 })).toEqual(powerLoss(plain, 4).perOutput);
    const signs = distributions[0]!;
    const sampled = await evaluateLoss(plain, { ...options, distribution: signs, exponent: 4 });
    expect(Math.abs(sampled.mean - exact(plain, signs, 4))).toBeLessThan(4 * sampled.stderr);
  });

  it("groups of features are sampled, parts too", async () => {
    const grouped = distributions[3]!;
    const loss = await evaluateLoss(plain, { ...options, distribution: grouped });
    expect(Math.abs(loss.mean - exact(plain, grouped, 2))).toBeLessThan(4 * loss.stderr);
    expect(loss.linear! + loss.even!).toBeCloseTo(loss.mean, 12);
  });

  const refused: readonly (readonly [string, Partial<Network>])[] = [
    ["activation gelu", { architecture: { ...plainArchitecture, activation: "gelu" } }],
    ["output relu", { architecture: { ...plainArchitecture, output: "relu" } }],
    ["biases", { architecture: { ...plainArchitecture, bias: { hidden: "none", output: "learned" } } }],
    ["3 layers", { architecture: { ...plainArchitecture, layers: 3 } }],
    ["an embedding", { embedding: { E: E!, U: null } }],
  ];
  it.each(refused)("is refused with %s", (what, part) => {
    expect(() => requirePlain("here", { ...plain, ...part }, "Do that.")).toThrow(
      `here: need the plain network W_out relu(W_in x), got one with ${what}. Do that.`,
    );
  });

  it("labels and coefficients are refused by every closed form, with what to use", () => {
    const labels = { ...plain, labels: "abs" as const };
    const refusal = "need labels relu(x) + M x, got labels abs. Use evaluateLoss";
    expect(() => exactlyOneLoss(labels)).toThrow(`exactlyOneLoss: ${refusal}, which samples.`);
    expect(() => powerLoss(labels, 4)).toThrow(`powerLoss: ${refusal} with an exponent, which samples.`);
    expect(() => linearPart(labels, distributions[0]!)).toThrow(`linearPart: ${refusal}, which samples.`);
    expect(() => exactlyOneLoss({ ...plain, coefficients: new Float64Array(n) })).toThrow(
      "got coefficients.",
    );
  });
});

it("moments of groups are refused, their density is known", () => {
  expect(() => inputMoments(distributions[4]!, n)).toThrow(
    "inputMoments: need data.kind bernoulli or exactly, got anticorrelated: groups of features have no closed form. Use evaluateLoss, which samples.",
  );
  // One of three with .7, the fourth with .7; pairs that .2 each awakens: 1 − .8².
  expect(density(distributions[4]!, n)).toBeCloseTo(1.4 / 4, 14);
  expect(density(distributions[5]!, n)).toBeCloseTo(0.36, 14);
});
