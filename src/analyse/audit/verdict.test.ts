import { describe, expect, it } from "vitest";
import { agreement, wilsonInterval } from "./confidence.ts";
import { changesOf, summaryOf } from "./narrative.ts";
import { naiveVariation, type Verdict, type VerdictNumbers, verdictOf } from "./verdict.ts";

/** Naive: 50 of 100 ReLUs, clean labels, squared error. */
const naive: VerdictNumbers = {
  ...{ features: 100, neurons: 50, exponent: 2, hasMixing: false, answered: 50, computed: 50 },
  ...{ loss: 1 / 12, zero: 1 / 6, naive: 1 / 12, baseline: 1 / 12 },
  clean: { loss: 1 / 12, baseline: 1 / 12 },
  cleanOnce: { loss: 1 / 12, baseline: 1 / 12 },
  ...{ even: 1 / 24, naiveEven: 1 / 24, variation: 1, coherence: 0 },
};
/** What is published of a net trained with |ŷ − y|⁴ at p = .02 (arXiv 2607.04800), per p. */
const code: VerdictNumbers = {
  ...naive,
  ...{ exponent: 4, answered: 100, computed: 100, loss: 0.0018, zero: 0.1, naive: 0.05, baseline: 0.05 },
  clean: { loss: 0.0018, baseline: 0.05 },
  cleanOnce: { loss: 0.0007, baseline: 0.05 },
  ...{ even: 0.057, variation: 0.03, coherence: 0.24 },
};
/** What is published of a net trained on symmetric M, σ = .033 (arXiv 2606.14673), with its odd/even parts. */
const mixed: VerdictNumbers = {
  ...naive,
  ...{ hasMixing: true, answered: 100, computed: 0, loss: 0.065, zero: 0.2, naive: 0.118, baseline: 0.118 },
  clean: { loss: 0.092, baseline: 0.083 },
  cleanOnce: { loss: 0.088, baseline: 0.083 },
  ...{ even: 0.05, variation: 0.3, coherence: 0.39 },
};
const dense: VerdictNumbers = { ...naive, loss: 0.0526, baseline: 0.0531, even: 0.011 };
const random: VerdictNumbers = {
  ...naive,
  answered: 8,
  computed: 0,
  loss: 0.89,
  variation: 0.3,
  coherence: 0.5,
};

describe("verdictOf", () => {
  it.each<[string, VerdictNumbers, Verdict]>([
    ["naive", naive, "dedicated neurons"],
    [
      "naive under mixed labels",
      { ...naive, hasMixing: true, loss: 0.119, naive: 0.119 },
      "dedicated neurons",
    ],
    [
      "naive with few neurons",
      { ...naive, neurons: 5, answered: 5, computed: 5, loss: 0.158, naive: 0.158, variation: 0.23 },
      "dedicated neurons",
    ],
    ["a code", code, "superposed code (CiS)"],
    ["the same code under mixed labels", { ...code, hasMixing: true }, "superposed code (CiS)"],
    ["a code, coherent in few neurons", { ...code, coherence: 0.6 }, "superposed code (CiS)"],
    ["coherent features, few of them computed", { ...code, coherence: 0.5, computed: 59 }, "inconclusive"],
    ["a code of unequal features", { ...code, variation: 0.7 }, "superposed code (CiS)"],
    ["unequal features, few of them computed", { ...code, variation: 0.15, computed: 59 }, "inconclusive"],
    ["features alike, none of them computed", { ...code, computed: 0 }, "superposed code (CiS)"],
    ["below only when several are active", { ...code, cleanOnce: naive.cleanOnce }, "inconclusive"],
    [
      "the code asked for squared error",
      { ...naive, answered: 100, loss: 0.12, variation: 0.03 },
      "inconclusive",
    ],
    ["mixed", mixed, "explained by label mixing"],
    ["mixed, but the nonlinear part better too", { ...mixed, even: 0.03 }, "inconclusive"],
    ["dense", dense, "dense"],
    ["random weights", random, "inconclusive"],
    [
      "nothing",
      { ...naive, answered: 0, computed: 0, neurons: 0, loss: 1 / 6, variation: 0 },
      "inconclusive",
    ],
    [
      "x/2",
      { ...naive, answered: 0, computed: 0, neurons: 200, loss: 1 / 12, naive: 0, baseline: 0 },
      "inconclusive",
    ],
  ])("%s", (_, numbers, verdict) => {
    expect(verdictOf(numbers)).toBe(verdict);
  });

  it("dedicated neurons vary as the naive network's features do", () => {
    expect(naiveVariation({ features: 100, neurons: 50 })).toBe(1);
    expect(naiveVariation({ features: 100, neurons: 20 })).toBe(0.5);
    expect(naiveVariation({ features: 4, neurons: 4 })).toBe(0);
  });
});

describe("the words", () => {
  it.each([
    naive,
    code,
    mixed,
    dense,
    random,
    { ...random, neurons: 0 },
    { ...code, coherence: 0.9, computed: 0 },
  ])("say why, in whole sentences without holes", (numbers) => {
    const verdict = verdictOf(numbers);
    const sentences = [summaryOf(verdict, numbers), ...changesOf(verdict, numbers, null)];
    expect(sentences.length).toBeGreaterThan(1);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z].*[.?]$/s);
      expect(sentence).not.toMatch(/undefined|NaN|null/);
    }
  });

  it("name the exponent at which the same weights are judged otherwise", () => {
    const other = { exponent: 4, verdict: "superposed code (CiS)" } as const;
    expect(changesOf("inconclusive", random, other)[0]).toBe(
      "Asked with loss.exponent=4, the same weights are judged “superposed code (CiS)”. Say which loss they were trained for.",
    );
  });
});

describe("agreement", () => {
  it("gives the commonest verdict, its share and the others", () => {
    const { verdict, confidence } = agreement(["dense", "inconclusive", "dense", "dense"]);
    expect(verdict).toBe("dense");
    expect(confidence).toMatchObject({ share: 0.75, resamplings: 4 });
    expect(confidence.counts).toEqual([
      { verdict: "dense", count: 3 },
      { verdict: "inconclusive", count: 1 },
    ]);
  });

  it.each([
    // Wilson 1927 by the formula, in Python.
    [20, 20, 0.8388748, 1],
    [15, 20, 0.5312991, 0.8881383],
    [0, 10, 0, 0.2775328],
  ])("%d of %d: Wilson's interval", (count, total, low, high) => {
    const interval = wilsonInterval(count, total);
    expect(interval.low).toBeCloseTo(low, 5);
    expect(interval.high).toBeCloseTo(high, 5);
  });
});
