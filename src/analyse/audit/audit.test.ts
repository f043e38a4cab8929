/** The audit of networks whose answer is known: by construction, and from a second of training. */
import { beforeAll, describe, expect, it } from "vitest";
import { codeNetwork } from "../../../test/support/code-network.ts";
import { equiangularNetwork } from "../../../test/support/equiangular.ts";
import { literature } from "../../../test/support/problems.ts";
import { randomMatrix, uniformsOf } from "../../../test/support/random-matrix.ts";
import { rescaled } from "../../../test/support/rescaled.ts";
import { renumberedWithLabels, withDead, withSplit } from "../../../test/support/same-function.ts";
import { halfIdentity } from "../../baseline/half-identity.ts";
import { naive } from "../../baseline/naive.ts";
import { offset } from "../../baseline/offset.ts";
import { zero } from "../../baseline/zero.ts";
import type { Network } from "../../evaluate/network.ts";
import { preset } from "../../spec/presets.ts";
import { train } from "../../train/train.ts";
import { type Audit, type AuditOptions, audit } from "./audit.ts";
import { auditProblemOf } from "./audit-problem.ts";

/** Two sample sets: verdicts on networks as clear as these agree on all of twenty. */
const resamplings = 2;
const squared = { distribution: literature(0.01).distribution, exponent: 2, resamplings };
const fourth = { distribution: literature(0.02).distribution, exponent: 4, resamplings };
const often = { ...squared, distribution: literature(1).distribution };

const trained = async (...[name, ...words]: readonly [string, ...string[]]) => {
  const spec = preset(name, words);
  const { model } = await train(spec);
  return { network: model, options: { ...auditProblemOf(spec), resamplings } };
};

/** Every value of every observation. */
const valuesOf = ({ evidence }: Audit): readonly (readonly [string, number | null])[] =>
  evidence.flatMap(({ id, values }) => values.map(({ name, value }) => [`${id}: ${name}`, value] as const));

/** Cheap to audit again and again. */
const small = ["model.features=40", "model.neurons=20"] as const;
const smallProblem = { ...literature(0.025), features: 40, neurons: 20 };

const known: Record<string, { network: Network; options: AuditOptions }> = {};
beforeAll(async () => {
  known.mixed = await trained("cc-symmetric", ...small, "training.steps=3000", "data.p=0.025");
  known.dense = await trained(
    "cc-clean",
    ...small,
    "training.steps=2000",
    "training.batch=512",
    "data.p=0.5",
  );
});

describe("audit: trained networks", () => {
  it.each([
    ["cc-asymmetric", "explained by label mixing"],
    ["cc-clean", "dedicated neurons"],
  ])("%s: %s", async (name, verdict) => {
    const { network, options } = await trained(name, ...small, "training.steps=3000", "data.p=0.025");
    const found = await audit(network, options);
    expect(found).toMatchObject({ verdict, confidence: { share: 1, resamplings } });
  });

  it("cc-symmetric: the advantage is linear, goes with M, and lies where the labels are strongest", async () => {
    const { network, options } = known.mixed!;
    const { verdict, evidence } = await audit(network, options);
    expect(verdict).toBe("explained by label mixing");
    const speaking = evidence.filter(({ speaksFor }) => speaksFor === verdict).map(({ id }) => id);
    expect(speaking).toEqual(["odd-even", "mixing-removed", "alignment"]);
  });

  it("at p = .5: dense", async () => {
    const { network, options } = known.dense!;
    expect((await audit(network, options)).verdict).toBe("dense");
  });
});

describe("audit: networks made by hand", () => {
  const large = randomMatrix(5, 40, 40, 0.3);
  it.each<[string, Network, AuditOptions, string]>([
    ["naive", naive(smallProblem).network, squared, "dedicated neurons"],
    ["naive, fourth power", naive(smallProblem).network, fourth, "dedicated neurons"],
    ["naive, few neurons", naive({ ...smallProblem, neurons: 3 }).network, squared, "dedicated neurons"],
    ["naive with a leak at p = 1", offset({ ...smallProblem, ...often }).network, often, "dense"],
    ["a code, fourth power", codeNetwork(), fourth, "superposed code (CiS)"],
    ["a code, squared", codeNetwork(), squared, "inconclusive"],
    ["an equiangular tight frame", equiangularNetwork(10, 5, 4), fourth, "superposed code (CiS)"],
    ["zero", zero(smallProblem).network, squared, "inconclusive"],
    ["x/2, no nonlinearity", halfIdentity(smallProblem).network, squared, "inconclusive"],
    [
      "random weights",
      { W_in: randomMatrix(1, 20, 40, 0.5), W_out: randomMatrix(2, 40, 20, 0.4), M: null },
      squared,
      "inconclusive",
    ],
    ["naive under large M", { ...naive(smallProblem).network, M: large }, squared, "dedicated neurons"],
  ])("%s", async (_, network, options, verdict) => {
    expect((await audit(network, options)).verdict).toBe(verdict);
  });

  it("a code asked for squared error: says at which exponent it is one", async () => {
    const { whatWouldChangeIt } = await audit(codeNetwork(), squared);
    expect(whatWouldChangeIt[0]).toContain(
      "loss.exponent=4, the same weights are judged “superposed code (CiS)”",
    );
  });

  it("two features a neuron win at exponent 4 and are no code: they are parallel", async () => {
    const network = { ...naive({ ...smallProblem, features: 20 }).network };
    const paired = renumberedWithLabels(network, {
      neurons: Array.from({ length: 20 }, (_, k) => k),
      features: Array.from({ length: 40 }, (_, i) => i % 20),
    });
    const halved = { ...paired, W_out: { ...paired.W_out, data: paired.W_out.data.map((w) => w / 2) } };
    const { verdict, summary } = await audit(halved, fourth);
    expect(verdict).toBe("inconclusive");
    expect(summary).toContain("coherence 1");
  });
});

