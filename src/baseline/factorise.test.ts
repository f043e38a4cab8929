import { describe, expect, test } from "vitest";
import { randomMatrix } from "../../test/support/random-matrix.ts";
import { rectified } from "../evaluate/response-heatmap.ts";
import {
  combine,
  identity,
  type Matrix,
  matrix,
  multiply,
  squaredNorm,
  transpose,
} from "../numeric/matrix.ts";
import { pseudoinverse } from "../numeric/pseudoinverse.ts";
import { factorise, type Targets } from "./factorise.ts";

const n = 12;
const h = 6;
const positive = combine(1, identity(n), 1, randomMatrix(61, n, n, 0.3));
const both: Targets = { positive, negative: randomMatrix(62, n, n, 0.3) };
const alone: Targets = { positive, negative: null };
const start = randomMatrix(63, h, n);

/** ‖T − W_out H‖², from its definition. */
function residualOf({ positive, negative }: Targets, W_out: Matrix, W_in: Matrix): number {
  const distance = (target: Matrix, sign: 1 | -1) =>
    squaredNorm(combine(1, target, -1, multiply(W_out, rectified(W_in, sign))));
  return distance(positive, 1) + (negative === null ? 0 : distance(negative, -1));
}

describe.each([
  ["with complementarity", both],
  ["W_in ≥ 0", alone],
] as const)("%s", (_, targets) => {
  const { W_in, W_out, residual, rounds } = factorise(targets, start);

  test("the residual is that of the factors, and the rule stopped it", () => {
    expect(residual).toBeCloseTo(residualOf(targets, W_out, W_in), 12);
    expect(rounds).toBeGreaterThan(5);
    expect(rounds).toBeLessThan(1000);
  });

  test("going on from the end gains almost nothing", () => {
    const further = factorise(targets, W_in);
    expect(further.residual).toBeLessThanOrEqual(residual);
    // A round that gained less than 1e-5 ended it; a few more may follow.
    expect(further.residual).toBeGreaterThan((1 - 1e-3) * residual);
  });

  test("no other value of a single weight, of either sign, is better; nor of W_out", () => {
    for (let at = 0; at < h * n; at++) {
      const w = W_in.data[at]!;
      for (const other of [0, -w, 0.99 * w, 1.01 * w, 0.01, -0.01]) {
        if (targets.negative === null && other < 0) continue;
        const changed = matrix(h, n, W_in.data);
        changed.data[at] = other;
        // What the stopping rule leaves to one weight, of 72.
        expect(residualOf(targets, W_out, changed)).toBeGreaterThan((1 - 1e-5) * residual);
      }
    }
    for (let at = 0; at < n * h; at++) {
      for (const change of [-1e-3, 1e-3]) {
        const changed = matrix(n, h, W_out.data);
        changed.data[at]! += change;
        expect(residualOf(targets, changed, W_in)).toBeGreaterThan(residual - 1e-12);
      }
    }
  });
});

test("W_in stays ≥ 0 where it is asked, from a start of both signs", () => {
  expect(Math.min(...factorise(alone, start).W_in.data)).toBe(0);
});

describe("the multiplicative rule of Ding, Li & Jordan 2010", () => {
  const ours = factorise(alone, start);

  test("gains nothing where the alternation ends", () => {
    // It never raises the residual; a few rounds more may gain what the stopping rule leaves.
    const further = multiplicative(positive, ours.W_in, 100);
    expect(further).toBeLessThanOrEqual(ours.residual * (1 + 1e-12));
    expect(further).toBeGreaterThan((1 - 1e-3) * ours.residual);
  });

  test("ends no lower from the same start", () => {
    const first = matrix(h, n, start.data.map(Math.abs));
    // Both end in local minima, which differ by about a hundredth.
    expect(factorise(alone, first).residual).toBeLessThan(1.02 * multiplicative(positive, first, 400));
  });
});

/** Semi-NMF as published: X ≈ F Gᵀ, F by least squares, G ← G √((XᵀF)⁺ + G (FᵀF)⁻) / √((XᵀF)⁻ + G (FᵀF)⁺). */
function multiplicative(X: Matrix, W_in: Matrix, rounds: number): number {
  let G = transpose(W_in);
  const fitted = () => multiply(multiply(X, G), pseudoinverse(multiply(transpose(G), G)));
  for (let round = 0; round < rounds; round++) {
    const F = fitted();
    const XF = multiply(transpose(X), F);
    const FF = multiply(transpose(F), F);
    const up = combine(1, rectified(XF, 1), 1, multiply(G, rectified(FF, -1)));
    const down = combine(1, rectified(XF, -1), 1, multiply(G, rectified(FF, 1)));
    G = matrix(
      n,
      h,
      G.data.map((g, at) => g * Math.sqrt(up.data[at]! / Math.max(down.data[at]!, 1e-300))),
    );
  }
  return squaredNorm(combine(1, X, -1, multiply(fitted(), transpose(G))));
}

test("a start without weights stays without: nothing is fitted, nothing fails", () => {
  const { W_in, W_out, residual } = factorise(both, matrix(h, n));
  expect([...W_in.data, ...W_out.data].every((w) => w === 0)).toBe(true);
  expect(residual).toBeCloseTo(squaredNorm(positive) + squaredNorm(both.negative!), 12);
});

test("targets that are not finite are refused", () => {
  const broken = matrix(n, n, positive.data);
  broken.data[5] = Number.NaN;
  expect(() => factorise({ positive: broken, negative: null }, start)).toThrow(RangeError);
});
