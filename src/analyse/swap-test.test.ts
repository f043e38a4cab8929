/** The swap test on networks whose outcome is known. */
import { describe, expect, test } from "vitest";
import { randomNetwork } from "../../test/support/forward.ts";
import { naiveNetwork, superposedNetwork, unevenNetwork } from "../../test/support/superposed-code.ts";
import { responseHeatmap } from "../evaluate/response-heatmap.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { swapTest } from "./swap-test.ts";

const both = ["column", "codeword"] as const;

describe("swapTest", () => {
  test.each(both)("a superposed code: at least 99 % of pairs, %s", (exchange) => {
    for (const network of [superposedNetwork(), unevenNetwork()]) {
      const { share, pairs, exact } = swapTest(network, { exchange });
      expect(share).toBeGreaterThanOrEqual(0.99);
      expect([pairs, exact]).toEqual([4950, true]);
    }
  });

  test.each(both)("naive: only pairs of two answered features, %s", (exchange) => {
    const { share, perFeature, swaps, first, second } = swapTest(naiveNetwork(), { exchange });
    expect(share).toBe((50 * 49) / 2 / 4950);
    expect(perFeature[0]).toBe(49 / 99);
    expect(perFeature[99]).toBe(0);
    expect([...swaps]).toEqual(Array.from(first, (i, m) => (i < 50 && second[m]! < 50 ? 1 : 0)));
  });

  test("columns: the answers are those of the other feature before", () => {
    const network = randomNetwork(3, 6, 4);
    const { positive } = responseHeatmap(network);
    const { first, second, answers, others } = swapTest(network);
    first.forEach((i, m) => {
      const j = second[m]!;
      for (const [d, to] of [
        [2 * m, j],
        [2 * m + 1, i],
      ] as const) {
        const column = Array.from({ length: 6 }, (_, o) => positive.data[o * 6 + to]!);
        expect(answers[d]).toBeCloseTo(column[to]!, 12);
        expect(others[d]).toBeCloseTo(Math.max(...column.filter((_, o) => o !== to)), 12);
      }
    });
  });

  test("codewords: only weights whose bits differ are exchanged", () => {
    // Feature 0 has neurons 0 and 1, feature 1 neurons 1 and 2; the shared neuron keeps each feature's own weight.
    const W_in = matrix(3, 2, [1, -0.5, 0.8, 0.6, -0.2, 0.9]);
    const network = { W_in, W_out: matrix(2, 3, [1, 0, 0, 0, 10, 100]), M: null };
    const { answers, others } = swapTest(network, { exchange: "codeword" });
    expect(answers[0]).toBeCloseTo(10 * 0.8 + 100 * 0.9, 12);
    expect(others[0]).toBe(0);
    expect(answers[1]).toBeCloseTo(1, 12);
    expect(others[1]).toBeCloseTo(10 * 0.6, 12);
  });

  test("an answer that has become small is none", () => {
    // e_1 had .5 + 1 · .5 at output 1; e_0 with its codeword has .5 + .1 · .5 there, as the third neuron is in both.
    const W_in = matrix(3, 2, [0.9, -1, -1, 0.5, 0.1, 1]);
    const network = { W_in, W_out: matrix(2, 3, [1, 0, 0, 0, 1, 0.5]), M: null };
    const share = (leastShare: number) => swapTest(network, { exchange: "codeword", leastShare }).share;
    expect(share(0.54)).toBe(1);
    expect(share(0.56)).toBe(0);
  });

  test("many features: as many pairs as told, each once, the same for a seed", () => {
    const network = { W_in: identity(60), W_out: identity(60), M: null };
    const test = (seed: number) => swapTest(network, { mostPairs: 200, seed });
    const { pairs, exact, share, first, second } = test(1);
    expect([pairs, exact, share]).toEqual([200, false, 1]);
    expect(new Set(Array.from(first, (i, m) => 60 * i + second[m]!)).size).toBe(200);
    expect(first.every((i, m) => i < second[m]!)).toBe(true);
    expect(test(1).first).toEqual(first);
    expect(test(2).first).not.toEqual(first);
  });

  test("says what it needs", () => {
    const network = { W_in: identity(2), W_out: identity(2), M: null };
    expect(() => swapTest({ W_in: identity(1), W_out: identity(1), M: null })).toThrow(
      "swapTest: need two features at least, got 1. There is nothing to swap.",
    );
    expect(() => swapTest(network, { leastShare: 2 })).toThrow(
      "swapTest: need a leastShare from 0 to 1, got 2. Try 0.5.",
    );
    expect(() => swapTest(network, { mostPairs: 0 })).toThrow(
      "swapTest: need a whole number of pairs ≥ 1, got 0. Try 5000.",
    );
  });
});
