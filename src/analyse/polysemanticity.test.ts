import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../test/support/forward.ts";
import { renumbered, rescaled } from "../../test/support/rescaled.ts";
import { naiveWeights } from "../baseline/naive.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { type Polysemanticity, polysemanticity } from "./polysemanticity.ts";

const [features, neurons] = [7, 4];
const counts = ({ byWeight, byContribution }: Polysemanticity) =>
  [byWeight, byContribution].map(({ featuresPerNeuron, neuronsPerFeature }) => [
    [...featuresPerNeuron],
    [...neuronsPerFeature],
  ]);

describe("polysemanticity", () => {
  it("naive: every neuron has one feature, the others have no neuron", () => {
    const distribution = { kind: "exactly", k: 1, values: "symmetric" } as const;
    const weights = naiveWeights({ features: 5, neurons: 3, mixing: null, distribution });
    const one = [
      [1, 1, 1],
      [1, 1, 1, 0, 0],
    ];
    expect(counts(polysemanticity({ ...weights, M: null }))).toEqual([one, one]);
  });

  it("identity: one each; zero: none at all", () => {
    const own = [
      [1, 1, 1],
      [1, 1, 1],
    ];
    const nothing = [
      [0, 0],
      [0, 0, 0],
    ];
    expect(counts(polysemanticity({ W_in: identity(3), W_out: identity(3), M: null }))).toEqual([own, own]);
    const zero = { W_in: matrix(2, 3), W_out: matrix(3, 2), M: null };
    expect(counts(polysemanticity(zero))).toEqual([nothing, nothing]);
  });

  /** The first neuron reads features 0 and 1, and writes most to 0; the second reads 1 alone; feature 2 has none. */
  const network = {
    W_in: matrix(2, 3, [1, 0.5, 0, 0, -2, 0]),
    W_out: matrix(3, 2, [0.8, 5, 0.1, 0.5, 7, 7]),
    M: null,
  };

  it("counts weights in neurons, and terms .8, .05 and −1 in neurons and in features", () => {
    const tenth = polysemanticity(network);
    expect(tenth.fraction).toBe(0.1);
    const byWeight = [
      [2, 1],
      [1, 2, 0],
    ];
    expect(counts(tenth)).toEqual([
      byWeight,
      [
        [1, 1],
        [1, 1, 0],
      ],
    ]);
    expect(counts(polysemanticity(network, { fraction: 0.05 }))).toEqual([byWeight, byWeight]);
    expect([...polysemanticity(network, { fraction: 0.6 }).byWeight.featuresPerNeuron]).toEqual([1, 1]);
  });

  it("is the same for a rescaled neuron", () => {
    const factors = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), {
      minLength: neurons,
      maxLength: neurons,
    });
    fc.assert(
      fc.property(fc.nat(), factors, fc.double({ min: 0.01, max: 1, noNaN: true }), (seed, c, fraction) => {
        const net = randomNetwork(seed, features, neurons);
        const of = (it: typeof net) => counts(polysemanticity(it, { fraction }));
        expect(of(rescaled(net, c))).toEqual(of(net));
      }),
    );
  });

  it("follows neurons and features that are numbered anew", () => {
    const order = (length: number) =>
      fc.shuffledSubarray([...Array(length).keys()], { minLength: length, maxLength: length });
    fc.assert(
      fc.property(fc.nat(), order(neurons), order(features), (seed, k, i) => {
        const net = randomNetwork(seed, features, neurons);
        const moved = counts(polysemanticity(renumbered(net, { neurons: k, features: i })));
        const expected = counts(polysemanticity(net)).map(([perNeuron, perFeature]) => [
          k.map((old) => perNeuron![old]),
          i.map((old) => perFeature![old]),
        ]);
        expect(moved).toEqual(expected);
      }),
    );
  });

  it("says what it needs", () => {
    for (const fraction of [0, 1.5, Number.NaN]) {
      expect(() => polysemanticity(network, { fraction })).toThrow(
        `polysemanticity: need a fraction in (0, 1], got ${fraction}. Try 0.1.`,
      );
    }
    expect(() => polysemanticity({ ...network, W_out: matrix(2, 3) })).toThrow("W_out must be [3, 2]");
  });
});
