import { describe, expect, it } from "vitest";
import { binaryInputs } from "../evaluate/binary-inputs.ts";
import { forwardOf } from "../evaluate/function-model.ts";
import { pairsOf } from "../evaluate/pairs.ts";
import { randomStream, uniforms } from "../numeric/random.ts";
import { affineAndError, affineAndNetwork } from "./affine-and.ts";

const vectorOf = (on: readonly number[], features: number) =>
  Float64Array.from({ length: features }, (_, i) => (on.includes(i) ? 1 : 0));

describe("affineAndNetwork", () => {
  it("is off by a quarter on every pair at every input", () => {
    const forward = forwardOf(affineAndNetwork(6));
    for (const on of binaryInputs(6, 3).inputs) {
      const errors = forward(vectorOf(on, 6));
      for (const pair of pairsOf(on, 6)) errors[pair]! -= 1;
      for (const e of errors) expect(Math.abs(e)).toBe(affineAndError);
    }
  });
});

describe("no affine function", () => {
  const features = 6;
  const worstOf = (weights: Float64Array, constant: number) => (active: number) =>
    Math.max(
      ...binaryInputs(features, active).inputs.map((on) => {
        const and = on.includes(0) && on.includes(1) ? 1 : 0;
        return Math.abs(on.reduce((sum, i) => sum + weights[i]!, constant) - and);
      }),
    );

  it("does better: random ones near the best, and far from it", () => {
    for (const spread of [0.01, 0.1, 1]) {
      for (let draw = 0; draw < 200; draw++) {
        const u = uniforms(randomStream(draw, "affine"), features + 1);
        const near = (value: number, i: number) => value + spread * (2 * u[i]! - 1);
        const weights = Float64Array.from({ length: features }, (_, i) => near(i < 2 ? 0.5 : 0, i));
        for (const active of [2, 3, 4]) {
          expect(worstOf(weights, near(-0.25, features))(active)).toBeGreaterThanOrEqual(0.25);
        }
      }
    }
  });

  it("does as well when another weight for the others is made up for by the constant", () => {
    // With s features on, adding c to every weight adds s c to every output.
    for (const c of [-0.3, 0.2]) {
      const weights = Float64Array.from({ length: features }, (_, i) => (i < 2 ? 0.5 : 0) + c);
      expect(worstOf(weights, -0.25 - 3 * c)(3)).toBeCloseTo(0.25, 12);
    }
  });
});
