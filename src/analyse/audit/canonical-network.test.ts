import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply, randomNetwork } from "../../../test/support/forward.ts";
import { renumbered, rescaled } from "../../../test/support/rescaled.ts";
import { withDead, withSplit } from "../../../test/support/same-function.ts";
import type { Network } from "../../evaluate/network.ts";
import { matrix } from "../../numeric/matrix.ts";
import { canonicalNetwork } from "./canonical-network.ts";

const [features, neurons] = [5, 4];
const outputAt = ({ W_in, W_out }: Network, x: Float64Array) =>
  apply(
    W_out,
    apply(W_in, x).map((z) => Math.max(z, 0)),
  );
const input = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: features, maxLength: features })
  .map((values) => Float64Array.from(values));
const factors = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), {
  minLength: neurons,
  maxLength: neurons,
});

describe("canonicalNetwork", () => {
  it("computes what the network computes", () => {
    fc.assert(
      fc.property(fc.nat(), input, (seed, x) => {
        const network = randomNetwork(seed, features, neurons);
        const canonical = canonicalNetwork(network);
        expect([canonical.dead, canonical.merged]).toEqual([0, 0]);
        const expected = outputAt(network, x);
        outputAt(canonical.network, x).forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i]!, 12);
        });
      }),
    );
  });

  it("is the same for rescaled, split and dead neurons", () => {
    fc.assert(
      fc.property(fc.nat(), factors, fc.nat({ max: neurons - 1 }), (seed, c, k) => {
        const network = randomNetwork(seed, features, neurons);
        const expected = canonicalNetwork(network).network;
        const variants = [
          { variant: rescaled(network, c), dead: 0, merged: 0 },
          { variant: withSplit(network, k, 0.3, c[0]!), dead: 0, merged: 1 },
          { variant: withDead(network, k), dead: 2, merged: 0 },
        ];
        for (const { variant, dead, merged } of variants) {
          const canonical = canonicalNetwork(variant);
          expect([canonical.dead, canonical.merged]).toEqual([dead, merged]);
          for (const name of ["W_in", "W_out"] as const) {
            canonical.network[name].data.forEach((value, at) => {
              expect(value).toBeCloseTo(expected[name].data[at]!, 9);
            });
          }
        }
      }),
    );
  });

  it("keeps the order of neurons and features", () => {
    const order = { neurons: [2, 0, 3, 1], features: [4, 2, 0, 1, 3] };
    const network = { ...randomNetwork(7, features, neurons), M: null };
    const direct = canonicalNetwork(renumbered(network, order)).network;
    const after = renumbered(canonicalNetwork(network).network, order);
    direct.W_in.data.forEach((value, at) => {
      expect(value).toBeCloseTo(after.W_in.data[at]!, 12);
    });
  });

  it("scales a row of ones and zeros to ones, whatever its scale was", () => {
    const W_in = matrix(1, 4, [3, 0, 3, 3]);
    const { network } = canonicalNetwork({ W_in, W_out: matrix(4, 1, [1, 0, 0, 0]), M: null });
    expect(Array.from(network.W_in.data)).toEqual([1, 0, 1, 1].map((value) => expect.closeTo(value, 14)));
    expect(network.W_out.data[0]).toBeCloseTo(3, 14);
  });

  it("drops neurons whose columns cancel, and a mixing matrix of zeros", () => {
    const W_in = matrix(3, 2, [1, 0, 2, 0, 0, 1]);
    const W_out = matrix(2, 3, [1, -0.5, 0, 0, 0, 1]);
    const { network, dead, merged } = canonicalNetwork({ W_in, W_out, M: matrix(2, 2) });
    expect([network.W_in.shape[0], dead, merged, network.M]).toEqual([1, 1, 1, null]);
  });

  it("says where a weight is not finite, and what networks it is not for", () => {
    const network = { ...randomNetwork(1, 3, 2), M: null };
    const broken = { ...network, W_out: matrix(3, 2, [0, 0, 0, Number.NaN, 0, 0]) };
    expect(() => canonicalNetwork(broken)).toThrow(
      "W_out[1, 1]: need a finite number, got NaN. Mend the weights.",
    );
    expect(() => canonicalNetwork({ ...network, labels: "abs" })).toThrow(
      "audit: need labels relu(x) + M x, got labels abs.",
    );
    expect(() => canonicalNetwork({ ...network, W_out: matrix(2, 2) })).toThrow(
      "network: W_in is [2, 3], so W_out must be [3, 2], got [2, 2]. Transpose it?",
    );
  });
});
