import { expect, it } from "vitest";
import { matrix } from "../numeric/matrix.ts";
import { capacity } from "./capacity.ts";
import { interference } from "./interference.ts";

it("is 0 for features alone in their directions, whatever their length", () => {
  const { norms, interference: found } = interference(matrix(2, 3, [3, 0, 0, 0, 4, 0]));
  expect([...norms]).toEqual([3, 4, 0]);
  expect([...found]).toEqual([0, 0, 0]);
});

it("is the squared length of the other along the direction of the one", () => {
  // (2, 0) and (1, 1): Ŵ_0·W_1 = 1, Ŵ_1·W_0 = √2.
  const { interference: found } = interference(matrix(2, 2, [2, 1, 0, 1]));
  expect(found[0]).toBeCloseTo(1, 12);
  expect(found[1]).toBeCloseTo(2, 12);
});

it("gives the dimensionality with the norm", () => {
  const W = matrix(2, 3, [0.9, -0.2, 0.4, 0.1, 0.8, -1.1]);
  const { norms, interference: found } = interference(W);
  const { perFeature } = capacity(W);
  norms.forEach((norm, i) => {
    expect(norm ** 2 / (norm ** 2 + found[i]!)).toBeCloseTo(perFeature[i]!, 12);
  });
});
