import { describe, expect, it } from "vitest";
import { forwardOf } from "../evaluate/function-model.ts";
import { type Placement, placedNetwork, placementLosses, sharingDensity } from "./one-feature-too-many.ts";

const cells = 24;

/** Every sum of inputs on the midpoints of a grid, and 0 where a feature is not active: [weight, x]. */
function* inputs(features: number, density: number): Generator<readonly [number, Float64Array]> {
  const values = [
    [1 - density, 0] as const,
    ...Array.from({ length: cells }, (_, i) => [density / cells, (i + 0.5) / cells] as const),
  ];
  const count = values.length ** features;
  for (let index = 0; index < count; index++) {
    const x = new Float64Array(features);
    let weight = 1;
    for (let i = 0, rest = index; i < features; i++, rest = Math.floor(rest / values.length)) {
      const [chance, value] = values[rest % values.length]!;
      x[i] = value;
      weight *= chance;
    }
    yield [weight, x];
  }
}

/** Σ_i I_i E(ŷ_i − x_i)² on that grid. */
function lossOnGrid(features: number, density: number, importance: number, placement: Placement): number {
  const answer = forwardOf(placedNetwork({ features, density, importance }, placement));
  let loss = 0;
  for (const [weight, x] of inputs(features, density)) {
    answer(x).forEach((y, i) => {
      loss += weight * (i === features - 1 ? importance : 1) * (y - x[i]!) ** 2;
    });
  }
  return loss;
}

describe("placementLosses", () => {
  it.each([
    [2, 0.2, 0.3],
    [2, 0.9, 4],
    [3, 0.2, 0.3],
    [3, 0.7, 2],
  ])(
    "agrees with every input enumerated: %i features, density %d, importance %d",
    (features, density, importance) => {
      const losses = placementLosses({ features, density, importance });
      expect(losses).toHaveLength(features + 1);
      for (const { placement, loss } of losses) {
        const onGrid = lossOnGrid(features, density, importance, placement);
        // Midpoints miss the mean of a square by 1/(12 cells²) at most a feature, and here there are two terms of it.
        expect(Math.abs(onGrid - loss)).toBeLessThan((density * (1 + importance)) / (6 * cells ** 2));
      }
    },
  );

  it("gives up the extra feature, shares its dimension, or gives up the unit", () => {
    const best = (density: number, importance: number, features = 2) =>
      placementLosses({ features, density, importance })[0]!.placement;
    expect(best(0.5, 0.1)).toBe("ignore-extra");
    expect(best(0.1, 0.5)).toBe("share-extra");
    expect(best(0.5, 10)).toBe("ignore-unit");
    expect(best(0.1, 2, 3)).toBe("share-units");
  });

  it("refuses what is no problem of the kind", () => {
    expect(() => placementLosses({ features: 1, density: 0.1, importance: 1 })).toThrow(
      "placementLosses: need 2 features or more, got 1. Try 2.",
    );
    expect(() => placementLosses({ features: 2, density: 0, importance: 1 })).toThrow(
      "placementLosses: need a density in (0, 1] and an importance above 0, got 0 and 1. Try 0.1 and 1.",
    );
    expect(() => placedNetwork({ features: 2, density: 0.1, importance: 1 }, "share-units")).toThrow(
      "placedNetwork: need 3 features for two units to share, got 2. Use share-extra.",
    );
  });
});

describe("sharingDensity", () => {
  it.each([0.1, 0.3, 1])("is where sharing and ignoring lose the same, r = %d", (importance) => {
    const density = sharingDensity(importance);
    const losses = placementLosses({ features: 3, density, importance });
    const loss = (name: Placement) => losses.find(({ placement }) => placement === name)!.loss;
    expect(loss("share-extra")).toBeCloseTo(loss("ignore-extra"), 12);
    expect(losses[0]!.loss).toBeCloseTo(loss("share-extra"), 12);
  });

  it("has no answer where the extra feature counts more than the others", () => {
    expect(() => sharingDensity(2)).toThrow(
      "sharingDensity: need an importance in (0, 1], got 2. Divide by the larger importance.",
    );
  });
});
