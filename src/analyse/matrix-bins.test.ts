import { describe, expect, it } from "vitest";
import { equiangularNetwork } from "../../test/support/equiangular.ts";
import { randomNetwork } from "../../test/support/forward.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { linearMapBins, readOutBins } from "./matrix-bins.ts";

const M = matrix(3, 3, [9, -1, 0, 0.4, 8, 1, 0.9, -0.2, 7]);
const map = matrix(3, 3, [5, -2, 0, 0.8, 6, 2, 1.8, -0.4, 4]);
const network = { W_in: map, W_out: identity(3), M };

describe("linearMapBins", () => {
  it("counts entries off the diagonal where they belong, the greatest in the last bin", () => {
    const { x, y, counts } = linearMapBins(network, { bins: 4 })!;
    expect(x).toEqual({ low: -1, high: 1, count: 4 });
    expect(y).toEqual({ low: -2, high: 2, count: 4 });
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
    expect(Array.from(diagonal.x)).toEqual([9, 8, 7]);
    expect(Array.from(diagonal.y)).toEqual([5, 6, 4]);
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

describe("readOutBins", () => {
  it("of a multiple of the pseudoinverse, all entries on one line", () => {
    const { x, y, counts, diagonal } = readOutBins(equiangularNetwork(10, 5, 4))!;
    const slope = diagonal.y[0]! / diagonal.x[0]!;
    expect(y.low).toBeCloseTo(slope * x.low, 12);
    expect(y.high).toBeCloseTo(slope * x.high, 12);
    expect(diagonal.x.reduce((total, entry) => total + entry)).toBeCloseTo(5, 12);
    // An equiangular frame's projector has entries of one size off the diagonal, and two signs.
    expect([...counts].filter((count) => count > 0)).toHaveLength(2);
    expect(counts.reduce((total, count) => total + count)).toBe(90);
  });

  it("has nothing to compare where the projector is I or 0", () => {
    expect(readOutBins({ W_in: randomMatrix(1, 4, 4), W_out: identity(4), M: null })).toBeNull();
    expect(readOutBins({ W_in: matrix(2, 4), W_out: matrix(4, 2), M: null })).toBeNull();
    expect(() => readOutBins({ ...randomNetwork(1, 4, 2), M: null }, { bins: 1.5 })).toThrow(
      "readOutBins: need a whole number of bins ≥ 1, got 1.5. Try 60.",
    );
  });
});