describe("audit: is not fooled by how a network is written", () => {
  const uniform = uniformsOf(11);
  const orderOf = (count: number) => {
    const keys = Array.from({ length: count }, () => uniform());
    return Array.from(keys.keys()).sort((i, j) => keys[i]! - keys[j]!);
  };
  const inOrder = (count: number) => Array.from({ length: count }, (_, i) => i);
  const respellings: readonly (readonly [string, (network: Network) => Network])[] = [
    ["neurons permuted", (net) => renumberedWithLabels(net, { neurons: orderOf(20), features: inOrder(40) })],
    [
      "neurons rescaled",
      (net) =>
        rescaled(
          net,
          Array.from({ length: 20 }, () => 100 ** (2 * uniform() - 1)),
        ),
    ],
    ["dead neurons added", (net) => withDead(withDead(net, 3), 7)],
    ["a neuron split", (net) => withSplit(net, 5, 0.4, 3)],
    [
      "every neuron split",
      (net) => inOrder(20).reduce((so, k) => withSplit(so, k, uniform(), 0.1 + uniform()), net),
    ],
  ];
  const networks: readonly (readonly [string, () => { network: Network; options: AuditOptions }])[] = [
    ["mixed labels", () => known.mixed!],
    ["dense", () => known.dense!],
    ["naive", () => ({ network: naive(smallProblem).network, options: squared })],
    ["a code", () => ({ network: codeNetwork({ features: 40, neurons: 20, size: 4 }), options: fourth })],
  ];

  describe.each(networks)("%s", (_, of) => {
    let before: Audit;
    beforeAll(async () => {
      const { network, options } = of();
      before = await audit(network, options);
    });

    it.each(respellings)("%s: every number but the counts of what was left out", async (_, respell) => {
      const { network, options } = of();
      const after = await audit(respell(network), options);
      expect([after.verdict, after.confidence]).toEqual([before.verdict, before.confidence]);
      const leftOut = /dead neurons|duplicate neurons/;
      valuesOf(before).forEach(([name, value], i) => {
        const [otherName, other] = valuesOf(after)[i]!;
        expect(otherName).toBe(name);
        if (value === null || leftOut.test(name)) return;
        // Weights are kept in float32 by some kernels: 6e-8 an entry.
        expect(Math.abs(other! - value), name).toBeLessThan(1e-4 * (1e-2 + Math.abs(value)));
      });
    });

    it("features permuted with their labels: the verdict", async () => {
      const { network, options } = of();
      const permuted = renumberedWithLabels(network, { neurons: inOrder(20), features: orderOf(40) });
      expect((await audit(permuted, options)).verdict).toBe(before.verdict);
    });
  });
});

describe("audit: what it is asked", () => {
  const { network } = naive({ ...smallProblem, features: 4, neurons: 2 });

  it("gives the same for the same seed, and tells how far it is", async () => {
    const done: number[] = [];
    const first = await audit(network, { ...squared, onProgress: (share) => done.push(share) });
    expect(await audit(network, squared)).toEqual(first);
    expect(await audit(network, { ...squared, seed: 9 })).not.toEqual(first);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBeLessThan(1);
  });

  it.each<[string, Partial<AuditOptions>, string]>([
    [
      "values",
      { distribution: { kind: "bernoulli", p: 0.1, values: "positive" } },
      "audit: need data.values symmetric or sign, got positive.",
    ],
    [
      "a list",
      { distribution: { kind: "bernoulli", p: [1, 1, 1, 1], values: "sign" } },
      "audit: need one probability for all features, got a list.",
    ],
    ["an exponent", { exponent: 0.5 }, "audit: need loss.exponent ≥ 1, got 0.5. Squared error is 2."],
    ["sample sets", { resamplings: 1 }, "audit: need a whole number of resamplings ≥ 2, got 1."],
  ])("refuses %s", async (_, options, message) => {
    await expect(audit(network, { ...squared, ...options })).rejects.toThrow(message);
  });

  it.each([
    ["model.activation=gelu", "audit: need model.activation relu, got gelu."],
    ["model.bias=learned", "audit: need model.bias.hidden none, got learned."],
    ["model.output=relu", "audit: need model.output identity, got relu."],
    ["labels.function=abs", "audit: need labels.function relu or x-plus-relu, got abs."],
    [
      "loss.importance={kind: geometric, ratio: 0.9}",
      "audit: need loss.importance.kind uniform, got geometric.",
    ],
  ])("refuses a spec with %s", (change, message) => {
    expect(() => auditProblemOf(preset("cc-clean", [change]))).toThrow(message);
  });

  it("audits other exponents, exactly k, ±1 and rare features too", async () => {
    for (const distribution of [
      { kind: "exactly", k: 1, values: "symmetric" },
      { kind: "exactly", k: 2, values: "sign" },
      { kind: "bernoulli", p: 1e-5, values: "symmetric" },
    ] as const) {
      for (const exponent of [1, 1.5, 3]) {
        const { verdict } = await audit(network, { distribution, exponent, resamplings: 2 });
        expect(verdict).toBe("dedicated neurons");
      }
    }
  });
});
