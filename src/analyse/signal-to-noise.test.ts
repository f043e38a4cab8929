import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorOf, randomNetwork } from "../../test/support/forward.ts";
import { renumbered, rescaled } from "../../test/support/rescaled.ts";
import { naiveWeights } from "../baseline/naive.ts";
import { plainArchitecture } from "../engine/shape.ts";
import type { Network } from "../evaluate/network.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { signalToNoise } from "./signal-to-noise.ts";

const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
const naive = { ...naiveWeights({ features: 5, neurons: 3, mixing: null, distribution }), M: null };

const rms = (xs: readonly number[]) => Math.sqrt(xs.reduce((total, x) => total + x * x, 0) / xs.length);
/** x with given entries, zero elsewhere. */
const inputOf = (features: number, entries: readonly (readonly [number, number])[]) => {
  const x = new Float64Array(features);
  for (const [i, value] of entries) x[i] = value;
  return x;
};

/** The noise of feature i by its definition, one input after the other. */
function noiseOf(network: Network, active: 1 | 2, i: number, sign: 1 | -1): number {
  const features = network.W_in.shape[1];
  const alone = errorOf(network, inputOf(features, [[i, sign]]));
  const others = [...Array(features).keys()].filter((j) => j !== i);
  if (active === 1) return rms(others.map((j) => alone[j]!));
  const changes = others.flatMap((j) =>
    [1, -1].map((t) => {
      const both = inputOf(features, [
        [i, sign],
        [j, t],
      ]);
      return errorOf(network, both)[i]! - alone[i]!;
    }),
  );
  return rms(changes);
}

