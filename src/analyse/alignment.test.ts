import { describe, expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { combine, identity, matrix, multiply, transpose } from "../numeric/matrix.ts";
import { svd } from "../numeric/svd.ts";
import { alignments, alignWithEigenvectors, alignWithSingularVectors } from "./alignment.ts";
import { truncate } from "./linear-map.ts";

const n = 7;
const M = randomMatrix(4, n, n, 0.4);
const distribution = { kind: "bernoulli", p: 0.01, values: "symmetric" } as const;

/** A net with the linear map A. */
const netOf = (A: Parameters<typeof truncate>[0]) => ({ W_in: A, W_out: identity(n), M });
const close = (values: Float64Array, wanted: number[]) => {
  wanted.forEach((value, k) => {
    expect(values[k]).toBeCloseTo(value, 10);
  });
};

describe("a net that keeps the leading directions of I + 2M", () => {
  const kept = alignments(netOf(truncate(combine(1, identity(n), 2, M), 3)), distribution).oddTarget!;

  test("cosine 1 and the full gain there, 0 past them", () => {
    close(kept.cosines.slice(0, 3), [1, 1, 1]);
    close(kept.gains, [...kept.values.slice(0, 3), 0, 0, 0, 0]);
  });
});

test("a projector on eigenvectors is aligned with them alone", () => {
  const symmetric = combine(1, M, 1, transpose(M));
  const { u, v, s } = svd(symmetric);
  const k = 2;
  const column = (a: typeof u) =>
    matrix(
      n,
      1,
      Float64Array.from({ length: n }, (_, i) => a.data[i * n + k]!),
    );
  const projector = multiply(column(v), transpose(column(v)));
  const { cosines, values } = alignWithEigenvectors(projector, symmetric);
  const at = values.findIndex((value) => Math.abs(Math.abs(value) - s[k]!) < 1e-10);
  expect(cosines[at]).toBeCloseTo(1, 10);
  expect(values.every((value, i) => i === 0 || value <= values[i - 1]!)).toBe(true);
});

test("a negative map points against every eigenvector, a rotation by 90° across it", () => {
  const rotation = matrix(2, 2, [0, -1, 1, 0]);
  close(alignWithEigenvectors(rotation, matrix(2, 2, [2, 0, 0, 1])).cosines, [0, 0]);
  const negative = combine(-3, identity(2), 0, identity(2));
  close(alignWithEigenvectors(negative, matrix(2, 2, [2, 1, 1, 3])).cosines, [-1, -1]);
});

test("orientation: a target is aligned with itself, and not with its transpose", () => {
  close(alignWithSingularVectors(M, M).cosines, new Array(n).fill(1));
  const across = alignWithSingularVectors(transpose(M), M).cosines;
  expect(Math.min(...across)).toBeLessThan(0.9);
});

test("clean labels: Σ_y alone; a zero map has cosine 0 everywhere", () => {
  const none = alignments({ W_in: matrix(2, n), W_out: matrix(n, 2), M: null }, distribution);
  expect(none).toMatchObject({ mixing: null, identityPlusMixing: null, oddTarget: null });
  expect([...none.labels.cosines]).toEqual(new Array(n).fill(0));
});
