import { describe, expect, it } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { linearMapBins } from "./linear-map-bins.ts";

const M = matrix(3, 3, [9, -1, 0, 0.4, 8, 1, 0.9, -0.2, 7]);
const map = matrix(3, 3, [5, -2, 0, 0.8, 6, 2, 1.8, -0.4, 4]);
const network = { W_in: map, W_out: identity(3), M };

describe("linearMapBins", () => {
  it("counts entries off the diagonal where they belong, the greatest in the last bin", () => {
    const { mixing, map, counts } = linearMapBins(network, { bins: 4 })!;
    expect(mixing).toEqual({ low: -1, high: 1, count: 4 });
    expect(map).toEqual({ low: -2, high: 2, count: 4 });
    // (−1, −2) · (−.2, −.4) · (0, 0), (.4, .8) · (.9, 1.8), (1, 2): all on the line of slope 2.
    expect(Array.from(counts)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2]);
  });

  it("has rows along the map and columns along the mixing", () => {
    const flipped = { ...network, W_in: matrix(3, 3, [0, -2, -2, -2, 0, 2, -2, -2, 0]) };
    const { counts } = linearMapBins(flipped, { bins: 2 })!;
    expect(Array.from(counts)).toEqual([2, 3, 0, 1]);
  });

  it("keeps the diagonal as it is", () => {
    const { diagonal } = linearMapBins(network)!;
    expect(Array.from(diagonal.mixing)).toEqual([9, 8, 7]);
    expect(Array.from(diagonal.map)).toEqual([5, 6, 4]);
  });

  it("counts every entry once", () => {
    const random = {
      W_in: randomMatrix(1, 10, 20),
      W_out: randomMatrix(2, 20, 10),
      M: randomMatrix(3, 20, 20),
    };
    expect(linearMapBins(random)!.counts.reduce((total, count) => total + count)).toBe(20 * 19);
  });

  it("has nothing to compare on clean labels or a constant M; a dead net fills one row", () => {
    expect(linearMapBins({ ...network, M: null })).toBeNull();
    expect(linearMapBins({ ...network, M: identity(3) })).toBeNull();
    const dead = linearMapBins({ ...network, W_in: matrix(3, 3) }, { bins: 2 })!;
    expect(Array.from(dead.counts)).toEqual([2, 4, 0, 0]);
  });

  it("says what it needs", () => {
    expect(() => linearMapBins(network, { bins: 0 })).toThrow(
      "linearMapBins: need a whole number of bins ≥ 1, got 0. Try 60.",
    );
  });
});