describe("signalToNoise", () => {
  it.each([1, 2] as const)("naive, %d active: signal 1 or none, and no noise", (active) => {
    const { positive, negative, ratio, exact } = signalToNoise(naive, { active });
    expect([...positive.signal]).toEqual([1, 1, 1, 0, 0]);
    expect([...positive.label]).toEqual([1, 1, 1, 1, 1]);
    expect([...negative.signal, ...negative.label]).toEqual(Array(10).fill(0));
    expect([...positive.noise, ...negative.noise]).toEqual(Array(10).fill(0));
    expect([positive.meanSignal, ratio, exact]).toEqual([0.6, null, true]);
  });

  it.each([1, 2] as const)("zero, %d active: nothing", (active) => {
    const { positive } = signalToNoise({ W_in: matrix(2, 3), W_out: matrix(3, 2), M: null }, { active });
    expect([positive.meanSignal, positive.meanNoise]).toEqual([0, 0]);
  });

  it("one neuron for two features: noise as large as the signal", () => {
    const shared = { W_in: matrix(1, 2, [1, 1]), W_out: matrix(2, 1, [1, 1]), M: null };
    for (const active of [1, 2] as const) {
      const { positive, negative, ratio } = signalToNoise(shared, { active });
      expect([...positive.signal, ...positive.noise]).toEqual([1, 1, 1, 1]);
      expect(negative.meanNoise).toBe(0);
      expect(ratio).toBe(1);
    }
  });

  it("a mixing matrix: errors are against its labels, and its own entries are noise where nothing answers them", () => {
    const M = matrix(2, 2, [0.1, 0.3, -0.4, 0]);
    const mixed = { W_in: identity(2), W_out: identity(2), M };
    const { positive, negative } = signalToNoise(mixed, { active: 1 });
    expect([...positive.noise]).toEqual([0.4, 0.3]);
    expect([...positive.label, ...negative.label]).toEqual([1.1, 1, -0.1, 0]);
    expect([...positive.signal]).toEqual([1, 1]);
    const two = signalToNoise(mixed, { active: 2 });
    expect([...two.positive.noise]).toEqual([0.3, 0.4]);
    expect(signalToNoise({ ...mixed, M: null }, { active: 1 }).positive.meanNoise).toBe(0);
  });

  it("agrees with the definition on random nets with M", () => {
    for (const seed of [1, 2, 3]) {
      const net = randomNetwork(seed, 6, 4);
      for (const active of [1, 2] as const) {
        const { positive, negative } = signalToNoise(net, { active });
        for (let i = 0; i < 6; i++) {
          expect(positive.noise[i]).toBeCloseTo(noiseOf(net, active, i, 1), 12);
          expect(negative.noise[i]).toBeCloseTo(noiseOf(net, active, i, -1), 12);
        }
      }
    }
  });

  it("is the same for a rescaled neuron, and follows features that are numbered anew", () => {
    const factors = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(fc.nat(), factors, order, fc.constantFrom(1, 2), (seed, c, features, active) => {
        const net = { ...randomNetwork(seed, 6, 4), M: null };
        const { positive } = signalToNoise(net, { active });
        const changed = renumbered(rescaled(net, c), { neurons: [2, 0, 3, 1], features });
        const moved = signalToNoise(changed, { active }).positive;
        features.forEach((old, i) => {
          expect(moved.signal[i]).toBeCloseTo(positive.signal[old]!, 12);
          expect(moved.noise[i]).toBeCloseTo(positive.noise[old]!, 12);
        });
      }),
    );
  });

  it("draws second features where there are many, and says so", () => {
    const net = randomNetwork(5, 60, 20);
    const all = signalToNoise(net, { active: 2 });
    const some = signalToNoise(net, { active: 2, seconds: 40, seed: 3 });
    expect([all.seconds, all.exact, some.seconds, some.exact]).toEqual([59, true, 40, false]);
    // 60 × 40 × 2 draws of a roughly normal change: a standard error of 1.5 %.
    expect(some.positive.meanNoise / all.positive.meanNoise).toBeCloseTo(1, 1);
    expect(signalToNoise(net, { active: 2, seconds: 40, seed: 3 })).toEqual(some);
    expect(signalToNoise(net, { active: 2, seconds: 40, seed: 4 })).not.toEqual(some);
  });

  it.each([1, 2] as const)(
    "%d active: forward passes give what the plain network's products give",
    (active) => {
      const network = randomNetwork(11, 6, 4);
      const plain = signalToNoise(network, { active });
      const labels = (x: Float64Array) => x.map((value) => Math.max(value, 0));
      const byForward = signalToNoise({ ...network, labels }, { active });
      for (const sign of ["positive", "negative"] as const) {
        for (const list of ["signal", "label", "noise"] as const) {
          // Sums of a few terms in another order.
          byForward[sign][list].forEach((value, i) => {
            expect(value).toBeCloseTo(plain[sign][list][i]!, 12);
          });
        }
      }
    },
  );

  it("two layers: a second feature speaks through the first layer", () => {
    // a₁ = relu(x₁), a₂ = relu(x₂ − a₁), ŷ = (0, a₂ − a₁).
    const layered: Network = {
      W_in: matrix(2, 2, [1, 0, 0, 1]),
      W_out: matrix(2, 2, [0, 0, -1, 1]),
      M: null,
      architecture: { ...plainArchitecture, layers: 2 },
    };
    const { positive } = signalToNoise(layered, { active: 2 });
    // ŷ₂ = a₂ − a₁ is 1 alone; with x₁ = 1 it is −1, with x₁ = −1 it stays: changes −2 and 0.
    expect([...positive.signal]).toEqual([0, 0]);
    expect([...positive.noise]).toEqual([0, Math.sqrt(2)]);
  });

  it("a single feature has no noise", () => {
    const single = { W_in: identity(1), W_out: identity(1), M: null };
    for (const active of [1, 2] as const) {
      const { positive } = signalToNoise(single, { active });
      expect([...positive.signal, ...positive.noise]).toEqual([1, 0]);
    }
  });

  it("says what it needs", () => {
    expect(() => signalToNoise(naive, { active: 3 as 2 })).toThrow(
      "signalToNoise: need 1 or 2 active features, got 3. Choose one of them.",
    );
    expect(() => signalToNoise(naive, { active: 2, seconds: 0 })).toThrow(
      "signalToNoise: need a whole number of seconds from 1, got 0. Try 1000.",
    );
    expect(() => signalToNoise({ ...naive, labels: "and", W_out: matrix(10, 3) }, { active: 1 })).toThrow(
      "signalToNoise: need one output a feature, got labels and with one a pair.",
    );
  });
});
