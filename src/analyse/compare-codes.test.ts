/** A network beside three scalars on codes, where the answers are known. */
import { describe, expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { superposedNetwork } from "../../test/support/superposed-code.ts";
import { naive } from "../baseline/naive.ts";
import { powerLoss } from "../evaluate/power-loss.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { compareCodes } from "./compare-codes.ts";

const once = { kind: "exactly", k: 1, values: "symmetric" } as const;

describe("compareCodes", () => {
  test("a network of three scalars is found again, and codes rank by their overlaps", () => {
    const network = superposedNetwork();
    const { rows, size, exponent } = compareCodes(network, { inputs: 2000, sweeps: 500 });
    const [trained, own, swapped, biregular, random] = rows;
    expect([size, exponent]).toEqual([5, 4]);
    expect(rows.map(({ code }) => code)).toEqual(["trained", "own", "swapped", "biregular", "random"]);
    expect(trained!.ratio).toBe(1);
    expect(trained!.ratioStderr).toBe(0);
    expect(trained!.scalars.on).toBeCloseTo(0.9, 12);
    expect(trained!.scalars.off).toBeCloseTo(-0.041, 12);
    expect(trained!.scalars.scale).toBeCloseTo(1.77, 12);
    // Fitted at 500 inputs, b and c are near the published ones, which were fitted too.
    expect(own!.ratio).toBeCloseTo(1, 1);
    expect(own!.squaredOverlaps).toBe(trained!.squaredOverlaps);
    for (const [better, worse] of [
      [swapped, biregular],
      [biregular, random],
    ] as const) {
      expect(better!.squaredOverlaps).toBeLessThan(worse!.squaredOverlaps);
      expect(better!.ratio).toBeLessThan(worse!.ratio);
    }
  });

  test("exactly one active feature: exact losses, and a ratio without error", () => {
    const problem = { features: 12, neurons: 6, mixing: null, distribution: once };
    const { network } = naive(problem);
    const { rows } = compareCodes(network, { distribution: once, size: 2, sweeps: 100 });
    expect(rows[0]!.lossPerP).toBeCloseTo(powerLoss(network, 4).lossPerP, 12);
    expect(rows.every(({ stderr, ratioStderr }) => stderr === 0 && ratioStderr === 0)).toBe(true);
    // The naive net's own code: its neurons answer their features, and nobody the others.
    expect(rows[1]!.ratio).toBeCloseTo(1, 6);
    expect(rows[2]!.ratio).toBeLessThan(0.8);
  });

  test("the ratio's error is that of the sample: ratios over seeds scatter by it", () => {
    const network = { W_in: randomMatrix(1, 4, 4), W_out: randomMatrix(2, 4, 4), M: null };
    const rows = [0, 1, 2, 3, 4, 5].map(
      (seed) => compareCodes(network, { inputs: 800, seed, sweeps: 1 }).rows[1]!,
    );
    const ratios = rows.map(({ ratio }) => ratio);
    const spread = Math.max(...ratios) - Math.min(...ratios);
    const errors = rows.map(({ ratioStderr }) => ratioStderr);
    // The range of six normal draws is 2.5 standard deviations on average, hardly ever below .5 or above 6.
    expect(spread).toBeLessThan(6 * Math.max(...errors));
    expect(spread).toBeGreaterThan(0.5 * Math.min(...errors));
  });

  test("says what it needs", () => {
    const network = { W_in: identity(3), W_out: identity(3), M: null };
    expect(() => compareCodes({ ...network, M: identity(3) })).toThrow(
      "compareCodes: need clean labels, got a mixing matrix. Set labels.mixing.kind=none.",
    );
    expect(() => compareCodes({ ...network, W_in: matrix(3, 3) })).toThrow(
      "compareCodes: need codewords, got none above the threshold 0.05 for most features. Lower it, or give a size.",
    );
  });
});
