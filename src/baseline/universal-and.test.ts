import { describe, expect, it } from "vitest";
import { forwardOf } from "../evaluate/function-model.ts";
import { allPairs } from "../evaluate/pairs.ts";
import { matrix } from "../numeric/matrix.ts";
import { mean } from "../numeric/statistics.ts";
import { randomSubsets, readersOfPairs, universalAndMeans, universalAndNetwork } from "./universal-and.ts";

const binary = (bits: number, length: number) => Array.from({ length }, (_, i) => (bits >> i) & 1);

/** Mean error of the pair (0, 1) over every wiring by two neurons in which one of them reads it, for one input. */
function meanOverWirings(x: readonly number[], q: number): number {
  const n = x.length;
  let [total, weight] = [0, 0];
  for (let bits = 0; bits < 2 ** (2 * n); bits++) {
    const entries = binary(bits, 2 * n);
    const wiring = matrix(2, n, entries);
    if (readersOfPairs(wiring)[0]!.length === 0) continue;
    const chance = entries.reduce((product, bit) => product * (bit === 1 ? q : 1 - q), 1);
    const readOff = forwardOf(universalAndNetwork(wiring))(Float64Array.from(x))[0]!;
    total += chance * (readOff - x[0]! * x[1]!);
    weight += chance;
  }
  return total / weight;
}

describe("the three means", () => {
  it.each([0.2, 0.5, 0.9])("sum up over every wiring, q = %d", (q) => {
    // Rounding of 256 terms.
    const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-12);
    const { both, one } = universalAndMeans({ probability: q, active: 3 });
    near(meanOverWirings([1, 1, 1, 0], q), both!);
    near(meanOverWirings([0, 1, 1, 1], q), one!);
    near(meanOverWirings([1, 0, 1, 1], q), one!);
    near(meanOverWirings([0, 0, 1, 1], q), universalAndMeans({ probability: q, active: 2 }).none);
    near(meanOverWirings([1, 1, 0, 0], q), universalAndMeans({ probability: q, active: 2 }).both!);
  });

  it("are those of the literature to second order, between Bonferroni's bounds", () => {
    for (const active of [2, 3, 5]) {
      const q = 0.05;
      const pairs = (active * (active - 1)) / 2;
      const triples = (pairs * (active - 2)) / 3;
      const { none } = universalAndMeans({ probability: q, active });
      expect(none).toBeLessThanOrEqual(pairs * q ** 2 + 1e-15);
      expect(none).toBeGreaterThanOrEqual(pairs * q ** 2 - triples * q ** 3 - 1e-15);
    }
  });

  it("have no both-on or one-on case without features for it", () => {
    expect(universalAndMeans({ probability: 0.3, active: 0 })).toEqual({ both: null, one: null, none: 0 });
    expect(universalAndMeans({ probability: 0.3, active: 1 })).toMatchObject({ both: null, one: 0 });
  });

  it("refuse what is no probability or count", () => {
    expect(() => universalAndMeans({ probability: 1.5, active: 2 })).toThrow(
      "universalAndMeans: need a probability from 0 to 1 and a whole number of active features, got 1.5 and 2. Try 0.25 and 3.",
    );
    expect(() => universalAndMeans({ probability: 0.5, active: 2.5 })).toThrow("got 0.5 and 2.5");
  });
});

describe("randomSubsets", () => {
  it("wires each feature with the probability, and keeps the first neurons when more are asked for", () => {
    const few = randomSubsets({ features: 40, neurons: 50, probability: 0.3, seed: 2 });
    const many = randomSubsets({ features: 40, neurons: 200, probability: 0.3, seed: 2 });
    expect(many.data.slice(0, few.data.length)).toEqual(few.data);
    // 8000 entries: a standard error of .005.
    expect(Math.abs(mean(many.data) - 0.3)).toBeLessThan(0.02);
    expect(randomSubsets({ features: 40, neurons: 50, probability: 0.3, seed: 3 })).not.toEqual(few);
  });

  it("refuses sizes and probabilities that cannot be", () => {
    const sizes = { features: 10, neurons: 5, probability: 0.5 };
    expect(() => randomSubsets({ ...sizes, features: 1 })).toThrow(
      "randomSubsets: need whole numbers, features from 2 and neurons from 1, got 1 and 5. Try 100 and 400.",
    );
    expect(() => randomSubsets({ ...sizes, probability: 1.2 })).toThrow(
      "randomSubsets: need a probability from 0 to 1, got 1.2. q = c ln n / √h exceeds 1 for small h; lower c.",
    );
  });
});

describe("universalAndNetwork", () => {
  it("reads the mean of the activations of the pair's readers, and 0 without one", () => {
    const wiring = matrix(3, 4, [1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1]);
    expect(readersOfPairs(wiring)).toEqual([[0, 1], [0], [], [0], [], [2]]);
    const forward = forwardOf(universalAndNetwork(wiring));
    // Neurons see 2, 1 and 1 of features 0 and 2; less one: 1, 0, 0.
    expect([...forward(Float64Array.of(1, 0, 1, 0))]).toEqual([0.5, 1, 0, 1, 0, 0]);
    expect(allPairs(4)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
  });
});
