/** Geometry and codes of weights: hand-made cases, equiangular frames, and what holds for every matrix. */
import { describe, expect, test } from "vitest";
import { equiangularFrame, equiangularNetwork, frameSizes } from "../../test/support/equiangular.ts";
import { randomNetwork } from "../../test/support/forward.ts";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { identity, matrix } from "../numeric/matrix.ts";
import { capacity } from "./capacity.ts";
import { codewords } from "./codewords.ts";
import { coherence, columnCosines } from "./coherence.ts";
import { compareReadOut } from "./read-out.ts";

describe("capacity", () => {
  test("orthogonal 1, antipodal pair 1/2, zero 0", () => {
    expect([...capacity(matrix(2, 4, [1, 0, 0, 0, 0, 3, -3, 0])).perFeature]).toEqual([1, 0.5, 0.5, 0]);
  });
  test("never more than the dimensions in all", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { total, dimensions } = capacity(randomMatrix(seed, 3, 8));
      expect(total).toBeLessThanOrEqual(dimensions + 1e-12);
    }
  });
});

describe("coherence", () => {
  test.each(frameSizes)("equiangular, n = %d, h = %d: Welch's bound", (n, h) => {
    const { coherence: measured, rootMeanSquare, welchBound } = coherence(equiangularFrame(n, h));
    expect(measured).toBeCloseTo(welchBound, 12);
    expect(rootMeanSquare).toBeCloseTo(welchBound, 12);
    expect(capacity(equiangularFrame(n, h)).total).toBeCloseTo(h, 12);
  });
  test("never below Welch's bound; zeros left out; orthogonal 0", () => {
    for (let seed = 0; seed < 30; seed++) {
      const found = coherence(randomMatrix(seed, 3, 7));
      expect(found.rootMeanSquare).toBeGreaterThan(found.welchBound);
      expect(found.coherence).toBeGreaterThan(found.rootMeanSquare);
    }
    expect(coherence(matrix(1, 2, [0, 2]))).toEqual({
      ...{ coherence: 0, pair: null, rootMeanSquare: 0, welchBound: 0, columns: 1 },
    });
    expect(coherence(identity(3))).toMatchObject({ coherence: 0, pair: [0, 1], welchBound: 0 });
  });
});

describe("columnCosines", () => {
  test("of every two columns, and the pair of the largest", () => {
    // Columns 0°, none, 90°, 135°, 60°.
    const W = matrix(2, 5, [1, 0, 0, -3, 1, 0, 0, 2, 3, Math.sqrt(3)]);
    const degrees = [90, 135, 60, 45, 30, 75];
    columnCosines(W).forEach((cosine, at) => {
      expect(cosine).toBeCloseTo(Math.abs(Math.cos((degrees[at]! * Math.PI) / 180)), 12);
    });
    expect(columnCosines(W)).toHaveLength(6);
    expect(coherence(W).pair).toEqual([2, 4]);
    expect(columnCosines(matrix(2, 3))).toHaveLength(0);
  });
  test("finds a planted pair wherever it is", () => {
    for (const [i, j] of [
      [0, 1],
      [2, 6],
      [5, 6],
    ] as const) {
      const W = randomMatrix(7, 5, 7);
      for (let k = 0; k < 5; k++) W.data[7 * k + j] = -2 * W.data[7 * k + i]!;
      expect(coherence(W).pair).toEqual([i, j]);
    }
  });
});

describe("codewords", () => {
  test("a planted code is found, with its sizes, degrees and overlaps", () => {
    const planted = [1, 1, 0, 1, 0, 1, 0, 1, 1];
    const { code, sizes, degrees, overlaps } = codewords(
      matrix(
        3,
        3,
        planted.map((bit) => (bit === 1 ? 0.9 : -0.04)),
      ),
    );
    expect([...code.data]).toEqual(planted);
    expect([[...sizes], [...degrees], [...overlaps]]).toEqual([
      [2, 2, 2],
      [2, 2, 2],
      [0, 3, 0, 0],
    ]);
  });
  test("a threshold that is no number is refused", () => {
    expect(() => codewords(identity(2), { threshold: NaN })).toThrow(
      "codewords: need a finite threshold, got NaN. Try 0.05.",
    );
  });
});

describe("the read-out", () => {
  test("a multiple of the pseudoinverse: cosine 1, R = α P, ‖sR − I‖² = n − h", () => {
    const found = compareReadOut(equiangularNetwork(6, 3, 4));
    expect(found.pseudoinverseCosine).toBeCloseTo(1, 12);
    expect(found.projectorResidual).toBeCloseTo(0, 12);
    expect(found.identityResidual).toBeCloseTo(1, 12);
  });
  test("‖sR − I‖²/(n − h) ≥ 1 for every network and every s", () => {
    for (let seed = 0; seed < 30; seed++)
      expect(compareReadOut(randomNetwork(seed, 7, 3)).identityResidual).toBeGreaterThan(1);
    expect(compareReadOut({ W_in: identity(2), W_out: matrix(2, 2), M: null })).toMatchObject({
      projectorResidual: 0,
      identityResidual: null,
    });
  });
});
