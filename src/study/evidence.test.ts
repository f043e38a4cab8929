import { describe, expect, it } from "vitest";
import { crossingOf, minimumOf } from "./evidence.ts";

const curve = (f: (x: number) => number, xs: readonly number[]) => xs.map((x) => [x, f(x)] as const);

describe("minimumOf", () => {
  it("finds the vertex of a parabola between uneven points", () => {
    const { x, y } = minimumOf(curve((x) => 3 * (x - 0.4) ** 2 + 2, [0, 0.1, 0.35, 0.8, 1]));
    expect(x).toBeCloseTo(0.4, 12);
    expect(y).toBeCloseTo(2, 12);
  });

  it("does not guess beyond the ends", () => {
    expect(minimumOf(curve((x) => x, [1, 2, 3]))).toEqual({ x: 1, y: 1 });
    expect(minimumOf(curve((x) => -x, [1, 2, 3]))).toEqual({ x: 3, y: -3 });
    expect(minimumOf([[1, 2]])).toEqual({ x: 1, y: 2 });
  });
});

describe("crossingOf", () => {
  it("interpolates where the curve rises through the level for the last time", () => {
    expect(
      crossingOf(
        curve((x) => (x - 2) ** 2, [0, 1, 2, 3, 4, 5]),
        2,
      ),
    ).toBeCloseTo(3 + 1 / 3, 12);
  });

  it("is null where the curve never rises through it", () => {
    expect(
      crossingOf(
        curve((x) => -x, [0, 1, 2]),
        -1,
      ),
    ).toBeNull();
    expect(
      crossingOf(
        curve((x) => x, [0, 1, 2]),
        5,
      ),
    ).toBeNull();
  });
});
