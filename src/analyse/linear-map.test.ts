import { describe, expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, identity, type Matrix, matrix } from "../numeric/matrix.ts";
import { compareLinearMap, compareMatrices, truncate } from "./linear-map.ts";

const n = 8;
const M = randomMatrix(2, n, n, 0.1);
const hollow = { ...M, data: M.data.map((value, i) => (i % (n + 1) === 0 ? 0 : value)) };
/** A net whose linear map is A, with as many neurons as features. */
const netOf = (A: Matrix, mixing: Matrix | null) => ({ W_in: A, W_out: identity(n), M: mixing });

describe("W_out W_in against M", () => {
  test("a map made as a I + b M is found again, on and off the diagonal", () => {
    const map = combine(0.7, identity(n), 1.86, M);
    const { offDiagonal, diagonal, identityAndMixing } = compareLinearMap(netOf(map, M));
    expect(offDiagonal!.slope).toBeCloseTo(1.86, 12);
    expect(offDiagonal!.intercept).toBeCloseTo(0, 12);
    expect(offDiagonal!.r2).toBeCloseTo(1, 12);
    expect(offDiagonal!.points).toBe(n * (n - 1));
    expect(diagonal!.slope).toBeCloseTo(1.86, 10);
    expect(diagonal!.intercept).toBeCloseTo(0.7, 10);
    expect(diagonal!.points).toBe(n);
    expect(identityAndMixing.identity).toBeCloseTo(0.7, 12);
    expect(identityAndMixing.mixing).toBeCloseTo(1.86, 12);
    expect(identityAndMixing.residual).toBeCloseTo(0, 12);
  });

  test("noise lowers r² and leaves a residual", () => {
    const map = combine(1, combine(1, identity(n), 2, M), 1, randomMatrix(3, n, n, 0.1));
    const { offDiagonal, identityAndMixing } = compareLinearMap(netOf(map, M));
    expect(offDiagonal!.r2).toBeGreaterThan(0.5);
    expect(offDiagonal!.r2).toBeLessThan(0.95);
    expect(identityAndMixing.residual).toBeGreaterThan(0.005);
  });

  test("the transpose of an asymmetric M is not M", () => {
    const transposed = matrix(
      n,
      n,
      M.data.map((_, i) => M.data[(i % n) * n + Math.floor(i / n)]!),
    );
    expect(compareLinearMap(netOf(transposed, M)).offDiagonal!.r2).toBeLessThan(0.2);
  });

  test("a hollow M has no diagonal line; clean labels have neither", () => {
    expect(compareLinearMap(netOf(identity(n), hollow)).diagonal).toBeNull();
    const clean = compareLinearMap(netOf(identity(n), null));
    expect(clean).toMatchObject({ offDiagonal: null, diagonal: null });
    expect(clean.identityAndMixing).toEqual({ identity: 1, mixing: null, residual: 0 });
    expect(clean.oddTarget).toMatchObject({ residual: 0, bestScale: 1 });
  });
});

describe("against I + 2M", () => {
  test("half of it: cosine 1, scale ½, a quarter of its square left", () => {
    const half = compareLinearMap(netOf(combine(0.5, identity(n), 1, M), M)).oddTarget;
    expect(half.cosine).toBeCloseTo(1, 12);
    expect(half.bestScale).toBeCloseTo(0.5, 12);
    expect(half.residual).toBeCloseTo(0.25, 12);
  });

  test("the best map of the net's rank reaches the least residual", () => {
    const target = combine(1, identity(n), 2, M);
    const W_in = matrix(3, n, truncate(target, 3).data.slice(0, 3 * n)); // any [3, n]
    const { leastResidual } = compareLinearMap({ W_in, W_out: matrix(n, 3), M });
    const residual = compareMatrices(truncate(target, 3), target).residual;
    expect(leastResidual).toBeCloseTo(residual, 13);
    for (let seed = 0; seed < 5; seed++) {
      const net = { W_in: randomMatrix(seed, 3, n), W_out: randomMatrix(seed + 50, n, 3), M };
      expect(compareLinearMap(net).oddTarget.residual).toBeGreaterThan(leastResidual);
    }
  });

  test("a net that answers nothing: no cosine, everything left", () => {
    const nothing = compareLinearMap({ W_in: matrix(2, n), W_out: matrix(n, 2), M });
    expect(nothing.oddTarget).toEqual({ cosine: 0, bestScale: 0, residual: 1 });
    expect(nothing.identityAndMixing.residual).toBe(0);
  });
});

test("truncation keeps a matrix at full rank", () => {
  truncate(M, n).data.forEach((value, i) => {
    expect(value).toBeCloseTo(M.data[i]!, 13);
  });
});
